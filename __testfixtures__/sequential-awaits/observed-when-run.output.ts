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
  const [users, { size }, own, list] = await Promise.all([
    db.user.findMany(),
    stat('b.txt'),
    settings(),
    countries(),
  ]);
  const names = users.map(({ name }) => name);
  // safe: 2 awaits in a row → Promise.all
  const [first, posts] = await Promise.all([
    db.post.findUnique({ where: { id: users.length - 2 } }),
    db.post.count({ where: { id: size } }),
  ]);
  return { names, size, first, own, list, posts };
}
