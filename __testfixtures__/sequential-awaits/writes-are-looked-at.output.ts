import { PrismaClient } from '@prisma/client';
import axios from 'axios';

const db = new PrismaClient();

export async function sameTable(id: number) {
  // report: `db.user.update` writes the table `user`, which `db.user.count` reads after it
  await db.user.update({ where: { id }, data: { seen: true } });
  const count = await db.user.count({ where: { seen: true } });
  return count;
}

export async function readThenWrite(id: number) {
  // report: `db.user.findUnique` reads the table `user`, which `db.user.update` writes after it
  const before = await db.user.findUnique({ where: { id } });
  await db.user.update({ where: { id }, data: { seen: true } });
  return before;
}

export async function differentTables(id: number) {
  // review: stands alone if `db.view.create` fails
  await Promise.all([
    db.view.create({ data: { id } }),
    db.visit.create({ data: { id } }),
  ]);
}

export async function toAHost(id: number) {
  // report: `axios.post` writes
  await db.view.create({ data: { id } });
  await axios.post('https://example.com/hook', { id });
}
