import { prisma } from './db';


export async function byTidyCodes(items: { code: string }[]) {
  const out: string[] = [];
  for (const item of items) {
    item.code = item.code.trim();
    const { code: email } = item;
    // report: A turn changes `code`, which the query is told: `item.code`
    const user = await prisma.user.findUnique({ where: { email } });
    out.push(user?.name ?? '?');
  }
  return out;
}

export async function byOtherName(items: { code: string }[]) {
  const out: (string | undefined)[] = [];
  for (const item of items) {
    const same = item;
    same.code = same.code.trim();
    // review: `same.code` changes nothing that the query of a turn is told
    const user = await prisma.user.findUnique({ where: { email: item.code } });
    out.push(user?.name);
  }
  return out;
}

export async function byAssigned(items: { code: string }[]) {
  const out: (string | undefined)[] = [];
  for (const item of items) {
    Object.assign(item, { code: item.code.trim() });
    // review: `Object.assign(item, { code: item.code.t…` changes nothing that the query of a turn is told
    const user = await prisma.user.findUnique({ where: { email: item.code } });
    out.push(user?.name);
  }
  return out;
}

export async function byPattern(items: { code: string }[], other: { email: string }) {
  const out: (string | undefined)[] = [];
  for (const item of items) {
    ({ email: item.code } = other);
    // review: `item.code` changes nothing that the query of a turn is told
    const user = await prisma.user.findUnique({ where: { email: item.code } });
    out.push(user?.name);
  }
  return out;
}

export async function managersInTurn(items: readonly { managerId: number }[]) {
  const out: string[] = [];
  const state: { last?: number } = {};
  for (const item of items) {
    const id = state.last ?? item.managerId;
    // report: A turn changes what its query is told: `state.last`
    const user = await prisma.user.findUnique({ where: { id } });
    state.last = user?.managerId ?? undefined;
    out.push(user?.name ?? '?');
  }
  return out;
}
