import { In, LessThan, MoreThan } from 'typeorm';
import { dataSource, posts, users } from './db';
import { Category, Comment, Order, OrderLine, Post, User } from './entities';

export async function addMissing(emails: readonly string[]) {
  for (const [index, email] of emails.entries()) {
    // report: writes rows of `User` in a turn
    const found = await users.findOneBy({ email });
    if (found === null) await users.insert({ id: 100 + index, name: email, email });
  }
}

export async function newestOfEach() {
  const titles: string[] = [];
  for (const user of await users.find()) {
    // report: its option `take` limits the rows of each turn
    const [post] = await posts.find({ where: { authorId: user.id }, order: { id: 'DESC' }, take: 1 });
    // report: takes the first row by its order
    const best = await posts.findOne({ where: { authorId: user.id }, order: { price: 'DESC' } });
    // report: `limit` limits the rows of each turn
    const first = await posts
      .createQueryBuilder('p')
      .where('p.authorId = :id', { id: user.id })
      .limit(1)
      .getMany();
    titles.push(post?.title ?? '', best?.title ?? '', first[0]?.title ?? '');
  }
  return titles;
}

export async function namesOrErrors(ids: readonly number[]) {
  const names: string[] = [];
  for (const id of ids) {
    try {
      // report: An error of the query is caught in each turn
      const user = await users.findOneBy({ id });
      names.push(user?.name ?? '');
    } catch (error) {
      names.push(String(error));
    }
  }
  return names;
}

export async function mustExist(ids: readonly number[]) {
  const names: string[] = [];
  for (const id of ids) {
    // report: refuses where there is no row
    const user = await users.findOneByOrFail({ id });
    names.push(user.name);
  }
  return names;
}

export async function mutated(comments: readonly Comment[]) {
  for (const comment of comments) {
    // report: would share one object
    const post = await posts.findOneBy({ id: comment.postId });
    if (post) post.title = `${post.title}!`;
  }
}

export async function eitherOf(ids: readonly number[]) {
  const found: Post[][] = [];
  for (const id of ids) {
    // report: it finds the rows that meet one of several conditions
    found.push(await posts.find({ where: [{ authorId: id }, { editorId: id }] }));
    // report: it finds the rows that meet one of several conditions
    const own = await posts
      .createQueryBuilder('p')
      .where('p.authorId = :id', { id })
      .orWhere('p.editorId = :editor', { editor: id })
      .getMany();
    found.push(own);
  }
  return found;
}

export async function ranges(prices: readonly string[], ids: readonly number[][]) {
  const numbers: number[] = [];
  for (const price of prices) {
    // report: is another one in each turn, and no comparison of one column with one value
    numbers.push(await posts.countBy({ price: LessThan(price) }));
    // report: is `numeric(10, 2)`
    const same = await posts.findBy({ price });
    numbers.push(same.length);
  }
  for (const some of ids) {
    // report: is compared with a list of its own in each turn
    const found = await users.findBy({ id: In(some) });
    numbers.push(found.length);
  }
  return numbers;
}

export async function raw(ids: readonly number[]) {
  const rows: unknown[] = [];
  for (const id of ids) {
    // report: it gives raw rows
    const row = await posts
      .createQueryBuilder('p')
      .select('SUM(p.price)', 'total')
      .where('p.authorId = :id', { id })
      .getRawOne();
    // report: it is SQL, which is not read
    const [user] = await dataSource.query('select name from users where id = $1', [id]);
    // report: it computes over the rows of one turn
    const sum = await posts.sum('id', { authorId: id });
    rows.push(row, user, sum);
  }
  return rows;
}

export async function pages(ids: readonly number[]) {
  const totals: number[] = [];
  for (const id of ids) {
    // report: it gives rows and their number together
    const [, total] = await posts.findAndCount({ where: { authorId: id }, take: 10 });
    totals.push(total);
  }
  return totals;
}

export async function selections(ids: readonly number[]) {
  const found: unknown[] = [];
  for (const id of ids) {
    // report: it selects no primary key
    const some = await posts.find({ where: { authorId: id }, select: { title: true } });
    // report: where all that it selects is null, it finds no row
    const one = await posts.findOne({ where: { id }, select: { price: true } });
    found.push(some.length, one === null);
  }
  return found;
}

export async function ofRelations(authors: readonly User[]) {
  const found: number[] = [];
  for (const author of authors) {
    // report: no comparison of one column with one value
    const own = await posts.findBy({ author });
    // report: no comparison of one column with one value
    const named = await posts.findBy({ author: { name: author.name } });
    found.push(own.length, named.length);
  }
  return found;
}

export async function optional(ids: readonly number[], options: { withDeleted?: boolean }, status?: string) {
  const numbers: number[] = [];
  for (const id of ids) {
    // report: its options are spread or computed
    const some = await dataSource.getRepository(Comment).find({ where: { postId: id }, ...options });
    // report: `status` may be null or undefined, with which a query builder compares
    const counted = await posts.countBy({ authorId: id, status });
    numbers.push(some.length, counted);
  }
  return numbers;
}

export async function madeElsewhere(ids: readonly number[]) {
  const found: Post[] = [];
  for (const id of ids) {
    const builder = posts.createQueryBuilder('p').where('p.authorId = :id', { id });
    // report: its query builder is made elsewhere
    found.push(...(await builder.getMany()));
  }
  return found;
}

export async function numbersForTexts(ids: readonly number[]) {
  const lines: number[] = [];
  for (const id of ids) {
    // report: is a number, and `orderId` is a string in rows
    const found = await OrderLine.createQueryBuilder('l').where('l.orderId = :id', { id }).getMany();
    // report: is `date`
    const placed = await Order.findBy({ placedOn: `2024-03-0${id}` });
    lines.push(found.length, placed.length);
  }
  return lines;
}

export async function deletedCategories() {
  const numbers: number[] = [];
  for (const category of await dataSource.getRepository(Category).find({ withDeleted: true })) {
    // report: Rows of `Category` that are deleted are told from others, which only a join does
    numbers.push(await posts.count({ where: { category: { id: category.id } } }));
  }
  return numbers;
}

export async function locked() {
  await dataSource.transaction(async (manager) => {
    for (const post of await manager.find(Post, { where: { price: MoreThan('1') } })) {
      // report: it locks the rows that it finds
      const author = await manager.findOne(User, {
        where: { id: post.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (author === null) return;
    }
  });
}
