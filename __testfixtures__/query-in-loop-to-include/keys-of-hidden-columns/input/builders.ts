import { posts } from './db';

export async function withDeleted() {
  const out: number[] = [];
  for (const authorId of [1, 2]) {
    // safe: one query
    const count = await posts.count({ where: { authorId }, withDeleted: true });
    out.push(count);
  }
  return out;
}

export async function counted() {
  const out: number[] = [];
  for (const id of [1, 2]) {
    // safe: one query
    const count = await posts.createQueryBuilder('p').where('p.authorId = :id', { id }).getCount();
    out.push(count);
  }
  return out;
}

/** One parameter is used twice. */
export async function ofOthers() {
  const out: number[] = [];
  for (const id of [1, 2]) {
    // report: its parameter `id` is used twice
    const own = await posts.createQueryBuilder('p').where('p.authorId = :id', { id }).andWhere('p.id <> :id').getMany();
    out.push(own.length);
  }
  return out;
}
