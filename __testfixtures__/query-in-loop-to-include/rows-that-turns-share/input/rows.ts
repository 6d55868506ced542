import { prisma } from './db';


export async function labelled(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // report: would share one object, and `tags.push('seen')` changes it
    const user = await prisma.user.findUnique({ where: { id } });
    if (!user) continue;
    const { tags } = user;
    tags.push('seen');
    out.push(tags.join());
  }
  return out;
}

export async function starred(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // report: would share one object, and `post.title = '* ${post.title}'` changes it
    const user = await prisma.user.findUnique({ where: { id }, include: { posts: true } });
    if (!user) continue;
    for (const post of user.posts) post.title = `* ${post.title}`;
    out.push(user.posts.map((post) => post.title).join());
  }
  return out;
}

export async function swapped(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // report: would share one object, and `user.name` changes it
    const user = await prisma.user.findUnique({ where: { id } });
    if (!user) continue;
    [user.name, user.email] = [user.email, user.name];
    out.push(user.name);
  }
  return out;
}

export async function dueDates(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // report: would share one object, and `user.joinedAt.setDate(user.joinedAt.getDate() + 7)` changes it
    const user = await prisma.user.findFirst({ where: { id } });
    if (!user) continue;
    user.joinedAt.setDate(user.joinedAt.getDate() + 7);
    out.push(user.joinedAt.toISOString());
  }
  return out;
}

export async function settings(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // report: would share one object, and `Object.assign(user.settings as object, { seen: out.length })` changes it
    const user = await prisma.user.findUnique({ where: { id } });
    if (!user) continue;
    out.push(JSON.stringify(user.settings));
    Object.assign(user.settings as object, { seen: out.length });
  }
  return out;
}

export async function entries(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // review: may share one object: nobody changes it after it is handed on
    const user = await prisma.user.findUnique({ where: { id } });
    if (!user) continue;
    const entry = { tags: user.tags };
    entry.tags.push('x');
    out.push(entry.tags.join());
  }
  return out;
}
