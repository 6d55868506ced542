export function show(order: { customer: string; warehouse: string; quantity: number }, at: string): void {
  // review: `order.quantity` is a number: JSON keeps it, but for NaN and infinities
  console.log(`Moving the goods of ${order.customer} from the depot ${order.warehouse} at ${at}: ${order.quantity} in all`);
}
