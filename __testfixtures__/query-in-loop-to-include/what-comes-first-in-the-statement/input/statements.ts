import { prisma } from './db';


/** Asks again until no name is new: the test of the loop is where the queries run. */
export async function untilNobodyIsNew(ids: readonly number[], work: () => Promise<void>) {
  while (
    // report: whether the loop is reached is decided in the same statement
    (await Promise.all(ids.map(async (id) => (await prisma.user.findFirst({ where: { id } }))?.name))).includes('new')
  ) {
    await work();
  }
}

export async function atLeastOnce(ids: readonly number[], work: () => Promise<void>) {
  do {
    await work();
  } while (
    // report: comes before the loop in the same statement
    (await Promise.all(ids.map(async (id) => (await prisma.user.findFirst({ where: { id } }))?.name))).includes('new')
  );
}

/** The list is declared by the same statement. */
export async function namesOfThree() {
  const ids = [1, 2, 3],
    // report: is declared in the same statement as the loop
    names = await Promise.all(ids.map(async (id) => (await prisma.user.findFirst({ where: { id } }))?.name));
  return names;
}

/** The update runs before the names are read. */
export async function renamed(ids: readonly number[]) {
  const [changed, names] = [
    await prisma.user.updateMany({ data: { name: 'x' } }),
    // report: comes before the loop in the same statement
    await Promise.all(ids.map(async (id) => (await prisma.user.findFirst({ where: { id } }))?.name)),
  ];
  return { changed, names };
}

/** Who walks it writes between two turns, or stops early. */
export async function* namesOf(ids: readonly number[]) {
  for (const id of ids) {
    // report: each turn hands control away by `yield`
    const user = await prisma.user.findUnique({ where: { id } });
    yield user?.name ?? '?';
  }
}
