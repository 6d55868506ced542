const { PrismaClient } = require('@prisma/client');

const prisma = new PrismaClient();

/** What is deleted is only marked. */
prisma.$use(async (params, next) => {
  if (params.model === 'Post' && params.action === 'findMany') params.args.where.isDeleted = false;
  return next(params);
});

async function titles() {
  const users = await prisma.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out = [];
  for (const user of users) {
    // review: The middleware of the client does for one query of all keys what it does for each `findMany`
    const posts = await prisma.post.findMany({ where: { authorId: user.id }, orderBy: { id: 'asc' } });
    out.push(...posts.map((post) => post.title));
  }
  return out;
}

const visible = prisma.$extends({
  result: { profile: { short: { needs: { bio: true }, compute: ({ bio }) => bio.slice(0, 10) } } },
});

async function bios() {
  const users = await visible.user.findMany({ orderBy: { id: 'asc' }, take: 20 });
  const out = [];
  for (const user of users) {
    // review: What the client is extended by does for one `findMany` of all keys what it does for each `findUnique`
    const profile = await visible.profile.findUnique({ where: { userId: user.id } });
    out.push(profile?.short);
  }
  return out;
}

const hiding = new PrismaClient({ omit: { profile: { userId: true } } });

/** Rows do not have the column that they would be looked up by. */
async function omitted(ids) {
  const out = [];
  for (const id of ids) {
    // report: The client is made to leave columns out
    const profile = await hiding.profile.findUnique({ where: { userId: id } });
    out.push(profile?.bio);
  }
  return out;
}

module.exports = { titles, bios, omitted };
