import { PrismaClient } from '@prisma/client';
import axios from 'axios';
import { open, readFile } from 'node:fs/promises';

const db = new PrismaClient();
let asked = 0;

export async function counted() {
  asked++;
  // review: `asked` may read the variable `asked` at another moment, as the calls run at once
  const [userCount, postCount] = await Promise.all([
    db.user.count(),
    db.post.count(),
  ]);
  return [asked, userCount, postCount];
}

export async function stamped() {
  // review: `startedAt: new Date()` may read the clock at another moment, as the calls run at once
  const [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  return { startedAt: new Date(), users, posts };
}

export async function stampedBefore() {
  const startedAt = new Date();
  // safe: 2 awaits in a row → Promise.all
  const [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  return { startedAt, users, posts };
}

export async function latency() {
  const began = Date.now();
  // review: `const took = Date.now() - began;` may read the clock at another moment, as the calls ru
  const [health, version] = await Promise.all([
    axios.get('https://one.example/health'),
    axios.get('https://one.example/version'),
  ]);
  const took = Date.now() - began;
  return { took, health: health.status, version: version.data };
}

export async function newest() {
  const mine = ++asked;
  // review: `const isStale = mine !== asked;` may read the variable `asked` at another moment, as th
  const [users, posts] = await Promise.all([
    db.user.findMany(),
    db.post.findMany(),
  ]);
  const isStale = mine !== asked;
  return isStale ? null : { users, posts };
}

export async function watched(onTimeout: () => void) {
  // review: `const timer = setTimeout(onTimeout, 100);` may read the clock at another moment
  const [users, posts] = await Promise.all([db.user.count(), db.post.count()]);
  const timer = setTimeout(onTimeout, 100);
  clearTimeout(timer);
  return { users, posts };
}

export async function announced() {
  console.log('1 of 2');
  // safe: 2 awaits in a row → Promise.all
  const [users, posts] = await Promise.all([
    db.user.findMany(),
    db.post.findMany(),
  ]);
  console.log('2 of 2');
  return { users, posts };
}

export async function lastWord(lines: string[]) {
  // review: `lines[0].split('-')[1]` is there when its property is read, as the calls before it are 
  const [text, post] = await Promise.all([
    readFile('a.txt', 'utf8'),
    db.post.findFirst({ where: { title: lines[0].split('-')[1].trim() } }),
  ]);
  return { text, post };
}

export async function matched(line: string) {
  // review: `line.match(/\w+/)!` is there when its property is read, as the calls before it are unde
  const [text, other] = await Promise.all([
    readFile('a.txt', 'utf8'),
    readFile(line.match(/\w+/)![0], 'utf8'),
  ]);
  return text + other;
}

export async function environment(name: string) {
  // review: `process.env.BASE_URL!` is there when its property is read
  const [text, other] = await Promise.all([
    readFile('a.txt', 'utf8'),
    axios.get(process.env.BASE_URL!.replace('NAME', name)),
  ]);
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
