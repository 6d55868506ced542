import { PrismaClient } from '@prisma/client';
import { first, other } from './store';

const db = new PrismaClient();

interface Row {
  id: number;
  tags: string[];
  owner?: { name: string };
}

export async function aListInALiteral() {
  const ids: number[] = [];
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany({ where: { id: { in: ids } } });
  return { users, posts };
}

export async function aListInAList() {
  const ids: number[] = [];
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany({ where: { id: { in: [ids] } } });
  return { users, posts };
}

export async function aShorthand() {
  const where: Record<string, unknown> = {};
  // report: stands between them and touches
  const users = await db.user.findMany();
  where.count = users.length;
  const posts = await db.post.findMany({ where });
  return { users, posts };
}

export async function eitherOfTwo(isAll: boolean) {
  const where: Record<string, unknown> = {};
  // report: stands between them and touches
  const users = await db.user.findMany();
  where.count = users.length;
  const posts = await db.post.findMany(isAll ? undefined : { where });
  return { users, posts };
}

export async function aPartOfAnotherObject() {
  const ids: number[] = [];
  const query = { where: { id: { in: ids } } };
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany(query);
  return { users, posts };
}

export async function putIntoAListBefore(row: Row) {
  const rows: Row[] = [];
  rows.push(row);
  // report: stands between them and touches
  const users = await db.user.findMany();
  row.id = users.length;
  const posts = await db.post.findMany({ where: { row: rows[0] } });
  return { users, posts };
}

export async function anotherNameForIt() {
  const where = { count: 0 };
  const same = where;
  // report: stands between them and touches
  const users = await db.user.findMany();
  same.count = users.length;
  const posts = await db.post.findMany({ where });
  return { users, posts };
}

export async function anotherNameByAssignment() {
  const where = { count: 0 };
  let same;
  same = where;
  // report: stands between them and touches
  const users = await db.user.findMany();
  same.count = users.length;
  const posts = await db.post.findMany({ where });
  return { users, posts };
}

export async function elementsOfAMap(names: string[]) {
  const byName = new Map(names.map((name) => [name, { count: 0 }]));
  // report: stands between them and touches
  const users = await db.user.findMany();
  for (const one of byName.values()) one.count = users.length;
  const posts = await db.post.findMany({ where: { OR: [...byName.values()] } });
  return { users, posts };
}

export async function valuesOfAnObject() {
  const counts = { one: { count: 0 }, two: { count: 0 } };
  // report: stands between them and touches
  const users = await db.user.findMany();
  for (const one of Object.values(counts)) one.count = users.length;
  const posts = await db.post.findMany({ where: { OR: [counts.one] } });
  return { users, posts };
}

export async function whatACallbackIsGiven(rows: Row[]) {
  const wanted = rows.map((row) => ({ row }));
  // report: stands between them and touches
  const users = await db.user.findMany();
  rows.forEach((row) => row.tags.push(String(users.length)));
  const posts = await db.post.findMany({ where: { OR: wanted } });
  return { users, posts };
}

export async function whatReduceBeginsWith(rows: Row[]) {
  const totals = { n: 0 };
  // report: stands between them and touches
  const users = await db.user.findMany();
  rows.reduce((sum, row) => {
    sum.n += row.id + users.length;
    return sum;
  }, totals);
  const posts = await db.post.findMany({ where: totals });
  return { users, posts };
}

function keep<T>(value: T): { value: T } {
  return { value };
}

export async function keptByAFunction() {
  const where = { count: 0 };
  const kept = keep(where);
  // report: stands between them and touches
  const users = await db.user.findMany();
  kept.value.count = users.length;
  const posts = await db.post.findMany({ where });
  return { users, posts };
}

export async function spreadIntoAnother(row: Row) {
  const copy = { ...row };
  // report: stands between them and touches
  const users = await db.user.findMany();
  row.tags.push(String(users.length));
  const posts = await db.post.findMany({ where: copy });
  return { users, posts };
}

