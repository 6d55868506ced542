import { prisma } from './db';

export async function rows(model: 'user', ids: readonly number[]) {
  const out: unknown[] = [];
  for (const id of ids) {
    // report: is a method of @prisma/client by its name: of which model is not known
    out.push(await prisma[model].findUnique({ where: { id } }));
  }
  return out;
}

/** They are run later, one query each. */
export async function loaders(ids: readonly number[]) {
  const tasks: (() => Promise<unknown>)[] = [];
  for (const id of ids) {
    // report: it runs in a function that `push` is handed
    tasks.push(() => prisma.user.findUnique({ where: { id } }));
  }
  return Promise.all(tasks.map((task) => task()));
}
