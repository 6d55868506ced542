import { asc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { foreignKey, integer, pgTable, text } from 'drizzle-orm/pg-core';

const members = pgTable('members', { id: integer().primaryKey(), name: text().notNull() });

const letters = pgTable('letters', {
  id: integer().primaryKey(),
  memberId: integer()
    .notNull()
    .references(() => members.id, { onDelete: 'cascade' }),
});

const stamps = pgTable(
  'stamps',
  { id: integer().primaryKey(), letterId: integer() },
  (table) => [foreignKey({ columns: [table.letterId], foreignColumns: [letters.id] }).onDelete('set null')],
);

const db = drizzle(process.env.DATABASE_URL ?? '');

export async function lettersOf(ids: readonly number[]) {
  const counts: number[] = [];
  for (const id of ids) {
    // report: deletes rows of `members` in a turn
    const found = await db.select().from(letters).where(eq(letters.memberId, id)).orderBy(asc(letters.id));
    counts.push(found.length);
    await db.delete(members).where(eq(members.id, id + 1));
  }
  return counts;
}

export async function stampsOf(ids: readonly number[]) {
  const counts: number[] = [];
  for (const id of ids) {
    // report: deletes rows of `letters` in a turn
    const found = await db.select().from(stamps).where(eq(stamps.letterId, id)).orderBy(asc(stamps.id));
    counts.push(found.length);
    await db.delete(letters).where(eq(letters.id, id + 1));
  }
  return counts;
}
