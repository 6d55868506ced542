import { prisma } from './db';


/** One key that the database refuses makes one turn fail. */
export async function settled(uids: readonly string[]) {
  const results = await Promise.allSettled(
    uids.map(async (uid) => {
      // report: The turns are not waited for all together where they begin
      const user = await prisma.user.findFirst({ where: { email: uid } });
      return user?.name;
    }),
  );
  return results.map(({ status }) => status);
}

/** What follows the call runs before the queries answer. */
export async function inBackground(ids: readonly number[], log: string[]) {
  const pending = ids.map(async (id) => {
    // report: The turns are not waited for all together where they begin
    const user = await prisma.user.findFirst({ where: { id } });
    log.push(`found ${user?.name}`);
  });
  log.push('answered');
  await Promise.all(pending);
}

/** The other turns go on where one throws. */
export async function namesOrError(ids: readonly number[]) {
  const out: string[] = [];
  try {
    const userIds = [...new Set(ids)];
    const users = await prisma.user.findMany({
      where: { id: { in: userIds } },
    });
    const userById = new Map(users.map((user) => [user.id, user]));
    await Promise.all(
      ids.map(async (id) => {
        // review: what the turns before do, as `out.push(user.name)`, would not be done any more
        const user = userById.get(id) ?? null;
        if (!user) throw new Error(`no ${id}`);
        out.push(user.name);
      }),
    );
  } catch (error) {
    out.push(String(error));
  }
  return out;
}

/** What the turns before the refused key did is given back. */
export async function asFarAsPossible(ids: readonly number[]) {
  const done: (string | undefined)[] = [];
  try {
    const userIds = [...new Set(ids)];
    const users = await prisma.user.findMany({
      where: { id: { in: userIds } },
    });
    const userById = new Map(users.map((user) => [user.id, user]));
    for (const id of ids) {
      // review: what the turns before do, as `done.push(user?.name)`, would not be done any more
      const user = userById.get(id) ?? null;
      done.push(user?.name);
    }
  } catch {
    return { done };
  }
  return { done, all: true };
}

/** The callback says what it gives: a promise. */
export async function annotated(ids: readonly number[]) {
  const out: string[] = [];
  const userIds = [...new Set(ids)];
  const users = await prisma.user.findMany({
    where: { id: { in: userIds } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  await Promise.all(
    ids.map(async (id): Promise<void> => {
      // review: what the turns before do, as `out.push(user.name)`, would not be done any more
      const user = userById.get(id) ?? null;
      if (user) out.push(user.name);
    }),
  );
  return out.sort();
}
