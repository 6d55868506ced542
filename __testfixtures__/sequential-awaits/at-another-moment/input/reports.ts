import { PrismaClient } from '@prisma/client';
import axios from 'axios';
import { open, readFile } from 'node:fs/promises';

const db = new PrismaClient();
let asked = 0;

export async function counted() {
  asked++;
  // review: `asked` may read the variable `asked` at another moment, as the calls run at once
  return [asked, await db.user.count(), await db.post.count()];
}

export async function stamped() {
  // review: `startedAt: new Date()` may read the clock at another moment, as the calls run at once
  return { startedAt: new Date(), users: await db.user.count(), posts: await db.post.count() };
}

export async function stampedBefore() {
  const startedAt = new Date();
  // safe: 2 awaits in a row → Promise.all
  return { startedAt, users: await db.user.count(), posts: await db.post.count() };
}

export async function latency() {
  const began = Date.now();
  // review: `const took = Date.now() - began;` may read the clock at another moment, as the calls ru
  const health = await axios.get('https://one.example/health');
  const took = Date.now() - began;
  const version = await axios.get('https://one.example/version');
  return { took, health: health.status, version: version.data };
}

export async function newest() {
  const mine = ++asked;
  // review: `const isStale = mine !== asked;` may read the variable `asked` at another moment, as th
  const users = await db.user.findMany();
  const isStale = mine !== asked;
  const posts = await db.post.findMany();
  return isStale ? null : { users, posts };
}

export async function watched(onTimeout: () => void) {
  // review: `const timer = setTimeout(onTimeout, 100);` may read the clock at another moment
  const users = await db.user.count();
  const timer = setTimeout(onTimeout, 100);
  const posts = await db.post.count();
  clearTimeout(timer);
  return { users, posts };
}

export async function announced() {
  console.log('1 of 2');
  // safe: 2 awaits in a row → Promise.all
  const users = await db.user.findMany();
  console.log('2 of 2');
  const posts = await db.post.findMany();
  return { users, posts };
}

export async function lastWord(lines: string[]) {
  // review: `lines[0].split('-')[1]` is there when its property is read, as the calls before it are 
  const text = await readFile('a.txt', 'utf8');
  const post = await db.post.findFirst({ where: { title: lines[0].split('-')[1].trim() } });
  return { text, post };
}

export async function matched(line: string) {
  // review: `line.match(/\w+/)!` is there when its property is read, as the calls before it are unde
  const text = await readFile('a.txt', 'utf8');
  const other = await readFile(line.match(/\w+/)![0], 'utf8');
  return text + other;
}

export async function environment(name: string) {
  // review: `process.env.BASE_URL!` is there when its property is read
  const text = await readFile('a.txt', 'utf8');
  const other = await axios.get(process.env.BASE_URL!.replace('NAME', name));
  return text + other.data;
}

const removal = new Request('https://one.example/things', { method: 'DELETE' });

export async function sent(request: Request) {
  // report: `fetch` writes a host that is not known, and what that sets off elsewhere is not known
  const before = await readFile('a.txt', 'utf8');
  // report: `fetch` writes a host that is not known, which `fetch` reads after it
  const answer = await fetch(request);
  const other = await fetch(removal);
  return { before, answer, other };
}

export async function head(path: string) {
  const file = await open(path);
  try {
    // report: `file.read` and `file.read` run on one connection: `file`
    const first = await file.read(Buffer.alloc(4), 0, 4, null);
    const rest = await file.read(Buffer.alloc(8), 0, 8, null);
    return { first, rest };
  } finally {
    await file.close();
  }
}