export async function importedObjects() {
  other.inner = first;
  // report: stands between them and touches
  const users = await db.user.findMany();
  first.count = users.length;
  const posts = await db.post.findMany({ where: other });
  return { users, posts };
}

class Counter {
  n = 0;
  async load() {
    return db.post.findMany({ take: this.n });
  }
}

class Twice extends Counter {
  set(n: number) {
    this.n = n;
  }
}

export async function anObjectOfAClass() {
  const counter = new Counter();
  // report: stands between them and touches
  const users = await db.user.findMany();
  counter.n = users.length;
  const posts = await counter.load();
  return { users, posts };
}

export async function anObjectOfItsSubclass(counter: Twice) {
  // report: stands between them and touches
  const users = await db.user.findMany();
  counter.set(users.length);
  const posts = await counter.load();
  return { users, posts };
}

export async function takenOutByAPattern() {
  const query = { where: { count: 0 } };
  const { where } = query;
  // report: stands between them and touches
  const users = await db.user.findMany();
  where.count = users.length;
  const posts = await db.post.findMany(query);
  return { users, posts };
}

export async function swappedByAPattern() {
  const a = { count: 0 };
  const b = { count: 0 };
  const box = { a, b };
  [box.a, box.b] = [box.b, box.a];
  // report: stands between them and touches
  const users = await db.user.findMany();
  a.count = users.length;
  const posts = await db.post.findMany({ where: box.b });
  return { users, posts };
}

export async function inAClosure() {
  const where = { count: 0 };
  const set = (n: number) => (where.count = n);
  // report: stands between them and touches
  const users = await db.user.findMany();
  set(users.length);
  const posts = await db.post.findMany({ where });
  return { users, posts };
}

export async function givenBackByAClosure() {
  const where = { count: 0 };
  const get = () => where;
  // report: stands between them and touches
  const users = await db.user.findMany();
  get().count = users.length;
  const posts = await db.post.findMany({ where });
  return { users, posts };
}

export async function theOneOrTheOther(given?: { count: number }) {
  const where = { count: 0 };
  const used = given ?? where;
  // report: stands between them and touches
  const users = await db.user.findMany();
  used.count = users.length;
  const posts = await db.post.findMany({ where });
  return { users, posts };
}

export async function sorted(rows: Row[]) {
  // report: stands between them and touches
  const users = await db.user.findMany();
  rows.sort((a, b) => a.id - b.id + users.length);
  const posts = await db.post.findMany({ where: { row: rows.at(0) } });
  return { users, posts };
}

export async function assignedInto() {
  const where = { count: 0 };
  // report: stands between them and touches
  const users = await db.user.findMany();
  Object.assign(where, { count: users.length });
  const posts = await db.post.findMany({ where: { AND: [where] } });
  return { users, posts };
}

export async function concatenated(rows: Row[], more: Row[]) {
  const all = rows.concat(more);
  // report: stands between them and touches
  const users = await db.user.findMany();
  all[0].id = users.length;
  const posts = await db.post.findMany({ where: { OR: more } });
  return { users, posts };
}

export async function mapped() {
  const rows = [{ tags: ['a'] }];
  const tags = rows.map((row) => row.tags);
  // report: stands between them and touches
  const users = await db.user.findMany();
  tags[0].push(String(users.length));
  const posts = await db.post.findMany({ where: { OR: rows } });
  return { users, posts };
}

export async function lookedIntoByAMethod() {
  const ids: number[] = [];
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany({ take: [ids].flat().length });
  return { users, posts };
}

export async function numbersMayMove(rows: Row[]) {
  const ids = rows.map((row) => row.id);
  const result: Record<string, unknown> = {};
  // safe: 2 awaits in a row → Promise.all
  const users = await db.user.findMany({ where: { id: { in: ids } } });
  result.users = users;
  const posts = await db.post.findMany({ where: { author: { in: ids } } });
  result.posts = posts;
  return result;
}
