import { sequelize } from './db.js';
import { Customer, Order, OrderItem, Product } from './models/index.js';

// Every customer of the demonstration has the password "correct horse".
const passwordHash = '5e9b1f0a3c7d2468:81d4a2b3ff6128eca760c7985c8a47148d34b628e48c547606fa4d07c3a63d3e';

const customers = [
  {
    name: 'Ada Lovelace',
    email: 'ada@example.org',
    passwordHash,
    joinedAt: new Date('2026-01-05T09:00:00Z'),
  },
  {
    name: 'Grace Hopper',
    email: 'grace@example.org',
    passwordHash,
    joinedAt: new Date('2026-01-12T09:00:00Z'),
  },
  {
    name: 'Alan Turing',
    email: 'alan@example.org',
    passwordHash,
    joinedAt: new Date('2026-02-01T09:00:00Z'),
  },
  {
    name: 'Edsger Dijkstra',
    email: 'edsger@example.org',
    passwordHash,
    joinedAt: new Date('2026-02-20T09:00:00Z'),
  },
];

const products = [
  { name: 'Fountain pen', category: 'stationery', priceCents: 2400, stock: 12 },
  { name: 'Notebook', category: 'stationery', priceCents: 650, stock: 40 },
  { name: 'Ink, blue', category: 'stationery', priceCents: 890, stock: 3 },
  { name: 'Desk lamp', category: 'furniture', priceCents: 5900, stock: 7 },
  { name: 'Pen tray', category: 'furniture', priceCents: 1500, stock: 0 },
  { name: 'Tea mug', category: 'kitchen', priceCents: 1100, stock: 25 },
];

// Lines are [productId, quantity]. They are not in the order of product ids on purpose: an answer keeps this order.
const orders = [
  {
    customerId: 1,
    status: 'shipped',
    placedAt: '2026-03-01T10:00:00Z',
    lines: [
      [6, 2],
      [1, 1],
    ],
  },
  { customerId: 2, status: 'paid', placedAt: '2026-03-02T11:30:00Z', lines: [[2, 3]] },
  {
    customerId: 1,
    status: 'unpaid',
    placedAt: '2026-03-02T15:00:00Z',
    lines: [
      [4, 1],
      [2, 1],
      [3, 1],
    ],
  },
  { customerId: null, status: 'paid', placedAt: '2026-03-03T08:15:00Z', lines: [[6, 1]] },
  { customerId: 3, status: 'unpaid', placedAt: '2026-03-06T17:45:00Z', lines: [] },
] as const;

/** Creates the tables afresh and fills them. The same rows get the same ids every time. */
export async function seed(): Promise<void> {
  await sequelize.sync({ force: true });
  await Customer.bulkCreate(customers);
  const stocked = await Product.bulkCreate(products);
  const priceOf = new Map(stocked.map((product) => [product.id, product.priceCents]));

  for (const { customerId, status, placedAt, lines } of orders) {
    const items = lines.map(([productId, quantity]) => ({
      productId,
      quantity,
      unitCents: priceOf.get(productId) ?? 0,
    }));
    const totalCents = items.reduce((sum, item) => sum + item.quantity * item.unitCents, 0);
    const order = await Order.create({ customerId, status, totalCents, placedAt: new Date(placedAt) });
    for (const item of items) {
      await OrderItem.create({ ...item, orderId: order.id });
    }
  }
}
