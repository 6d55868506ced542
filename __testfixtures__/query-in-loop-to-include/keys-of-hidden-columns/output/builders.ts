import { posts } from './db';
import { In } from 'typeorm';

export async function withDeleted() {
  const out: number[] = [];
  const authorIds = [1, 2];
  const postCounts = await posts
    .createQueryBuilder('post')
    .select('post.authorId', 'authorId')
    .addSelect('COUNT(*)', 'count')
    .withDeleted()
    .where({ authorId: In([...new Set(authorIds)]) })
    .groupBy('post.authorId')
    .getRawMany();
  const postCountByAuthorId = new Map(postCounts.map((row) => [row.authorId, Number(row.count)]));
  for (const authorId of authorIds) {
    // safe: one query
    const count = postCountByAuthorId.get(authorId) ?? 0;
    out.push(count);
  }
  return out;
}

export async function counted() {
  const out: number[] = [];
  const ids = [1, 2];
  const authorIds = [...new Set(ids)];
  const postCounts = authorIds.length === 0 ? [] : await posts
    .createQueryBuilder('p')
    .select('p.authorId', 'authorId')
    .addSelect('COUNT(*)', 'count')
    .where('p.authorId IN (:...authorIds)', { authorIds })
    .groupBy('p.authorId')
    .getRawMany();
  const postCountByAuthorId = new Map(postCounts.map((row) => [row.authorId, Number(row.count)]));
  for (const id of ids) {
    // safe: one query
    const count = postCountByAuthorId.get(id) ?? 0;
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
