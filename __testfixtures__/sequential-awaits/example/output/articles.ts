import { prisma } from './database.ts';

export async function articlePage(page: number) {
  // safe: 2 awaits in a row → Promise.all
  const [count, articles] = await Promise.all([
    prisma.article.count({ where: { isPublished: true } }),
    prisma.article.findMany({ where: { isPublished: true }, skip: page * 10, take: 10 }),
  ]);
  return { count, articles };
}

export async function authorPage(id: string) {
  const author = await prisma.author.findUnique({ where: { id } });
  // ok: these articles are those of the author that was found
  const articles = await prisma.article.findMany({ where: { authorId: author?.id } });
  return { author, articles };
}
