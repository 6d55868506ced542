import { prisma } from './db';


const Set = (xs: readonly number[]) => xs.length;

/** Here, a `Set` is one of cards. */
export async function ownersOfCards(ids: readonly number[]) {
  const out: string[] = [String(Set(ids))];
  for (const id of ids) {
    // report: this file has a `Set` of its own
    const user = await prisma.user.findUnique({ where: { id } });
    out.push(user?.name ?? '?');
  }
  return out;
}
