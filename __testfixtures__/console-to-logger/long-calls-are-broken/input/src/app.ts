export function show(order: { customer: string; warehouse: string; quantity: number }, at: string): void {
  // safe: console.log → logger.info
  console.log(`Moving the goods of ${order.customer} from the depot ${order.warehouse} at ${at}: ${order.quantity} in all`);
}
