import { PrismaClient } from '@prisma/client';

const db = new PrismaClient();

class ForbiddenError extends Error {}

async function requireMember(userId: number, teamId: number) {
  const member = await db.member.findFirst({ where: { userId, teamId } });
  if (!member) throw new ForbiddenError('not a member');
}

async function loadPublished(id: number) {
  const post = await db.post.findUnique({ where: { id } });
  if (post === null) throw new Error('no such post');
  return post;
}

async function readableTeam(userId: number, teamId: number) {
  const member = await db.member.findFirst({ where: { userId, teamId } });
  if (!member) throw new ForbiddenError('access denied');
  return member.team;
}

export async function bare(userId: number, teamId: number) {
  // report: `requireMember` is a guard: it is called for what it refuses
  await requireMember(userId, teamId);
  const posts = await db.post.findMany({ where: { teamId } });
  return posts;
}

export async function withResult(userId: number, teamId: number) {
  // report: `readableTeam` is a guard: it refuses on purpose
  const team = await readableTeam(userId, teamId);
  const posts = await db.post.findMany({ where: { teamId } });
  return { team, posts };
}

export async function notFound(id: number) {
  // review: What follows `loadPublished` may begin before it has thrown on purpose
  const post = await loadPublished(id);
  const news = await db.news.findMany();
  return { post, news };
}

export async function refusesLast(id: number) {
  // review: Nobody minds that `loadPublished` may be seen to refuse
  const news = await db.news.findMany();
  const post = await loadPublished(id);
  return { post, news };
}

export async function decides(userId: number, teamId: number) {
  // report: `throw new ForbiddenError();` may leave before `db.post.findMany` is called
  const member = await db.member.findFirst({ where: { userId, teamId } });
  if (!member) throw new ForbiddenError();
  const posts = await db.post.findMany({ where: { teamId } });
  return posts;
}

function assertOdd(id: number) {
  if (id % 2 === 0) throw new RangeError('even');
}

export async function between(id: number) {
  // report: `assertOdd(id);` stands between them and throws on purpose
  const user = await db.user.findUnique({ where: { id } });
  assertOdd(id);
  const posts = await db.post.findMany({ where: { id } });
  return { user, posts };
}

export async function swallowed(id: number) {
  // safe: 2 awaits in a row → Promise.all
  const post = await loadPublished(id).catch(() => null);
  const news = await db.news.findMany();
  return { post, news };
}
