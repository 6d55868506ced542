import { execFileSync } from 'node:child_process';
import { Op } from 'sequelize';
import { config } from '../config.js';
import { pruneExports, writeExport } from '../files/exports.js';
import { Customer, Order } from '../models/index.js';
import { sendMail } from '../services/mailer.js';
import { formatCents } from '../services/pricing.js';

const dayMs = 24 * 60 * 60 * 1000;

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Reminds the customers of the orders that have been unpaid for long. Answers how many mails went out. */
async function remindUnpaid(now: Date): Promise<number> {
  const before = new Date(now.getTime() - config.remindAfterDays * dayMs);
  const orders = await Order.findAll({
    where: { status: 'unpaid', placedAt: { [Op.lt]: before } },
    order: [['id', 'ASC']],
  });
  let sent = 0;
  for (const order of orders) {
    if (order.customerId === null) continue;
    const customer = await Customer.findByPk(order.customerId);
    if (!customer) continue;
    await sendMail({
      id: `order-${order.id}-reminder`,
      to: customer.email,
      subject: `Order ${order.id} is unpaid`,
      text: `Dear ${customer.name},\n\nplease pay ${formatCents(order.totalCents)}.`,
    });
    sent++;
  }
  return sent;
}

/** Writes all orders up to the end of the day as CSV. Answers the name of the file. */
export async function exportOrders(day: Date): Promise<string> {
  const orders = await Order.findAll({
    where: { placedAt: { [Op.lt]: new Date(`${isoDay(day)}T24:00:00Z`) } },
    order: [['id', 'ASC']],
  });
  const rows: (string | number)[][] = [['order', 'status', 'pieces', 'total']];
  for (const order of orders) {
    const items = await order.getItems();
    const pieces = items.reduce((sum, item) => sum + item.quantity, 0);
    rows.push([order.id, order.status, pieces, formatCents(order.totalCents)]);
  }
  const name = `orders-${isoDay(day)}.csv`;
  writeExport(name, rows);
  return name;
}

/** Writes what the shop had taken in by the end of each of the last days, and packs it. */
async function exportTakings(now: Date, days: number): Promise<string> {
  const rows: (string | number)[][] = [['day', 'takings']];
  const midnight = new Date(`${isoDay(now)}T00:00:00Z`).getTime();
  let from = new Date(0);
  let takings = 0;
  for (let ago = days - 1; ago >= 0; ago--) {
    const until = new Date(midnight - (ago - 1) * dayMs);
    takings +=
      (await Order.sum('totalCents', { where: { placedAt: { [Op.gte]: from, [Op.lt]: until } } })) ?? 0;
    rows.push([isoDay(new Date(until.getTime() - dayMs)), formatCents(takings)]);
    from = until;
  }
  const path = writeExport(`takings-${isoDay(now)}.csv`, rows);
  execFileSync('gzip', ['--force', '--no-name', path]);
  return `${path}.gz`;
}

export interface NightlyResult {
  reminders: number;
  ordersFile: string;
  takingsFile: string;
  removed: string[];
}

/** What the shop does every night while it goes on serving. */
export async function runNightly(now: Date): Promise<NightlyResult> {
  console.log('Nightly job for %s', isoDay(now));
  try {
    const reminders = await remindUnpaid(now);
    const ordersFile = await exportOrders(now);
    const takingsFile = await exportTakings(now, 5);
    // Only now: an export that failed must not cost an old one.
    const removed = pruneExports(config.exportsToKeep);
    console.info('Nightly job done', { reminders, ordersFile, takingsFile, removed: removed.length });
    return { reminders, ordersFile, takingsFile, removed };
  } catch (err) {
    console.error(`Nightly job failed: ${err}`);
    throw err;
  }
}
