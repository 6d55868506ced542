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
    await Promise.all(
      ids.map(async (id) => {
        // review: what the turns before do, as `out.push(user.name)`, would not be done any more
        const user = await prisma.user.findFirst({ where: { id } });
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
    for (const id of ids) {
      // review: what the turns before do, as `done.push(user?.name)`, would not be done any more
      const user = await prisma.user.findFirst({ where: { id } });
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
  await Promise.all(
    ids.map(async (id): Promise<void> => {
      // review: what the turns before do, as `out.push(user.name)`, would not be done any more
      const user = await prisma.user.findFirst({ where: { id } });
      if (user) out.push(user.name);
    }),
  );
  return out.sort();
}
