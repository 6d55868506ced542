import { PrismaClient } from '@prisma/client';
import axios from 'axios';
import Redis from 'ioredis';
import { readFile, stat } from 'node:fs/promises';

const db = new PrismaClient();
const redis = new Redis();

async function settings() {
  const text = await readFile('a.txt', 'utf8');
  const saved = await redis.get(`settings:${text.length}`);
  return { text, saved };
}

async function countries() {
  const { data } = await axios.get('https://countries.test/all');
  return data.items;
}

export async function run() {
  // safe: 4 awaits in a row → Promise.all
  const users = await db.user.findMany();
  const { size } = await stat('b.txt');
  const names = users.map(({ name }) => name);
  // safe: 2 awaits in a row → Promise.all
  const first = await db.post.findUnique({ where: { id: users.length - 2 } });
  const own = await settings();
  const list = await countries();
  return { names, size, first, own, list, posts: await db.post.count({ where: { id: size } }) };
}
