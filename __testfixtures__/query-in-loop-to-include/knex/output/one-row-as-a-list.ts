// queries: 4 → 2
import { knex } from './db';

export async function run() {
  const emails = ['bob@example.com', 'nobody@example.com', 'ann@example.com'];
  const found: (string | undefined)[] = [];
  const uniqueEmails = [...new Set(emails)];
  const allUsers = await knex('users').whereIn('email', uniqueEmails);
  const usersByEmail = new Map(uniqueEmails.map((key) => [key, [] as typeof allUsers]));
  for (const user of allUsers) usersByEmail.get(user.email)?.push(user);
  for (const email of emails) {
    // review: users.where in a loop → one query
    const [user] = usersByEmail.get(email) ?? [];
    found.push(user?.name);
  }
  const [last] = await knex('users').orderBy('id', 'desc').limit(1);
  return [...found, last.name];
}
