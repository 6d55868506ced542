import { logger } from './logger';

export function show(order: { customer: string; warehouse: string; quantity: number }, at: string): void {
  // review: `order.quantity` is a number: JSON keeps it, but for NaN and infinities
  logger.info({
    orderCustomer: order.customer,
    orderWarehouse: order.warehouse,
    at,
    orderQuantity: order.quantity,
  }, 'Moving the goods of {orderCustomer} from the depot {orderWarehouse} at {at}: {orderQuantity} in all');
}
