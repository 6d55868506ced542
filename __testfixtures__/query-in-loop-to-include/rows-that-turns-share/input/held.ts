import { prisma } from './db';


export async function keptLists(ids: readonly number[]) {
  const lists: string[][] = [];
  for (const id of ids) {
    // review: may share one object: nobody changes it after it is handed on
    const user = await prisma.user.findUnique({ where: { id } });
    if (user) lists.push(user.tags);
  }
  for (const list of lists) list.push('x');
  return lists;
}

export async function dueDates(ids: readonly number[]) {
  const due: Date[] = [];
  for (const id of ids) {
    // report: would share one object, and `start.setMonth(start.getMonth() + 1)` changes it
    const user = await prisma.user.findUnique({ where: { id } });
    const start = user?.joinedAt ?? new Date(0);
    start.setMonth(start.getMonth() + 1);
    due.push(start);
  }
  return due;
}

const clear = (tags: string[]) => {
  tags.length = 0;
};

export async function cleared(ids: readonly number[]) {
  const out: number[] = [];
  for (const id of ids) {
    // review: may share one object: nobody changes it after it is handed on
    const user = await prisma.user.findUnique({ where: { id } });
    const tags = user?.tags ?? [];
    out.push(tags.length);
    clear(tags);
  }
  return out;
}

const later = (date: Date) => date.setFullYear(1 + date.getFullYear());

export async function grownOlder(ids: readonly number[]) {
  const out: number[] = [];
  for (const id of ids) {
    // review: may share one object: nobody changes it after it is handed on
    const user = await prisma.user.findUnique({ where: { id } });
    if (user) out.push(later(user.joinedAt));
  }
  return out;
}
