import { and, asc, count, desc, eq, gt, or, sql, sum, type SQL } from 'drizzle-orm';
import type { Request, Response } from 'express';
import { db } from './db';
import { comments, memberships, orderLines, orders, posts, prices, teams, users } from './schema';

/** Each turn sees what the one before has written. */
export async function renumber(ids: number[]) {
  for (const id of ids) {
    // report: `db.update` writes rows of `posts` in a turn
    const [post] = await db.select().from(posts).where(eq(posts.id, id));
    if (post) await db.update(posts).set({ title: `${id} ${post.title}` }).where(eq(posts.authorId, 1));
  }
}

export async function latestPosts() {
  const authors = await db.select().from(users);
  const latest = [];
  for (const author of authors) {
    // report: its `limit(1)` limits the rows
    const [post] = await db
      .select()
      .from(posts)
      .where(eq(posts.authorId, author.id))
      .orderBy(desc(posts.createdAt))
      .limit(1);
    latest.push(post);
  }
  return latest;
}

export async function firstComments(postIds: number[]) {
  return Promise.all(
    postIds.map((postId) =>
      // report: `findFirst` takes the first row by its order
      db.query.comments.findFirst({ where: eq(comments.postId, postId), orderBy: asc(comments.id) }),
    ),
  );
}

export async function topLines(orderIds: bigint[]) {
  for (const orderId of orderIds) {
    // report: its option `limit` limits the rows
    const lines = await db.query.orderLines.findMany({ where: eq(orderLines.orderId, orderId), limit: 3, offset: 1 });
    console.log(lines.length);
  }
}

export async function totals(customers: { id: number }[]) {
  const result = new Map<number, string | null>();
  for (const customer of customers) {
    // report: it gives one row, with `total: sum(orderLines.price)` of all that it finds
    const [row] = await db
      .select({ total: sum(orderLines.price) })
      .from(orderLines)
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(eq(orders.userId, customer.id));
    result.set(customer.id, row.total);
  }
  return result;
}

export async function sizes(teamIds: number[]) {
  const found: number[] = [];
  for (const teamId of teamIds) {
    // report: it gives one row, with `size: count()` of all that it finds
    const [{ size }] = await db.select({ size: count() }).from(memberships).where(eq(memberships.teamId, teamId));
    found.push(size);
  }
  return found;
}

export async function roles(teamIds: number[]) {
  for (const teamId of teamIds) {
    // report: it groups its rows
    const groups = await db
      .select({ role: memberships.role })
      .from(memberships)
      .where(eq(memberships.teamId, teamId))
      .groupBy(memberships.role);
    console.log(groups);
  }
}

export async function namesOf(ids: number[]) {
  const names: string[] = [];
  for (const id of ids) {
    try {
      // report: An error of the query is caught in each turn
      const user = await db.query.users.findFirst({ where: eq(users.id, id) });
      names.push(user?.name ?? '?');
    } catch (error) {
      names.push(String(error));
    }
  }
  return names;
}

/** The columns that are sent must stay the ones that were asked for. */
export async function sendTitles(request: Request, response: Response) {
  const ids: number[] = request.body.authors;
  const found = [];
  for (const id of ids) {
    // report: The rows have to be asked for with `authorId` too
    found.push(await db.select({ title: posts.title }).from(posts).where(eq(posts.authorId, id)));
  }
  response.json(found);
}

export async function anonymous(ids: number[]) {
  for (const id of ids) {
    // report: it leaves out `id`, which the rows are told apart by
    const user = await db.query.users.findFirst({ where: eq(users.id, id), columns: { id: false, email: false } });
    console.log(user?.name);
  }
}

export async function lockAll(ids: number[]) {
  await db.transaction(async (tx) => {
    for (const id of ids) {
      // report: it locks its rows
      const [team] = await tx.select().from(teams).where(eq(teams.id, id)).for('update');
      await tx.update(teams).set({ name: team.name.trim() }).where(eq(teams.id, id));
    }
  });
}

export async function since(cursors: { id: number; after: Date }[]) {
  for (const cursor of cursors) {
    // report: its condition `gt(posts.createdAt, cursor.after)`
    const fresh = await db
      .select()
      .from(posts)
      .where(and(eq(posts.authorId, cursor.id), gt(posts.createdAt, cursor.after)));
    console.log(fresh.length);
  }
}

export async function either(ids: number[]) {
  for (const id of ids) {
    // report: its condition `or(eq(users.id, id), eq(users.managerId, id))`
    const found = await db.query.users.findMany({ where: or(eq(users.id, id), eq(users.managerId, id)) });
    console.log(found.length);
  }
}

export async function matching(filters: SQL[]) {
  for (const filter of filters) {
    // report: its condition `filter` is another one in each turn
    const found = await db.select().from(posts).where(filter);
    console.log(found.length);
  }
}

/** The database takes `1.0` for `1.00`, and a `Map` does not. */
export async function withAmount(amounts: string[]) {
  for (const amount of amounts) {
    // report: whose values JavaScript does not compare as the database does
    const found = await db.select().from(prices).where(eq(prices.amount, amount)).orderBy(asc(prices.sku));
    console.log(found.length);
  }
}

export async function byText(ids: string[]) {
  for (const id of ids) {
    // report: is another one in each turn, and no comparison of one column
    const user = await db.query.users.findFirst({ where: sql`${users.id} = ${id}` });
    console.log(user?.name);
  }
}

export async function raw(ids: number[]) {
  for (const id of ids) {
    // report: it is written in SQL
    const result = await db.execute(sql`select name from users where id = ${id}`);
    console.log(result.rows);
  }
}

const userById = db.select().from(users).where(eq(users.id, sql.placeholder('id'))).prepare('user_by_id');

export async function prepared(ids: number[]) {
  for (const id of ids) {
    // report: it is prepared before the loop
    const [user] = await userById.execute({ id });
    console.log(user.name);
  }
}

export async function pages(ids: number[]) {
  for (const [page, id] of ids.entries()) {
    // report: its `offset` leaves rows out
    const found = await db.select().from(posts).where(eq(posts.authorId, id)).limit(10).offset(page * 10);
    console.log(found.length);
  }
}

export async function untilFound(ids: number[]) {
  let at = 0;
  while (at < ids.length) {
    // report: it runs in a `while`
    const user = await db.query.users.findFirst({ where: eq(users.id, ids[at]) });
    if (user) return user;
    at++;
  }
  return undefined;
}

/** A condition that is a part of another query is none of its own. */
export async function orphans(ids: number[]) {
  for (const id of ids) {
    // report: Its result is not waited for where it is asked
    const authors = db.select({ id: users.id }).from(users).where(eq(users.managerId, id));
    await db.delete(comments).where(sql`${comments.id} in ${authors}`);
  }
}
