import { wrap, type EntityManager } from '@mikro-orm/core';
import { Comment, Note, Post, User } from './entities';

interface Row {
  readonly userId: number;
  readonly email: string;
}

export async function newestPost(em: EntityManager, users: readonly User[]) {
  const newest = [];
  for (const user of users) {
    // report: its option `limit` limits the rows
    newest.push(...(await em.find(Post, { author: user.id }, { orderBy: { id: 'desc' }, limit: 1 })));
    // report: takes the first row by its order
    newest.push(await em.findOne(Post, { author: user.id }, { orderBy: { id: 'desc' } }));
  }
  return newest;
}

export async function byEntity(em: EntityManager, users: readonly User[]) {
  const titles = [];
  for (const user of users) {
    // report: it compares with an object, which may be a row
    const posts = await em.find(Post, { author: user });
    titles.push(posts.map((post) => post.title));
  }
  return titles;
}

export async function orFail(em: EntityManager, rows: readonly Row[]) {
  const names = [];
  for (const { userId } of rows) {
    // report: refuses where there is no row, and a lookup does not
    const user = await em.findOneOrFail(User, userId);
    names.push(user.name);
  }
  return names;
}

export async function withPages(em: EntityManager, users: readonly User[], filter: { published?: boolean }) {
  const pages = [];
  for (const user of users) {
    // report: it gives rows and their number together
    pages.push(await em.findAndCount(Post, { author: user.id }));
    // report: one of its conditions is spread, computed or a method
    pages.push(await em.find(Post, { author: user.id, ...filter }));
    // report: is another one in each turn, and no comparison of one column with one value
    pages.push(await em.find(Post, { $or: [{ author: user.id }, { published: true }] }));
    // report: `author_id` is compared with a list of its own in each turn
    pages.push(await em.find(Post, { author: [user.id, 1] }));
  }
  return pages;
}

export async function deactivate(em: EntityManager, rows: readonly Row[]) {
  for (const { userId } of rows) {
    // report: writes rows of `Note` in a turn, which the query of a later one sees
    const notes = await em.find(Note, { user: userId });
    if (notes.length > 3) await em.nativeUpdate(Note, { user: userId }, { deletedAt: new Date() });
  }
}

export async function upsertUsers(em: EntityManager, rows: readonly Row[]) {
  for (const { email } of rows) {
    // report: Turns with the same `email` would share one object
    const user = await em.findOne(User, { email });
    if (user) user.name = email.split('@')[0];
  }
  await em.flush();
}

export async function tolerant(em: EntityManager, rows: readonly Row[]) {
  const found = [];
  for (const { userId } of rows) {
    try {
      // report: An error of the query is caught in each turn
      found.push(await em.findOne(User, userId));
    } catch {
      found.push(null);
    }
  }
  return found;
}

export async function countedByCore(em: EntityManager, users: readonly User[]) {
  const counts = [];
  for (const user of users) {
    // report: its entity manager is not known to have query builders
    counts.push(await em.count(Comment, { user: user.id }));
    // report: has filters, which a query that groups does not apply
    counts.push(await em.count(Note, { user: user.id }));
  }
  return counts;
}

export async function loaded(em: EntityManager) {
  const comments = await em.find(Comment, {}, { populate: ['post'] });
  for (const comment of comments) {
    // report: it fills the rows in one by one
    await comment.post.load();
  }
  const users = await em.find(User, {});
  for (const user of users) {
    // report: it says how `posts` is loaded
    const posts = await user.posts.loadItems({ refresh: true });
    console.log(posts.length);
  }
  const posts = await em.find(Post, {});
  for (const post of posts) {
    // report: it fills the rows in one by one
    await em.populate(post, ['author', 'comments']);
    // report: it fills the rows in one by one
    if (post.author) await wrap(post.author).init();
  }
  return { comments, users, posts };
}

export async function inheritPosts(em: EntityManager, users: readonly User[], heir: User) {
  for (const user of users) {
    // report: by which rows are found, is changed in a turn
    const posts = await em.find(Post, { author: user.id });
    for (const post of posts) post.author = heir;
  }
  await em.flush();
}

export async function inPieces(em: EntityManager, ids: readonly number[]) {
  for (const id of ids) {
    // report: lets the entity manager forget in each turn
    const comments = await em.find(Comment, { post: id });
    console.log(comments.length);
    em.clear();
  }
}

export async function raw(em: EntityManager, rows: readonly Row[]) {
  const names = [];
  for (const { userId } of rows) {
    // report: it is SQL, which is not read
    names.push(await em.getConnection().execute('select name from users where id = ?', [userId]));
  }
  return names;
}
