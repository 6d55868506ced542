// queries: 5 → 2
import { asc, inArray } from 'drizzle-orm';
import { db } from './db';
import { comments, users } from './schema';

export async function run() {
  const list = await db.select().from(comments).orderBy(asc(comments.id)).limit(100);
  const emails = [...new Set(list.flatMap(({ authorEmail }) => authorEmail ?? []))];
  const allUsers = await db.select().from(users).where(inArray(users.email, emails));
  const usersByEmail = new Map(emails.map((key) => [key, [] as typeof allUsers]));
  for (const user of allUsers) usersByEmail.get(user.email!)?.push(user);
  const lines = list.map(({ authorEmail, body }) => {
    if (!authorEmail) return `anonymous: ${body}`;
    // safe: users.select in a loop → one query
    const [user] = usersByEmail.get(authorEmail) ?? [];
    return `${user?.name ?? 'unknown'}: ${body}`;
  });
  return lines.join('\n');
}
