import type { Knex } from 'knex';
import { knex } from './db';
import type { Post, User } from './types';

export async function renumber(users: User[]) {
  const totals: number[] = [];
  for (const user of users) {
    // report: writes rows of `posts` in a turn
    const posts = await knex<Post>('posts').where('authorId', user.id);
    totals.push(posts.length);
    await knex('posts').insert({ title: `Summary of ${posts.length}`, authorId: user.id });
  }
  return totals;
}

export async function newest(users: User[]) {
  return await Promise.all(
    users.map(async (user) => ({
      // report: `limit` limits the rows of each turn
      newest: await knex<Post>('posts').where('authorId', user.id).orderBy('id', 'desc').limit(3),
      // report: takes the first row by its order
      last: await knex<Post>('posts').where('authorId', user.id).orderBy('id', 'desc').first(),
      // report: `offset` limits the rows of each turn
      rest: await knex<Post>('posts').where('authorId', user.id).orderBy('id', 'desc').offset(3),
    })),
  );
}

export async function tolerant(posts: Post[]) {
  const names: string[] = [];
  for (const post of posts) {
    try {
      // report: An error of the query is caught in each turn
      const author = await knex<User>('users').where('id', post.authorId).first();
      names.push(author?.name ?? 'nobody');
    } catch {
      names.push('unknown');
    }
  }
  return names;
}

export async function titles(users: User[]) {
  const result = [];
  for (const user of users) {
    // report: have to be asked for with `authorId` too, which is seen
    const posts = await knex<Post>('posts').where('authorId', user.id).select('title').orderBy('id');
    result.push({ user: user.name, posts });
  }
  return result;
}

export async function byText(ids: string[]) {
  const names: string[] = [];
  for (const id of ids) {
    // report: `id` is a string, and `id` is a number in rows
    const user = await knex('users').where('id', id).first();
    names.push(user.name);
  }
  return names;
}

export async function bySql(users: User[]) {
  const lists: Post[][] = [];
  for (const user of users) {
    // report: no comparison of one column with one value
    const posts = await knex<Post>('posts').whereRaw('"authorId" = ? and price > 1', [user.id]);
    lists.push(posts);
  }
  return lists;
}

export async function opaque(users: User[], filterOf: (user: User) => Partial<Post>) {
  let count = 0;
  for (const user of users) {
    // report: its conditions are not written where it is called
    const some = await knex<Post>('posts').where(filterOf(user));
    // report: one of its conditions is spread, computed or a method
    const others = await knex<Post>('posts').where({ authorId: user.id, ...filterOf(user) });
    // report: its conditions are joined by `or`
    const own = await knex<Post>('posts').where('authorId', user.id).orWhere('published', true);
    // report: no comparison of one column with one value
    const shown = await knex<Post>('posts').where((query) => query.where('authorId', user.id).orWhereNull('authorId'));
    // report: no comparison of one column with one value
    const later = await knex<Post>('posts').where('id', '>', user.id);
    count += some.length + others.length + own.length + shown.length + later.length;
  }
  return count;
}

export async function numbers(users: User[]) {
  const all: unknown[] = [];
  for (const user of users) {
    // report: it gives a row that holds the count, also where that is 0
    const [{ count }] = await knex('posts').where('authorId', user.id).count('* as count');
    // report: `sum` computes a value of many rows
    const total = await knex('posts').where('authorId', user.id).sum('price as total').first();
    // report: `pluck` gives values
    const ids = await knex('posts').where('authorId', user.id).pluck('id');
    // report: its step `groupBy` is not understood
    const groups = await knex('posts').where('authorId', user.id).groupBy('published').select('published');
    // report: what it selects is not written as names of columns
    const most = await knex('posts').where('authorId', user.id).select(knex.raw('max(price) as most')).first();
    all.push(count, total, ids, groups, most);
  }
  return all;
}

export async function narrowed(users: User[]) {
  const published = knex<Post>('posts').where('published', true);
  for (const user of users) {
    // report: it goes on with a query that is begun elsewhere
    const posts = await published.where('authorId', user.id);
    console.log(user.name, posts.length);
  }
}

export async function locked(trx: Knex.Transaction, ids: number[]) {
  for (const id of ids) {
    // report: `forUpdate` locks its rows
    const user = await trx('users').where('id', id).forUpdate().first();
    console.log(user.name);
  }
}

export async function listed(teams: { memberIds: number[] }[]) {
  for (const team of teams) {
    // report: `id` is compared with a list of its own in each turn
    const members = await knex('users').whereIn('id', team.memberIds);
    console.log(members.length);
  }
}

export async function changed(posts: Post[]) {
  for (const post of posts) {
    // report: would share one object
    const author = await knex('users').where('id', post.authorId).first();
    author.name = `${author.name} (${post.title})`;
    console.log(author.name);
  }
}

export async function hidden(posts: Post[]) {
  for (const post of posts) {
    // report: in its rows may be that of another table
    const row = await knex('posts').join('users', 'users.id', 'posts.authorId').where('posts.id', post.id).first();
    console.log(row.name);
  }
}

export async function inPages() {
  let last = 0;
  for (;;) {
    // report: it runs in
    const posts = await knex('posts').where('id', '>', last).orderBy('id').limit(100);
    if (posts.length === 0) return;
    last = posts.at(-1).id;
  }
}

export async function dropped(users: User[]) {
  users.forEach(async (user) => {
    // report: Nobody waits for the turns that `forEach` begins
    const posts = await knex('posts').where('authorId', user.id).orderBy('id');
    console.log(user.name, posts.length);
  });
}

export async function sameForAll(users: User[]) {
  for (const user of users) {
    // report: it asks for the same rows in every turn
    const posts = await knex('posts').where('published', true);
    console.log(user.name, posts.length);
  }
}
