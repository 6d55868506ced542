import { prisma } from './db';


type Event = { kind: 'user'; userId: number } | { kind: 'system'; text: string };

export async function authorsOf(events: readonly Event[]) {
  const out: string[] = [];
  const userIds = [...new Set(events.map((event) => event.userId))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const event of events) {
    if (event.kind === 'system') {
      out.push(event.text);
      continue;
    }
    // review: also where `event.kind === 'system'` keeps a turn from asking for it
    const user = userById.get(event.userId) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}

type Row = { system: true } | { system?: undefined; userId: number };

export async function authorsOfRows(rows: readonly Row[]) {
  const out: (string | undefined)[] = [];
  const userIds = [...new Set(rows.map((row) => row.userId))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const row of rows) {
    if (row.system) continue;
    // review: also where `row.system` keeps a turn from asking for it
    const user = userById.get(row.userId) ?? null;
    out.push(user?.name);
  }
  return out;
}

export async function fromTexts(raws: readonly string[]) {
  const out: string[] = [];
  const userIds = [...new Set(raws.map((raw) => Number(raw)))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const raw of raws) {
    const id = Number(raw);
    if (Number.isNaN(id)) continue;
    // review: also where `Number.isNaN(id)` keeps a turn from asking for it
    const user = userById.get(id) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}

export async function fromValidTexts(raws: readonly string[]) {
  const out: (string | undefined)[] = [];
  const userIds = [...new Set(raws.map((raw) => Number(raw)))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const raw of raws) {
    const id = Number(raw);
    const isValid = Number.isInteger(id);
    if (!isValid) continue;
    // review: also where `!isValid` keeps a turn from asking for it
    const user = userById.get(id) ?? null;
    out.push(user?.name);
  }
  return out;
}

export async function ofOwnReferences(rows: readonly { ref: string; isExternal: boolean }[]) {
  const out: (string | undefined)[] = [];
  const uids = [...new Set(rows.map((row) => row.ref.toLowerCase()))];
  const documents = await prisma.document.findMany({
    where: { uid: { in: uids } },
  });
  const documentByUid = new Map(documents.map((document) => [document.uid, document]));
  for (const row of rows) {
    if (row.isExternal) continue;
    // review: also where `row.isExternal` keeps a turn from asking for it
    const document = documentByUid.get(row.ref.toLowerCase()) ?? null;
    out.push(document?.title);
  }
  return out;
}

export async function ownersOrThrow(items: readonly { id: number; owner: { id: number } | null }[]) {
  const out: string[] = [];
  const userIds = [...new Set(items.flatMap((item) => item.owner?.id ?? []))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const item of items) {
    if (!item.owner) throw new Error(`item ${item.id} has no owner`);
    // review: also where `if (!item.owner) throw new Error('item ${item.id} has no …` keeps a turn from asking for it
    const user = userById.get(item.owner.id) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}

export async function inOrganization(ids: readonly number[], options?: { orgId: number }) {
  const out: string[] = [];
  for (const id of ids) {
    if (!options) {
      out.push('-');
      continue;
    }
    // report: whether it is there is not known before the loop
    const user = await prisma.user.findFirst({ where: { id, orgId: options.orgId } });
    out.push(user?.name ?? '?');
  }
  return out;
}

const allowed = (id: number): void => {
  if (id > 2147483647) throw new RangeError(`no id: ${id}`);
};

export async function ofAllowed(ids: readonly number[]) {
  const out: string[] = [];
  const users = await prisma.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
  });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const id of ids) {
    allowed(id);
    // review: also where `allowed(id);` keeps a turn from asking for it
    const user = userById.get(id) ?? null;
    out.push(user?.name ?? '?');
  }
  return out;
}

/** A name that is not in the record gives `undefined`, and Prisma leaves such a condition out. */
export async function byNames(names: readonly string[], idOf: Record<string, number>) {
  const out: (string | undefined)[] = [];
  const userIds = [...new Set(names.flatMap((name) => idOf[name] ?? []))];
  const users = await prisma.user.findMany({ where: { id: { in: userIds } } });
  const userById = new Map(users.map((user) => [user.id, user]));
  for (const name of names) {
    // review: `idOf[name]` is never null or undefined
    const user = idOf[name] == null ? null : (userById.get(idOf[name]) ?? null);
    out.push(user?.name);
  }
  return out;
}
