import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Op } from 'sequelize';
import { config, root } from '../config.js';
import { Customer, Order, Product } from '../models/index.js';

export interface Dashboard {
  ordersToShip: number;
  revenueCents: number;
  lowStock: string[];
  newestCustomer: { name: string; orders: number } | null;
  notice: string;
}

export async function loadDashboard(): Promise<Dashboard> {
  const ordersToShip = await Order.count({ where: { status: 'paid' } });
  const revenueCents = await Order.sum('totalCents', { where: { status: { [Op.ne]: 'unpaid' } } });
  const lowStock = await Product.findAll({
    where: { stock: { [Op.lt]: config.lowStockBelow } },
    order: [['name', 'ASC']],
  });
  const newest = await Customer.findOne({ order: [['joinedAt', 'DESC']] });
  const newestOrders = newest ? await Order.count({ where: { customerId: newest.id } }) : 0;
  const notice = await readFile(join(root, 'templates', 'notice.txt'), 'utf8');

  if (lowStock.length > 0) {
    console.warn(`${lowStock.length} products are low`, { below: config.lowStockBelow });
  }
  return {
    ordersToShip,
    revenueCents: revenueCents ?? 0,
    lowStock: lowStock.map((product) => product.name),
    newestCustomer: newest && { name: newest.name, orders: newestOrders },
    notice: notice.trim(),
  };
}
