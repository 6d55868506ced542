import { prisma } from './db';


/** Without a start, the first row is what is added to. */
export async function joined(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // report: would share one object, and `sum.title += post.title` changes it
    const posts = await prisma.post.findMany({ where: { authorId: id }, orderBy: { id: 'asc' } });
    if (posts.length === 0) continue;
    const all = posts.reduce((sum, post) => {
      sum.title += post.title;
      return sum;
    });
    out.push(all.title);
  }
  return out;
}

export async function replaced(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // review: may share one object: nobody changes it after it is handed on
    const posts = await prisma.post.findMany({ where: { authorId: id }, orderBy: { id: 'asc' } });
    posts.forEach((post, index, all) => {
      all[index] = { ...post, title: `*${post.title}` };
    });
    out.push(posts.map(({ title }) => title).join());
  }
  return out;
}

export async function asked(ids: readonly number[]) {
  const out: string[] = [];
  for (const id of ids) {
    // review: may share one object: nobody changes it after it is handed on
    const posts = await prisma.post.findMany({ where: { authorId: id }, orderBy: { id: 'asc' } });
    posts.forEach((post, index, all) => {
      all[index]!.title += '?';
    });
    out.push(posts.map(({ title }) => title).join());
  }
  return out;
}
