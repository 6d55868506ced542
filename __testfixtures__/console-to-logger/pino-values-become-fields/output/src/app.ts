import { logger } from './logger';

interface Order {
  id: string;
  total: number;
  items: string[];
}

export function place(order: Order, count: number, isGift: boolean): void {
  // safe: console.log → logger.info
  logger.info({ orderId: order.id, count }, 'placing');
  // safe: console.info → logger.info
  logger.info({ isGift }, 'gift');
  // safe: console.warn → logger.warn
  logger.warn({ itemsLength: order.items.length }, 'large order items');
  // review: nothing in `order` is an Error, Map, Set or function: nothing of it is lost as JSON
  logger.debug({ order }, 'order');
  // safe: console.log → logger.info
  logger.info({ count, isGift }, 'count, isGift');
  // safe: console.log → logger.info
  logger.info({ count, total: order.total }, 'state');
  // safe: console.log → logger.info
  logger.info({ count, isGift }, 'count, isGift');
  // safe: console.log → logger.info
  logger.info({ now: Date.now() }, 'now');
}
