import { knex } from './db';

interface User {
  id: number;
  name: string;
  score: number;
  at: string;
}

interface Post {
  id: number;
  title: string;
  authorId: number;
}

export async function notYetShown() {
  const users = await knex<User>('users').orderBy('id').limit(10);
  const shown = [0];
  for (const user of users) {
    // report: A turn changes a list that its query is told: `shown.push(post.id)`
    const posts = await knex<Post>('posts').where('authorId', user.id).whereNotIn('id', shown).orderBy('id');
    for (const post of posts) shown.push(post.id);
  }
  return shown;
}

export async function onlyThese() {
  const users = await knex<User>('users').orderBy('id').limit(10);
  const only = new Set([11]);
  const out: number[] = [];
  for (const user of users) {
    // report: A turn changes what its query is told: `only.add(13)`
    const posts = await knex<Post>('posts').where('authorId', user.id).whereIn('id', [...only]).orderBy('id');
    out.push(posts.length);
    only.add(13);
  }
  return out;
}

export async function twins() {
  const users = await knex<User>('users').orderBy('id').limit(10);
  const posts = await knex<Post>('posts').orderBy('id').limit(10);
  const out: number[] = [];
  for (const user of users) {
    for (const post of posts) {
      // report: `title` is compared with what belongs to another list
      const twin = await knex<Post>('posts').where({ authorId: user.id, title: post.title }).orderBy('id');
      out.push(twin.length);
    }
  }
  return out;
}

export async function byScores() {
  const out: (string | undefined)[] = [];
  for (const score of [0.5, 0.1234567891]) {
    // report: whose values JavaScript does not compare as the database does
    const user = await knex<User>('users').where('score', score).first();
    out.push(user?.name);
  }
  return out;
}

export async function byTimes() {
  const out: (string | undefined)[] = [];
  for (const at of ['10:00', '11:00:00']) {
    // report: whose values JavaScript does not compare as the database does
    const user = await knex<User>('users').where('at', at).first();
    out.push(user?.name);
  }
  return out;
}

/** A name in a type is no name of the turn. */
export async function typedInPlace() {
  const out: (string | undefined)[] = [];
  const ids = [1, 2];
  const users = await knex<{ id: number; name: string }>('users').whereIn('id', [...new Set(ids)]);
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const id of ids) {
    // safe: one query
    const user = userById.get(id);
    out.push(user?.name);
  }
  return out;
}

/** Who deletes a user deletes its notes. */
export async function notesOf() {
  const users = await knex<User>('users').orderBy('id').limit(10);
  const out: number[] = [];
  for (const user of users) {
    // report: `knex('users').where('id', 7).del` deletes rows of `users` in a turn
    const notes = await knex<{ id: number; userId: number }>('notes').where('userId', user.id).orderBy('id');
    out.push(notes.length);
    await knex('users').where('id', 7).del();
  }
  return out;
}

/** A list that belongs to the object. */
export class Paging {
  private readonly only: number[] = [11];

  async counts(users: readonly User[]) {
    const out: number[] = [];
    for (const user of users) {
      // report: A turn changes a list that its query is told: `this.only.push(13)`
      const posts = await knex<Post>('posts').where('authorId', user.id).whereIn('id', this.only).orderBy('id');
      out.push(posts.length);
      this.more();
    }
    return out;
  }

  private more() {
    this.only.push(13);
  }
}
