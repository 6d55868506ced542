interface Order {
  id: string;
  total: number;
  items: string[];
}

export function place(order: Order, count: number, isGift: boolean): void {
  // safe: console.log → logger.info
  console.log('placing', order.id, count);
  // safe: console.info → logger.info
  console.info('gift', isGift);
  // safe: console.warn → logger.warn
  console.warn('large order', order.items.length, 'items');
  // review: nothing in `order` is an Error, Map, Set or function: nothing of it is lost as JSON
  console.debug(order);
  // safe: console.log → logger.info
  console.log({ count, isGift });
  // safe: console.log → logger.info
  console.log('state', { count, total: order.total });
  // safe: console.log → logger.info
  console.log(count, isGift);
  // safe: console.log → logger.info
  console.log('now', Date.now());
}
