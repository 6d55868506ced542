import { PrismaClient } from '@prisma/client';
import { readFile } from 'node:fs/promises';

const db = new PrismaClient();

export async function alias(path: string) {
  const seen: string[] = [];
  // report: touches the elements of a list or map too
  const text = await readFile(path, 'utf8');
  {
    const same = seen;
    same.push('read');
  }
  const posts = await db.post.findMany({ where: { n: seen.length } });
  return { text, posts };
}

export async function elements(path: string) {
  // report: `return null;` may leave before `readFile` is called
  const rows = await db.user.findMany();
  if (rows.length === 0) return null;
  // report: touches the property `marked` too
  const text = await readFile(path, 'utf8');
  for (const row of rows.filter(({ id }) => id > 3)) row.marked = true;
  const posts = await db.post.findMany({ where: { marked: rows[0].marked } });
  return { text, posts };
}
