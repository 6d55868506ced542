import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function countriesOf(emails: readonly string[]) {
  const names: string[] = [];
  for (const email of emails) {
    // review: mysql takes `a` for `A`
    const user = await prisma.user.findUnique({ where: { email } });
    if (user !== null) names.push(user.country);
  }
  return names;
}

export async function withoutText(ids: readonly number[]) {
  const names: string[] = [];
  for (const id of ids) {
    // safe: one query
    const user = await prisma.user.findUnique({ where: { id } });
    names.push(user?.country ?? '');
  }
  return names;
}
