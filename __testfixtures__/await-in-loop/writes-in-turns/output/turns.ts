import { PrismaClient } from '@prisma/client';
import axios from 'axios';
import Redis from 'ioredis';
import { readFile, writeFile } from 'node:fs/promises';
import pMap from 'p-map';

const db = new PrismaClient();
const redis = new Redis();

export async function rows(ids: number[]) {
  // review: Many queries at once are wanted where `query-in-loop-to-include` does not make one of
  const users = await pMap(
    ids,
    async (id) => db.user.findUnique({ where: { id } }),
    { concurrency: 10 },
  );
  return users;
}

export async function updates(users: { id: number; name: string }[]) {
  // review: Each turn writes a row of its own, and nobody minds that a failing turn does not keep
  await pMap(
    users,
    async (user) => db.user.update({ where: { id: user.id }, data: { name: user.name } }),
    { concurrency: 10 },
  );
}

export async function sameRow(names: string[]) {
  // report: All turns write the same rows, and the last one wins: `where: { id: 1 }` does not name
  for (const name of names) {
    await db.counter.update({ where: { id: 1 }, data: { last: name } });
  }
}

export async function twoTables(ids: number[]) {
  // report: Each turn writes more than one table, and others may read them between: `db.user.delete`
  for (const id of ids) {
    await db.user.delete({ where: { id } });
    await db.log.create({ data: { id } });
  }
}

export async function readThenWrite(ids: number[]) {
  // report: Each turn reads the table `user` by `db.user.findUnique` and writes it by
  for (const id of ids) {
    const user = await db.user.findUnique({ where: { id } });
    if (user === null) await db.user.create({ data: { id } });
  }
}

export async function transaction(ids: number[]) {
  await db.$transaction(async (tx) => {
    // report: All turns run in one transaction: `tx`
    for (const id of ids) {
      await tx.user.update({ where: { id }, data: { seen: true } });
    }
  });
}

export async function readsInTransaction(ids: number[]) {
  return db.$transaction(async (tx) => {
    const all = [];
    // report: All turns run in one transaction: `tx`
    for (const id of ids) all.push(await tx.user.findUnique({ where: { id } }));
    return all;
  });
}

export async function setAll(keys: string[]) {
  // report: Each turn writes the store `redis` by `redis.set`, and the order of that may be meant
  for (const key of keys) await redis.set(key, '1');
}

export async function posted(ids: number[]) {
  // report: Each turn writes `api.example.com` over the network by `axios.post`, and the order of
  for (const id of ids) await axios.post('https://api.example.com/hook', { id });
}

export async function written(paths: string[]) {
  // report: Each turn writes a file whose path is not known by `writeFile`, and the order of that
  for (const path of paths) await writeFile(`${path}.bak`, await readFile(path));
}

export async function mutated(users: { id: number; posts?: unknown }[]) {
  // review: `user.posts` changes the property `posts` of its own in each turn
  await pMap(
    users,
    async (user) => {
      user.posts = await readFile(`posts/${user.id}`, 'utf8');
    },
    { concurrency: 10 },
  );
}
