// queries: 4 → 2
import { Order, OrderLine } from './entities';

export async function run() {
  const orders = await Order.find({ order: { placedOn: 'ASC', id: 'ASC' }, take: 20 });
  const report: string[] = [];
  const orderIds = orders.map((order) => order.id);
  const allOrderLines = orderIds.length === 0 ? [] : await OrderLine.createQueryBuilder('line')
    .where('line.orderId IN (:...orderIds)', { orderIds })
    .andWhere('line.quantity > :least', { least: 1 })
    .orderBy('line.sku')
    .getMany();
  const orderLinesByOrderId = new Map(orderIds.map((id) => [id, [] as typeof allOrderLines]));
  for (const orderLine of allOrderLines) orderLinesByOrderId.get(orderLine.orderId)?.push(orderLine);
  for (const order of orders) {
    // safe: one query
    const lines = orderLinesByOrderId.get(order.id) ?? [];
    report.push(`${order.id}: ${lines.map((line) => `${line.quantity} ${line.sku}`).join(', ')}`);
  }
  return report;
}
