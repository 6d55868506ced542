import { Prisma } from './generated/prisma/client';
import { prisma } from './db';

export async function numberComments(drafts: readonly { body: string; postId: number }[]) {
  for (const { body, postId } of drafts) {
    // report: writes rows of `comment` in a turn
    const before = await prisma.comment.count({ where: { postId } });
    await prisma.comment.create({ data: { id: BigInt(before + 1), body, likes: 0, postId } });
  }
}

export async function addMissing(members: readonly { userId: number; teamId: string }[]) {
  for (const { userId, teamId } of members) {
    // report: writes rows of `membership` in a turn
    const found = await prisma.membership.findUnique({ where: { userId_teamId: { userId, teamId } } });
    if (found === null) await prisma.membership.create({ data: { userId, teamId, role: 'member' } });
  }
}

export async function newestOfEach() {
  const users = await prisma.user.findMany();
  const titles: string[] = [];
  for (const user of users) {
    // report: its option `take` limits the rows of each turn
    const [post] = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'desc' }, take: 1 });
    // report: takes the first row by its order
    const best = await prisma.post.findFirst({ where: { authorId: user.id }, orderBy: { price: 'desc' } });
    titles.push(post?.title ?? '', best?.title ?? '');
  }
  return titles;
}

export async function namesOrErrors(ids: readonly number[]) {
  const names: string[] = [];
  for (const id of ids) {
    try {
      // report: An error of the query is caught in each turn
      const user = await prisma.user.findUnique({ where: { id } });
      names.push(user?.name ?? 'unknown');
    } catch {
      names.push('error');
    }
  }
  return names;
}

export async function namesOrThrow(ids: readonly number[]) {
  const names: string[] = [];
  for (const id of ids) {
    // report: refuses where there is no row
    const user = await prisma.user.findUniqueOrThrow({ where: { id } });
    names.push(user.name);
  }
  return names;
}

export async function searches(filters: readonly Prisma.PostWhereInput[], ids: readonly number[]) {
  for (const where of filters) {
    // report: its conditions are not written where it is called
    console.log(await prisma.post.count({ where }));
  }
  for (const filter of filters) {
    // report: what is spread into its conditions may replace those before it
    console.log(await prisma.post.count({ where: { published: true, ...filter } }));
    // report: is another one in each turn
    console.log(await prisma.post.findMany({ where: { OR: [filter, { published: true }] } }));
  }
  for (const id of ids) {
    const options = { where: { authorId: id } };
    // report: its options are not written where it is called
    console.log(await prisma.post.findMany(options));
  }
}

export async function sums() {
  const posts = await prisma.post.findMany();
  for (const post of posts) {
    // report: it computes over the rows of one turn
    const likes = await prisma.comment.aggregate({ where: { postId: post.id }, _sum: { likes: true } });
    // report: it groups the rows of one turn
    const byEmail = await prisma.comment.groupBy({ by: ['authorEmail'], where: { postId: post.id }, _count: true });
    // report: it counts several columns at once
    const counts = await prisma.comment.count({ where: { postId: post.id }, select: { authorEmail: true } });
    console.log(likes._sum.likes, byEmail.length, counts.authorEmail);
  }
}

export async function raw(ids: readonly number[]) {
  for (const id of ids) {
    // report: it is SQL, which is not read
    console.log(await prisma.$queryRawUnsafe('select name from users where id = $1', id));
    // report: it is SQL, which is not read
    console.log(await prisma.$queryRaw(Prisma.sql`select name from users where id = ${id}`));
  }
}

export async function sharedRows() {
  const posts = await prisma.post.findMany({ where: { authorId: { not: null } } });
  const authors = [];
  for (const { authorId, title } of posts) {
    if (!authorId) continue;
    // report: would share one object
    const author = await prisma.user.findUnique({ where: { id: authorId } });
    if (author === null) continue;
    author.name = `${author.name}, who wrote ${title}`;
    authors.push(author);
  }
  return authors;
}

export async function keysOfOtherTypes(numbers: readonly number[]) {
  const posts = await prisma.post.findMany();
  for (const post of posts) {
    // report: whose values JavaScript does not compare as the database does
    console.log(await prisma.post.findMany({ where: { price: post.price }, orderBy: { id: 'asc' } }));
  }
  for (const number of numbers) {
    // report: a lookup would not find it
    const comment = await prisma.comment.findUnique({ where: { id: number } });
    console.log(comment?.body);
  }
}

export async function batchedByPrisma(ids: readonly number[]) {
  const names = await Promise.all(
    ids.map(async (id) => {
      // report: Prisma already sends the `findUnique` calls that begin together as one query
      const user = await prisma.user.findUnique({ where: { id } });
      return user?.name;
    }),
  );
  return names;
}

export async function nobodyWaits(ids: readonly number[]) {
  ids.forEach(async (id) => {
    // report: Nobody waits for the turns that `forEach` begins
    const user = await prisma.user.findUnique({ where: { id } });
    console.log(user?.name);
  });
}

export async function pages() {
  let cursor: number | undefined;
  for (;;) {
    // report: it runs in a loop that does not walk one list
    const posts = await prisma.post.findMany({ where: { id: { gt: cursor } }, orderBy: { id: 'asc' }, take: 100 });
    cursor = posts.at(-1)?.id;
    if (cursor === undefined) return;
  }
}

export async function namesForResponse(ids: readonly number[]) {
  const users = [];
  for (const id of ids) {
    // report: The rows have to be asked for with `id` too
    users.push(await prisma.user.findUnique({ where: { id }, select: { name: true } }));
  }
  return users;
}

export async function ofSeveral() {
  const threads = [{ readers: [1, 2] }, { readers: [2] }];
  for (const thread of threads) {
    // report: `id` is compared with a list of its own in each turn
    const users = await prisma.user.findMany({ where: { id: { in: thread.readers } } });
    console.log(users.length);
  }
}

export async function throughJoinTables() {
  const tags = await prisma.tag.findMany();
  for (const tag of tags) {
    // report: no comparison of one column with one value
    const tagged = await prisma.post.count({ where: { tags: { some: { id: tag.id } } } });
    // report: it says more of `posts` than that it is asked for
    const published = await prisma.tag.findUnique({ where: { id: tag.id } }).posts({ where: { published: true } });
    console.log(tag.name, tagged, published);
  }
}

export async function relationsOfOthers() {
  const comments = await prisma.comment.findMany();
  for (const comment of comments) {
    // report: it looks a `post` up, and asks for its `author`
    const author = await prisma.post.findUnique({ where: { id: comment.postId } }).author();
    console.log(author?.name);
  }
}
