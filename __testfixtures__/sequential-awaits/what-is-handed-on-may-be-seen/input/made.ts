import { PrismaClient } from '@prisma/client';
const db = new PrismaClient();
const shared: number[] = [];
class Filter {
  list = shared;
}
class Held {
  constructor(private readonly list: number[]) {}
  toWhere() { return { in: this.list }; }
}
const conditions = () => ({ id: { in: shared } });
export async function aClosureOfAList() {
  const ids: number[] = [];
  const where = () => ({ id: { in: ids } });
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany({ where: where() });
  return { users, posts };
}
export async function aFunctionOfTheModule() {
  // report: stands between them and touches
  const users = await db.user.findMany();
  shared.push(users.length);
  const posts = await db.post.findMany({ where: conditions() });
  return { users, posts };
}
export async function anObjectOfAClass() {
  // report: stands between them and touches
  const users = await db.user.findMany();
  shared.push(users.length);
  const posts = await db.post.findMany({ where: new Filter() });
  return { users, posts };
}
export async function aMethodOfAnObject() {
  const ids: number[] = [];
  const held = new Held(ids);
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany({ where: held.toWhere() });
  return { users, posts };
}
export async function aGetter() {
  const ids: number[] = [];
  const query = { get where() { return { in: ids }; } };
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany(query);
  return { users, posts };
}
export async function aFunctionInside() {
  const ids: number[] = [];
  function where() { return { id: { in: ids } }; }
  // report: stands between them and touches
  const users = await db.user.findMany();
  ids.push(users.length);
  const posts = await db.post.findMany(where());
  return { users, posts };
}
