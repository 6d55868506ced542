// queries: 9 → 3
import { dataSource, users as userRepository } from './db';
import { Post } from './entities';

export async function run() {
  const users = await userRepository.createQueryBuilder('user').orderBy('user.id').take(25).getMany();
  const rows: string[] = [];
  const editorIds = users.map((user) => user.id);
  const allPosts = editorIds.length === 0 ? [] : await dataSource
    .getRepository(Post)
    .createQueryBuilder('post')
    .select(['post.editorId', 'post.id', 'post.title'])
    .where('post.status = :status AND post.editor IN (:...editorIds)', { status: 'published', editorIds })
    .orderBy('post.id', 'DESC')
    .getMany();
  const postsByEditorId = new Map(editorIds.map((id) => [id, [] as typeof allPosts]));
  for (const post of allPosts) postsByEditorId.get(post.editorId!)?.push(post);
  const postCounts = editorIds.length === 0 ? [] : await dataSource
    .createQueryBuilder(Post, 'post')
    .select('post.authorId', 'authorId')
    .addSelect('COUNT(*)', 'count')
    .where('post.authorId IN (:...editorIds)', { editorIds })
    .andWhere("post.status = 'draft'")
    .groupBy('post.authorId')
    .getRawMany();
  const postCountByAuthorId = new Map(postCounts.map((row) => [row.authorId, Number(row.count)]));
  for (const user of users) {
    // safe: one query
    const edited = postsByEditorId.get(user.id) ?? [];
    const drafts = postCountByAuthorId.get(user.id) ?? 0;
    rows.push(`${user.name} ${edited.map(({ title }) => title).join()} ${drafts}`);
  }
  return rows;
}
