import prisma from './prisma-client';

const conditionsOf = (query: any): any[] => (query.tag ? [{ tags: { has: query.tag } }] : []);

export const listArticles = async (query: any, viewer?: number) => {
  const conditions = conditionsOf(query);
  // safe: 2 awaits in a row → Promise.all
  const [count, articles] = await Promise.all([
    prisma.article.count({
      where: {
        AND: conditions,
      },
    }),
    prisma.article.findMany({
      where: { AND: conditions },
      orderBy: {
        createdAt: 'desc',
      },
      skip: Number(query.offset) || 0,
      take: Number(query.limit) || 10,
      include: { author: true },
    }),
  ]);

  return {
    articles: articles.map((article: any) => ({ ...article, own: article.author.id === viewer })),
    count,
  };
};

export const requireUnused = async (email: string, name: string) => {
  // safe: 2 awaits in a row → Promise.all
  const [byEmail, byName] = await Promise.all([
    prisma.user.findUnique({
      where: {
        email,
      },
      select: {
        id: true,
      },
    }),
    prisma.user.findUnique({
      where: {
        name,
      },
      select: {
        id: true,
      },
    }),
  ]);

  if (byEmail || byName) {
    throw new Error(byEmail ? 'The address is taken' : 'The name is taken');
  }
};
