interface Order {
  id: string;
  total: number;
  items: string[];
}

export function place(order: Order, count: number, isGift: boolean): void {
  // report: the file says "use client"
  console.log('placing', order.id, count);
  // report: the file says "use client"
  console.info('gift', isGift);
  // report: the file says "use client"
  console.warn('large order', order.items.length, 'items');
  // report: the file says "use client"
  console.debug(order);
  // report: the file says "use client"
  console.log({ count, isGift });
  // report: the file says "use client"
  console.log('state', { count, total: order.total });
  // report: the file says "use client"
  console.log(count, isGift);
  // report: the file says "use client"
  console.log('now', Date.now());
}
