import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Texts } from '../../src/testing/cases.ts';

/** How an ORM asks for the same things, as expressions. */
export interface Dialect {
  /** The heading of its program in the README. */
  readonly orm: string;
  readonly imports: string;
  /** All users by id. */
  readonly users: string;
  /** The posts of `user`, by title. */
  readonly postsOfUser: string;
  /** The posts of `users`, by title. */
  readonly postsOfUsers: string;
  /** The same the other way round. */
  readonly postsOfUsersBackwards: string;
  /** All users with their posts by title; undefined where the ORM has no such thing. */
  readonly usersWithPosts: string | undefined;
  /** How many queries that takes. */
  readonly queriesWithPosts: number;
  /** All posts by id. */
  readonly posts: string;
  /** The author of `post`, or an error. */
  readonly authorOrError: string;
  /** Whether `post` is of `user`. */
  readonly isOf: string;
}

const SQL_ISH = { isOf: 'post.authorId === user.id', queriesWithPosts: 2 };

/** The ORMs that programs are known to run with. */
export const DIALECTS: readonly Dialect[] = [
  {
    ...SQL_ISH,
    orm: 'Prisma',
    imports: `import { prisma } from './db';`,
    users: `prisma.user.findMany({ orderBy: { id: 'asc' } })`,
    postsOfUser: `prisma.post.findMany({ where: { authorId: user.id }, orderBy: { title: 'asc' } })`,
    postsOfUsers: `prisma.post.findMany({ where: { authorId: { in: users.map(({ id }) => id) } }, orderBy: { title: 'asc' } })`,
    postsOfUsersBackwards: `prisma.post.findMany({ where: { authorId: { in: users.map(({ id }) => id) } }, orderBy: { title: 'desc' } })`,
    usersWithPosts: `prisma.user.findMany({ orderBy: { id: 'asc' }, include: { posts: { orderBy: { title: 'asc' } } } })`,
    posts: `prisma.post.findMany({ orderBy: { id: 'asc' }, where: { authorId: { not: null } } })`,
    authorOrError: `prisma.user.findUniqueOrThrow({ where: { id: post.authorId! } })`,
  },
  {
    ...SQL_ISH,
    orm: 'TypeORM',
    imports: `import { In } from 'typeorm';
import { dataSource } from './db';
import { Post, User } from './entities';
const userRepository = dataSource.getRepository(User);
const postRepository = dataSource.getRepository(Post);`,
    users: `userRepository.find({ order: { id: 'ASC' } })`,
    postsOfUser: `postRepository.find({ where: { authorId: user.id }, order: { title: 'ASC' } })`,
    postsOfUsers: `postRepository.find({ where: { authorId: In(users.map(({ id }) => id)) }, order: { title: 'ASC' } })`,
    postsOfUsersBackwards: `postRepository.find({ where: { authorId: In(users.map(({ id }) => id)) }, order: { title: 'DESC' } })`,
    usersWithPosts: `userRepository.find({ relations: { posts: true }, order: { id: 'ASC', posts: { title: 'ASC' } } })`,
    queriesWithPosts: 1,
    posts: `postRepository.find({ order: { id: 'ASC' } })`,
    authorOrError: `userRepository.findOneOrFail({ where: { id: post.authorId ?? 0 } })`,
  },
  {
    ...SQL_ISH,
    orm: 'Sequelize',
    imports: `import { Post, User } from './db';`,
    users: `User.findAll({ order: [['id', 'ASC']] })`,
    postsOfUser: `Post.findAll({ where: { authorId: user.id }, order: [['title', 'ASC']] })`,
    postsOfUsers: `Post.findAll({ where: { authorId: users.map(({ id }) => id) }, order: [['title', 'ASC']] })`,
    postsOfUsersBackwards: `Post.findAll({ where: { authorId: users.map(({ id }) => id) }, order: [['title', 'DESC']] })`,
    usersWithPosts: `User.findAll({ order: [['id', 'ASC']], include: [{ association: 'posts', separate: true, order: [['title', 'ASC']] }] })`,
    posts: `Post.findAll({ order: [['id', 'ASC']] })`,
    authorOrError: `User.findByPk(post.authorId ?? 0, { rejectOnEmpty: true })`,
  },
  {
    ...SQL_ISH,
    orm: 'Drizzle',
    imports: `import { asc, desc, eq, inArray } from 'drizzle-orm';
import { db } from './db';
import { posts as children, users as parents } from './schema';
const one = <T>([row]: T[]): T => {
  if (row === undefined) throw new TypeError('there is no such user');
  return row;
};`,
    users: `db.select().from(parents).orderBy(asc(parents.id))`,
    postsOfUser: `db.select().from(children).where(eq(children.authorId, user.id)).orderBy(asc(children.title))`,
    postsOfUsers: `db.select().from(children).where(inArray(children.authorId, users.map(({ id }) => id))).orderBy(asc(children.title))`,
    postsOfUsersBackwards: `db.select().from(children).where(inArray(children.authorId, users.map(({ id }) => id))).orderBy(desc(children.title))`,
    usersWithPosts: `db.query.users.findMany({ orderBy: asc(parents.id), with: { posts: { orderBy: asc(children.title) } } })`,
    queriesWithPosts: 1,
    posts: `db.select().from(children).orderBy(asc(children.id))`,
    authorOrError: `db.select().from(parents).where(eq(parents.id, post.authorId ?? 0)).then(one)`,
  },
  {
    ...SQL_ISH,
    orm: 'Knex',
    imports: `import { knex } from './db';
const one = <T>(row: T | undefined): T => {
  if (row === undefined) throw new TypeError('there is no such user');
  return row;
};`,
    users: `knex('users').orderBy('id')`,
    postsOfUser: `knex('posts').where({ authorId: user.id }).orderBy('title')`,
    postsOfUsers: `knex('posts').whereIn('authorId', users.map(({ id }) => id)).orderBy('title')`,
    postsOfUsersBackwards: `knex('posts').whereIn('authorId', users.map(({ id }) => id)).orderBy('title', 'desc')`,
    usersWithPosts: undefined,
    posts: `knex('posts').orderBy('id')`,
    authorOrError: `knex('users').where({ id: post.authorId }).first().then(one)`,
  },
  {
    ...SQL_ISH,
    orm: 'Objection',
    imports: `import { Post, User } from './db';`,
    users: `User.query().orderBy('id')`,
    postsOfUser: `Post.query().where({ authorId: user.id }).orderBy('title')`,
    postsOfUsers: `Post.query().whereIn('authorId', users.map(({ id }) => id)).orderBy('title')`,
    postsOfUsersBackwards: `Post.query().whereIn('authorId', users.map(({ id }) => id)).orderBy('title', 'desc')`,
    usersWithPosts: `User.query().orderBy('id').withGraphFetched('posts').modifyGraph('posts', (query) => query.orderBy('title'))`,
    posts: `Post.query().orderBy('id')`,
    authorOrError: `User.query().findById(post.authorId ?? 0).throwIfNotFound()`,
  },
  {
    ...SQL_ISH,
    orm: 'MikroORM',
    imports: `import { orm } from './db';
import { Post, User } from './entities';
const em = orm.em.fork();`,
    users: `em.find(User, {}, { orderBy: { id: 'asc' } })`,
    postsOfUser: `em.find(Post, { author: user.id }, { orderBy: { title: 'asc' } })`,
    postsOfUsers: `em.find(Post, { author: users.map(({ id }) => id) }, { orderBy: { title: 'asc' } })`,
    postsOfUsersBackwards: `em.find(Post, { author: users.map(({ id }) => id) }, { orderBy: { title: 'desc' } })`,
    usersWithPosts: `em.find(User, {}, { orderBy: { id: 'asc', posts: { title: 'asc' } }, populate: ['posts'] })`,
    queriesWithPosts: 1,
    posts: `em.find(Post, {}, { orderBy: { id: 'asc' } })`,
    authorOrError: `em.findOneOrFail(User, { id: post.author?.id ?? 0, name: { $ne: '' } })`,
    isOf: 'post.author?.id === user.id',
  },
  {
    ...SQL_ISH,
    orm: 'Mongoose',
    imports: `import { Post, User } from './models';`,
    users: `User.find().sort({ _id: 1 })`,
    postsOfUser: `Post.find({ author: user._id }).sort({ title: 1 })`,
    postsOfUsers: `Post.find({ author: { $in: users.map(({ _id }) => _id) } }).sort({ title: 1 })`,
    postsOfUsersBackwards: `Post.find({ author: { $in: users.map(({ _id }) => _id) } }).sort({ title: -1 })`,
    usersWithPosts: `User.find().sort({ _id: 1 }).populate({ path: 'posts', options: { sort: { title: 1 } } })`,
    posts: `Post.find({ author: { $ne: null } }).sort({ _id: 1 })`,
    authorOrError: `User.findById(post.author).orFail()`,
    isOf: 'user._id.equals(post.author)',
  },
];

/** The program of an ORM in the README, by path: its client, its models and its data. */
export function programOf(orm: string): Texts {
  const seed = orm === 'Mongoose' ? 'seed.json' : 'seed.sql';
  const data = [...blocksOf(sectionOf('Data'))].filter(([path]) => path === seed);
  return new Map([...data, ...blocksOf(sectionOf(orm))]);
}

/** What stands below a heading of the README. */
const sectionOf = (heading: string): string => README.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

const README = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

const blocksOf = (section: string): Texts =>
  new Map(
    [...section.matchAll(/^```\w+ (\S+)\n([^]*?)^```$/gm)].map(([, path = '', text = '']) => [path, text]),
  );
