// queries: 11 → 4
import { asc, inArray } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { db } from './db';
import * as schema from './schema';

class Reports {
  private readonly db: NodePgDatabase<typeof schema>;

  constructor(database: NodePgDatabase<typeof schema>) {
    this.db = database;
  }

  /** Orders have values that would come as JSON, and change: they are asked for by themselves. */
  async orders() {
    const customers = await this.db.query.users.findMany({ orderBy: asc(schema.users.id) });
    const lines: string[] = [];
    const userIds = customers.map((customer) => customer.id);
    const allOrders = await this.db.query.orders.findMany({
      where: inArray(schema.orders.userId, userIds),
      orderBy: asc(schema.orders.id),
    });
    const ordersByUserId = new Map(userIds.map((id) => [id, [] as typeof allOrders]));
    for (const order of allOrders) ordersByUserId.get(order.userId)?.push(order);
    const managerIds = [...new Set(customers.flatMap((customer) => customer.managerId ?? []))];
    const managers = await this.db.query.users.findMany({
      columns: { id: true, name: true },
      where: (users, operators) => operators.inArray(users.id, managerIds),
    });
    const managerById = new Map(managers.map((manager) => [manager.id, manager]));
    for (const customer of customers) {
      // review: orders.findMany, users.findFirst in a loop → one query
      const placed = ordersByUserId.get(customer.id) ?? [];
      const manager = managerById.get(customer.managerId!);
      lines.push(`${customer.name} (${manager?.name}): ${placed.map((order) => order.placedAt).join()}`);
    }
    return lines;
  }

  async drafts() {
    return this.db.transaction(async (tx) => {
      const authors = await tx.query.users.findMany({
        orderBy: asc(schema.users.id),
        limit: 1,
        with: {
          posts: { columns: { authorId: true, title: true }, orderBy: [asc(schema.posts.title), asc(schema.posts.id)] },
        },
      });
      const titles: string[] = [];
      for (const author of authors) {
        // review: posts.select in a loop → eager loading
        const drafts = author.posts;
        titles.push(...drafts.map(({ title }) => title));
      }
      return titles;
    });
  }
}

export async function run() {
  const reports = new Reports(db);
  return { orders: await reports.orders(), drafts: await reports.drafts() };
}
