// queries: 4 → 2
import { orm } from './db';
import { Note, User } from './entities';

export async function run() {
  const em = orm.em.fork();
  const users = await em.find(User, {}, { orderBy: { id: 'asc' }, limit: 100 });
  const lists: (readonly Note[])[] = [];
  const userIds = users.map((user) => user.id);
  const allNotes = await em.find(Note, { user: { $in: userIds } }, { orderBy: { id: 'asc' } });
  const notesByUserId = new Map(userIds.map((id) => [id, [] as typeof allNotes]));
  for (const note of allNotes) notesByUserId.get(note.user!.id)?.push(note);
  for (const user of users) {
    // review: Note.find in a loop → one query
    const notes = notesByUserId.get(user.id) ?? [];
    lists.push(notes);
  }
  return JSON.stringify(lists);
}
