import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

const makeUser = () => prisma.user.create({ data: { name: 'somebody' } });
const makeArticle = (authorId: number) => prisma.article.create({ data: { authorId } });
const makeComment = (userId: number, articleId: number) => prisma.comment.create({ data: { userId, articleId } });

const main = async () => {
  const users = await Promise.all(Array.from({ length: 12 }, () => makeUser()));
  // report: Its turns are meant one after the other
  for await (const user of users) {
    const articles = await Promise.all(Array.from({ length: 12 }, () => makeArticle(user.id)));
    // report: Its turns are meant one after the other
    for await (const article of articles) {
      await Promise.all(users.map((one) => makeComment(one.id, article.id)));
    }
  }
};

main();
