import { createRequire } from 'node:module';
import type { Column } from 'drizzle-orm';
import {
  extractTablesRelationalConfig,
  getTableColumns,
  is,
  normalizeRelation,
  createTableRelationsHelpers,
} from 'drizzle-orm';
import { toCamelCase, toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig as mysqlConfig, MySqlTable } from 'drizzle-orm/mysql-core';
import { getTableConfig as pgConfig, PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';
import { readDrizzleModels } from '../../src/facts/orm/schemas/drizzle/models.ts';
import type { Model } from '../../src/facts/orm/schema.ts';

/** The models of a project of files in memory. */
function modelsOf(files: Readonly<Record<string, string>>): readonly Model[] {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]));
  const { program, checker, isOwn } = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  return readDrizzleModels(
    program.getSourceFiles().filter((source) => isOwn(source)),
    checker,
  );
}

const read = (text: string): readonly Model[] => modelsOf({ 'schema.ts': text });

function modelIn(models: readonly Model[], name: string): Model {
  const model = models.find((one) => one.name === name);
  if (model === undefined)
    throw new Error(`no model \`${name}\` among ${models.map((one) => one.name).join()}`);
  return model;
}

const only = (text: string): Model => {
  const [model, second] = read(text);
  expect(second).toBeUndefined();
  if (model === undefined) throw new Error('no model');
  return model;
};

const columns = (model: Model): string[] =>
  model.columns.map(
    ({ name, column, type, isList, isNullable }) =>
      `${name}${name === column ? '' : `=${column}`} ${type}${isList ? '[]' : ''}` +
      (isNullable === undefined ? '??' : isNullable ? '?' : ''),
  );

const keys = (model: Model): string[] =>
  model.relations.map(
    ({ name, kind, model: other, from, to, inverse }) =>
      `${name}: ${kind} ${other} ${from.join('+')}->${to.join('+')}, ${inverse}`,
  );

const PG = `import { pgTable, pgEnum, pgSchema, pgTableCreator, serial, bigserial, integer, smallint, bigint, numeric, decimal, real,
  doublePrecision, text, varchar, char, uuid, boolean, date, timestamp, time, interval, json, jsonb, inet, primaryKey, unique,
  uniqueIndex, index, foreignKey, check, customType } from 'drizzle-orm/pg-core';
import { relations, sql } from 'drizzle-orm';
`;

const MYSQL = `import { mysqlTable, mysqlEnum, mysqlSchema, serial, int, tinyint, bigint, decimal, double, float, text, varchar, binary,
  boolean, date, datetime, timestamp, time, year, json, index, uniqueIndex, primaryKey } from 'drizzle-orm/mysql-core';
`;

const SQLITE = `import { sqliteTable, int, integer, text, blob, real, numeric, primaryKey, index } from 'drizzle-orm/sqlite-core';
`;

const PG_COLUMNS = `${PG}
export const role = pgEnum('role', ['a', 'b']);
const citext = customType({ dataType: () => 'citext' });
export const things = pgTable('things', {
  id: serial().primaryKey(),
  big: bigserial({ mode: 'number' }),
  int: integer('an_int').notNull(),
  small: smallint(),
  long: bigint({ mode: 'bigint' }),
  num: bigint('num', { mode: 'number' }),
  identity: integer().generatedAlwaysAsIdentity(),
  price: numeric({ precision: 10, scale: 2 }).notNull(),
  rate: decimal('rate', { mode: 'number' }),
  huge: numeric({ mode: 'bigint' }),
  real: real(),
  double: doublePrecision(),
  text: text().unique(),
  choice: text({ enum: ['x', 'y'] }).default('x'),
  name: varchar({ length: 20 }),
  code: char('code', { length: 2 }),
  key: uuid().defaultRandom().unique('key_unique'),
  flag: boolean(),
  day: date(),
  dayAt: date({ mode: 'date' }),
  at: timestamp({ withTimezone: true }).$type<Date>().$onUpdate(() => new Date()),
  atText: timestamp({ mode: 'string' }),
  clock: time(),
  span: interval(),
  json: json(),
  jsonb: jsonb('data').$type<{ a: string }>().notNull(),
  address: inet(),
  role: role().notNull(),
  roles: role('the_roles').notNull().array(),
  tags: text().array().notNull(),
  mail: citext('mail'),
});`;

const MYSQL_COLUMNS = `${MYSQL}
export const things = mysqlTable('things', {
  id: int().autoincrement().primaryKey(),
  tiny: tinyint(),
  long: bigint({ mode: 'bigint', unsigned: true }),
  num: bigint({ mode: 'number' }).notNull(),
  price: decimal({ precision: 10, scale: 2 }),
  rate: decimal({ mode: 'number' }),
  double: double(),
  float: float(),
  text: text(),
  name: varchar('a_name', { length: 20 }).unique(),
  bin: binary({ length: 4 }),
  flag: boolean(),
  day: date(),
  when: datetime({ mode: 'string' }),
  at: timestamp().onUpdateNow(),
  clock: time(),
  year: year(),
  json: json(),
  role: mysqlEnum(['a', 'b']),
  kind: mysqlEnum('the_kind', ['a', 'b']).notNull(),
});`;

const SQLITE_COLUMNS = `${SQLITE}
export const things = sqliteTable('things', {
  id: integer().primaryKey({ autoIncrement: true }),
  count: int().notNull(),
  at: integer({ mode: 'timestamp' }),
  atMs: int('at_ms', { mode: 'timestamp_ms' }),
  flag: integer({ mode: 'boolean' }),
  text: text(),
  json: text({ mode: 'json' }),
  raw: blob(),
  long: blob({ mode: 'bigint' }),
  data: blob({ mode: 'json' }),
  real: real(),
  num: numeric(),
});`;

describe('columns', () => {
  it('of PostgreSQL', () => {
    expect(columns(only(PG_COLUMNS))).toEqual([
      'id integer',
      'big integer',
      'int=an_int integer',
      'small integer?',
      'long bigint?',
      'num integer?',
      'identity integer',
      'price decimal',
      'rate float?',
      'huge bigint?',
      'real float?',
      'double float?',
      'text string?',
      'choice string?',
      'name string?',
      'code string?',
      'key uuid?',
      'flag boolean?',
      'day date?',
      'dayAt date?',
      'at date?',
      'atText date?',
      'clock string?',
      'span unknown?',
      'json json?',
      'jsonb=data json',
      'address unknown?',
      'role enum',
      'roles=the_roles enum[]?',
      'tags string[]',
      'mail unknown?',
    ]);
  });

  it('of MySQL', () => {
    expect(columns(only(MYSQL_COLUMNS))).toEqual([
      'id integer',
      'tiny integer?',
      'long bigint?',
      'num integer',
      'price decimal?',
      'rate float?',
      'double float?',
      'float float?',
      'text string?',
      'name=a_name string?',
      'bin unknown?',
      'flag boolean?',
      'day date?',
      'when date?',
      'at date?',
      'clock string?',
      'year integer?',
      'json json?',
      'role enum?',
      'kind=the_kind enum',
    ]);
  });

  it('of SQLite', () => {
    expect(columns(only(SQLITE_COLUMNS))).toEqual([
      'id integer',
      'count integer',
      'at date?',
      'atMs=at_ms date?',
      'flag boolean?',
      'text string?',
      'json json?',
      'raw bytes?',
      'long bigint?',
      'data json?',
      'real float?',
      'num decimal?',
    ]);
  });

  it('tell how they are written, with the mode', () => {
    const model = only(
      `${PG} export const a = pgTable('a', { at: timestamp('at', { mode: 'string' }).notNull(), tags: text().array() });`,
    );
    expect(model.columns.map(({ written }) => written)).toEqual([
      "timestamp('at', { mode: 'string' })",
      'text()',
    ]);
  });

  it('come from the argument of a function, whole or taken apart', () => {
    const model = only(`import { pgTable } from 'drizzle-orm/pg-core';
export const a = pgTable('a', (t) => ({ id: t.integer('the_id').primaryKey(), at: t.timestamp() }));`);
    expect(columns(model)).toEqual(['id=the_id integer', 'at date?']);
    const apart = only(`import { pgTable } from 'drizzle-orm/pg-core';
export const a = pgTable('a', ({ integer, text: words }) => { return { id: integer(), name: words().notNull() }; });`);
    expect(columns(apart)).toEqual(['id integer?', 'name string']);
  });

  it('come from constants, spreads and functions of other files', () => {
    const models = modelsOf({
      'columns.ts': `import * as p from 'drizzle-orm/pg-core';
export const NAME = 'created_' + 'at';
const config = { mode: 'number' } as const;
export const size = p.bigint(config).notNull();
export const timestamps = { createdAt: p.timestamp(NAME).notNull(), updatedAt: p.timestamp() };
export const id = (name: string, length = 12) => p.varchar(name, { length }).notNull();
export function owned() { return { ownerId: id('owner_id') }; }`,
      'schema.ts': `import { pgTable, text } from 'drizzle-orm/pg-core';
import { id, owned, size, timestamps } from './columns';
export const a = pgTable('a', { id: id('a_id').primaryKey(), size, ['x']: text(), 'y-z': text(), ...owned(), ...timestamps });`,
    });
    expect(columns(modelIn(models, 'a'))).toEqual([
      'id=a_id string',
      'size integer',
      'x string?',
      'y-z string?',
      'ownerId=owner_id string',
      'createdAt=created_at date',
      'updatedAt date?',
    ]);
    expect(modelIn(models, 'a').unread).toEqual([]);
    expect(modelIn(models, 'a').primaryKey).toEqual(['id']);
  });

  it('that cannot be read are named', () => {
    const model = only(`${PG}import { shared, column, size } from 'elsewhere';
export const a = pgTable('a', { id: integer(), ...shared, b: column(), [key()]: text(), c: bigint(size), d: text(nameOf()) });`);
    expect(model.unread).toEqual([
      'its columns from `shared`',
      'what the column `b` is: `column()`',
      'the column `[key()]: text()`',
      'what the database calls the column `c`',
      'what the database calls the column `d`',
    ]);
    expect(columns(model)).toEqual(['id integer?', 'b unknown??', 'c unknown?', 'd unknown?']);
  });

  it('are called as `casing` says where they have no name of their own', () => {
    const table = `${PG}export const a = pgTable('a', { createdAt: timestamp(), own: text('ownName') });`;
    const named = (setting: string): string[] =>
      columns(
        modelIn(
          modelsOf({
            'schema.ts': table,
            'casing.ts': `export const CASING = 'snake_case';`,
            'db.ts': `import { drizzle } from 'drizzle-orm/node-postgres'; import { CASING } from './casing'; ${setting}`,
          }),
          'a',
        ),
      );
    expect(named(`drizzle(pool, { casing: 'snake_case' })`)).toEqual([
      'createdAt=created_at date?',
      'own=ownName string?',
    ]);
    expect(named(`drizzle({ casing: CASING })`)[0]).toBe('createdAt=created_at date?');
    expect(named(`drizzle({ casing: 'camelCase' })`)[0]).toBe('createdAt date?');
    expect(named(`drizzle({})`)[0]).toBe('createdAt date?');
  });

  it('are not known by their names in the database where there are two casings', () => {
    const models = modelsOf({
      'schema.ts': `${PG}export const a = pgTable('a', { createdAt: timestamp() });`,
      'db.ts': `import { drizzle } from 'drizzle-orm/node-postgres'; drizzle({ casing: 'snake_case' }); drizzle({ casing: 'camelCase' });`,
    });
    expect(modelIn(models, 'a').unread).toEqual(['what the database calls the column `createdAt`']);
  });

  it.each([
    'createdAt',
    'userID',
    'HTMLParser',
    'a1B2',
    'A1b',
    'user2FA',
    'some_name',
    "it'sMine",
    'iPhone12Pro',
    'ABc1',
  ])('have the casing that the library gives %s', (name) => {
    const column = (casing: string): string | undefined =>
      only(`${PG}
const db = drizzle({ casing: '${casing}' });
export const a = pgTable('a', { "${name}": text() });`).columns[0]?.column;
    expect(column('snake_case')).toBe(toSnakeCase(name));
    expect(column('camelCase')).toBe(toCamelCase(name));
  });
});

describe('tables', () => {
  it('are called by their variables, and say where they are', () => {
    const models = read(`${PG}
const users = pgTable("user", { id: integer() });
export { users };
export const posts = pgTable("post", { id: integer() }).enableRLS();
export const all = { likes: pgTable(\`like\`, { id: integer() }) };
function inside() { const hidden = pgTable("hidden", {}); }`);
    expect(models.map(({ name, table, seenAt }) => [name, table, seenAt.line])).toEqual([
      ['users', 'user', 6],
      ['posts', 'post', 8],
      ['likes', 'like', 9],
    ]);
    expect(models[0]?.seenAt.path).toBe('/app/schema.ts');
  });

  it('may have a schema, a prefix or a wrapper', () => {
    const models = modelsOf({
      'make.ts': `import { pgTableCreator, pgTable, mysqlSchema } from 'drizzle-orm/pg-core';
export const createTable = pgTableCreator((name) => \`app_\${name}\`);
export const createOther = pgTableCreator(function (name) { return 'x_' + name; });
export const make = (name, columns) => pgTable(name, columns);
export { pgTable as renamed } from 'drizzle-orm/pg-core';
export const auth = pgSchema('auth');
import { pgSchema } from 'drizzle-orm/pg-core';`,
      'schema.ts': `import { createTable, createOther, make, renamed, auth } from './make';
import { text } from 'drizzle-orm/pg-core';
export const a = createTable('a', { id: text() });
export const b = createOther('b', (d) => ({ id: d.integer() }));
export const c = make('c', { id: text() });
export const d = renamed('d', { id: text() });
export const e = auth.table('e', { id: text(), role: auth.enum('role', ['x'])() });`,
    });
    expect(models.map((model) => [model.name, model.table, ...columns(model)])).toEqual([
      ['a', 'app_a', 'id string?'],
      ['b', 'x_b', 'id integer?'],
      ['c', 'c', 'id string?'],
      ['d', 'd', 'id string?'],
      ['e', 'e', 'id string?', 'role enum?'],
    ]);
  });

  it('may be told in JavaScript', () => {
    const models = modelsOf({
      'schema.js': `const { pgTable, integer } = require('drizzle-orm/pg-core');
const { relations } = require('drizzle-orm');
const users = pgTable('users', { id: integer().primaryKey() });
exports.posts = pgTable('posts', { id: integer().primaryKey(), userId: integer() });
const postsRelations = relations(exports.posts, ({ one }) => ({ user: one(users, { fields: [exports.posts.userId], references: [users.id] }) }));
module.exports.users = users;`,
    });
    expect(models.map((model) => [model.name, ...keys(model)])).toEqual([
      ['users'],
      ['posts', 'user: one users userId->id, undefined'],
    ]);
  });

  it('may be required from another file in JavaScript', () => {
    const models = modelsOf({
      'users.js': `const pg = require('drizzle-orm/pg-core');
exports.users = pg.pgTable('users', { id: pg.integer().primaryKey() });`,
      'posts.js': `const { pgTable, integer } = require('drizzle-orm/pg-core');
const { relations } = require('drizzle-orm');
const { users } = require('./users');
const schema = require('./users');
const posts = pgTable('posts', { userId: integer() });
relations(posts, ({ one }) => ({ user: one(users, { fields: [posts.userId], references: [schema.users.id] }) }));
relations(schema.users, ({ many }) => ({ posts: many(posts) }));`,
    });
    expect(keys(modelIn(models, 'posts'))).toEqual(['user: one users userId->id, posts']);
    expect(keys(modelIn(models, 'users'))).toEqual(['posts: many posts id->userId, user']);
  });

  it('are told under the names by which they are exported or queried, too', () => {
    const models = modelsOf({
      'schema.ts': `${PG}export const users = pgTable('users', { id: integer() }); export default users;`,
      'index.ts': `export { users as people } from './schema'; export { default } from './schema';`,
      'db.ts': `import { drizzle } from 'drizzle-orm/node-postgres'; import { users } from './schema'; import { people } from './index';
const schema = { members: people, users }; export const db = drizzle(pool, { schema });`,
    });
    expect(models.map(({ name, table }) => [name, table])).toEqual([
      ['users', 'users'],
      ['people', 'users'],
      ['members', 'users'],
    ]);
  });

  it('are not told of projects without Drizzle', () => {
    expect(read(`import { pgTable } from 'other'; export const a = pgTable('a', {});`)).toEqual([]);
  });
});

describe('keys and indexes', () => {
  const EXTRAS = `
  primaryKey({ columns: [t.a, t.b], name: 'pk' }),
  unique('u').on(t.b, t.c),
  uniqueIndex('ui').on(t.c),
  uniqueIndex('partial').on(t.d).where(sql\`x\`),
  uniqueIndex('lower').on(sql\`lower(\${t.d})\`),
  index('i').on(t.c.desc(), t.a.asc().nullsFirst()),
  index('using').using('btree', t.d.op('text_ops')),
  index('gin').using('gin', t.d),
  index().on(t.b),
  foreignKey({ columns: [t.a], foreignColumns: [t.b] }),
  check('positive', sql\`\${t.a} > 0\`),
`;
  const COLUMNS = 'a: integer(), b: integer(), c: text(), d: text()';

  it.each([
    ['a list', `(t) => [${EXTRAS}]`],
    [
      'an object',
      `(t) => ({ ${EXTRAS.replace(/^ {2}(?=\w)/gm, (_match, offset: number) => `key${offset}: `)} })`,
    ],
    ['a body', `function (t) { const x = 1; return [${EXTRAS}]; }`],
    ['a pattern', `({ a, b, c, d }) => [${EXTRAS.replace(/\bt\./g, '')}]`],
  ])('stand in %s', (_, extras) => {
    const model = only(`${PG}export const x = pgTable('x', { ${COLUMNS} }, ${extras});`);
    expect(model.unread).toEqual([]);
    expect(model.primaryKey).toEqual(['a', 'b']);
    expect(model.uniques).toEqual([['b', 'c'], ['c']]);
    expect(model.indexes).toEqual([['c', 'a'], ['d'], ['b']]);
    expect(columns(model)).toEqual(['a integer', 'b integer', 'c string?', 'd string?']);
  });

  it('stand beside the columns', () => {
    const model = only(
      `${PG}export const x = pgTable('x', { id: uuid().primaryKey().unique(), mail: text().notNull().unique('m') });`,
    );
    expect([model.primaryKey, model.uniques]).toEqual([['id'], [['mail']]]);
  });

  it('may be written as they were before', () => {
    const model = only(
      `${PG}export const x = pgTable('x', { ${COLUMNS} }, (t) => ({ pk: primaryKey(t.a, t.b) }));`,
    );
    expect(model.primaryKey).toEqual(['a', 'b']);
  });

  it('leave nulls to a key of several columns in SQLite', () => {
    const model = only(
      `${SQLITE}export const x = sqliteTable('x', { a: int(), b: int().notNull() }, (t) => [primaryKey({ columns: [t.a, t.b] })]);`,
    );
    expect(columns(model)).toEqual(['a integer?', 'b integer']);
  });

  it('that cannot be read are named', () => {
    const model = only(`${PG}import { shared } from 'elsewhere';
export const x = pgTable('x', { ${COLUMNS} }, (t) => [...shared(t), primaryKey({ columns: keys }), unique().on(t.e), index().on(t.a)]);`);
    expect([model.primaryKey, model.uniques, model.indexes]).toEqual([[], [], [['a']]]);
    expect(model.unread).toEqual([
      'a key or an index: `...shared(t)`',
      'a key or an index: `primaryKey({ columns: keys })`',
      'a key or an index: `unique().on(t.e)`',
    ]);
    expect(only(`${PG}export const x = pgTable('x', { a: text() }, extras);`).unread).toEqual([
      'a key or an index: `extras`',
    ]);
  });
});

const BLOG = `${PG}
export const users = pgTable('users', { id: integer('id').primaryKey(), inviterId: integer('inviter_id') });
export const posts = pgTable('posts', {
  id: integer('id').primaryKey(),
  authorId: integer('author_id').notNull().references(() => users.id),
  editorId: integer('editor_id').references(() => users.id),
});
export const profiles = pgTable('profiles', { userId: integer('user_id').primaryKey() });
export const usersToGroups = pgTable('users_to_groups', { userId: integer(), groupId: integer() },
  (t) => [primaryKey({ columns: [t.userId, t.groupId] })]);
export const groups = pgTable('groups', { id: integer().primaryKey() });
export const lines = pgTable('lines', { tenant: integer(), id: integer(), parent: integer() },
  (t) => [primaryKey({ columns: [t.tenant, t.id] })]);

export const usersRelations = relations(users, ({ one, many }) => ({
  inviter: one(users, { fields: [users.inviterId], references: [users.id], relationName: 'invited' }),
  invitees: many(users, { relationName: 'invited' }),
  written: many(posts, { relationName: 'author' }),
  edited: many(posts, { relationName: 'editor' }),
  profile: one(profiles),
  memberships: many(usersToGroups),
}));
export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id], relationName: 'author' }),
  editor: one(users, { fields: [posts.editorId], references: [users.id], relationName: 'editor' }),
}));
export const profilesRelations = relations(profiles, (r) => {
  return { user: r.one(users, { fields: [profiles.userId], references: [users.id] }) };
});
export const membershipRelations = relations(usersToGroups, ({ one }) => ({
  group: one(groups, { fields: [usersToGroups.groupId], references: [groups.id] }),
  user: one(users, { fields: [usersToGroups.userId], references: [users.id] }),
}));
export const groupsRelations = relations(groups, ({ many }) => ({ memberships: many(usersToGroups) }));
export const linesRelations = relations(lines, ({ one, many }) => ({
  up: one(lines, { fields: [lines.tenant, lines.parent], references: [lines.tenant, lines.id], relationName: 'tree' }),
  down: many(lines, { relationName: 'tree' }),
}));`;

describe('relations', () => {
  it('have keys and inverses on both sides', () => {
    const models = read(BLOG);
    expect(models.flatMap((model) => [`# ${model.name}`, ...keys(model), ...model.unread])).toEqual([
      '# users',
      'inviter: one users inviterId->id, invitees',
      'invitees: many users id->inviterId, inviter',
      'written: many posts id->authorId, author',
      'edited: many posts id->editorId, editor',
      'profile: one profiles id->userId, user',
      'memberships: many usersToGroups id->userId, user',
      '# posts',
      'author: one users authorId->id, written',
      'editor: one users editorId->id, edited',
      '# profiles',
      'user: one users userId->id, profile',
      '# usersToGroups',
      'group: one groups groupId->id, memberships',
      'user: one users userId->id, memberships',
      '# groups',
      'memberships: many usersToGroups id->groupId, group',
      '# lines',
      'up: one lines tenant+parent->tenant+id, down',
      'down: many lines tenant+id->tenant+parent, up',
    ]);
  });

  it('may stand in another file than the tables', () => {
    const models = modelsOf({
      'tables/users.ts': `${PG}export const users = pgTable('users', { id: integer().primaryKey() });`,
      'tables/posts.ts': `${PG}export const posts = pgTable('posts', { authorId: integer() });`,
      'tables/index.ts': `export * from './users'; export * from './posts'; export * from 'drizzle-orm';`,
      'relations.ts': `import * as schema from './tables'; import { relations, users as people } from './tables';
export const a = relations(schema.posts, ({ one }) => ({ author: one(people, { fields: [schema.posts.authorId], references: [schema.users.id] }) }));
export const b = relations(people, ({ many }) => ({ posts: many(schema.posts) }));`,
    });
    expect(keys(modelIn(models, 'posts'))).toEqual(['author: one users authorId->id, posts']);
    expect(keys(modelIn(models, 'users'))).toEqual(['posts: many posts id->authorId, author']);
  });

  const TABLES = `${PG}import { gone, keyOf, more } from 'elsewhere';
const users = pgTable('users', { id: integer() });
const posts = pgTable('posts', { a: integer(), b: integer() });
`;

  it.each([
    [
      'whose other side says nothing',
      'relations(users, ({ many }) => ({ posts: many(posts) }));',
      ['`posts`: no relation of `posts` that has keys leads back'],
    ],
    [
      'whose other side is not certain',
      `relations(users, ({ many }) => ({ posts: many(posts) }));
relations(posts, ({ one }) => ({ one: one(users, { fields: [posts.a], references: [users.id], relationName: 'x' }), two: one(users, { fields: [posts.b], references: [users.id] }) }));`,
      ['`posts`: several relations of `posts` lead back'],
    ],
    [
      'to a table that is not known',
      'relations(users, ({ many }) => ({ gone: many(gone) }));',
      ['the relation `gone`'],
    ],
    [
      'by keys that are not known',
      `relations(users, ({ one }) => ({ post: one(posts, { fields: [users.id], references: [keyOf(posts)] }) }));`,
      ['the relation `post`'],
    ],
    [
      'by a column that is not there',
      `relations(users, ({ one }) => ({ post: one(posts, { fields: [users.id], references: [posts.c] }) }));`,
      ['the relation `post`'],
    ],
    [
      'by keys of the wrong table',
      `relations(users, ({ one }) => ({ post: one(posts, { fields: [posts.a], references: [users.id] }) }));`,
      ['the relation `post`'],
    ],
    [
      'with a name that is not known',
      `relations(users, ({ many }) => ({ posts: many(posts, { relationName: more }) }));`,
      ['the relation `posts`'],
    ],
    ['from a spread', 'relations(users, () => ({ ...more }));', ['its relations from `more`']],
    ['from a function elsewhere', 'relations(users, more);', ['its relations from `more`']],
  ])('%s are named', (_, text, unread) => {
    const model = modelIn(read(TABLES + text), 'users');
    expect(model.relations).toEqual([]);
    expect(model.unread).toEqual(unread);
  });

  it('of the second kind are named', () => {
    const model = modelIn(
      read(`${TABLES}import { defineRelations } from 'drizzle-orm'; defineRelations({ users });`),
      'users',
    );
    expect(model.unread).toEqual(['its relations, where `defineRelations` declares them']);
  });
});

/** What a text exports, as the library makes it. */
function run(text: string): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: Record<string, unknown> = {};
  // The text is one of those above.
  // oxlint-disable-next-line typescript/no-implied-eval
  new Function('require', 'exports', outputText)(createRequire(import.meta.url), exports);
  return exports;
}

interface RealColumn {
  readonly name: string;
  readonly notNull: boolean;
  readonly primary: boolean;
  readonly isUnique: boolean;
  readonly dataType: string;
  readonly columnType: string;
}

/** The configuration of a table of any database. */
function configOf(table: unknown): { readonly name: string; readonly columns: readonly RealColumn[] } {
  if (is(table, PgTable)) return pgConfig(table);
  if (is(table, MySqlTable)) return mysqlConfig(table);
  if (is(table, SQLiteTable)) return sqliteConfig(table);
  throw new TypeError('no table');
}

/** What the library may call each type. */
const DATA_TYPES: Readonly<Record<string, RegExp>> = {
  integer: /^number$/,
  bigint: /^bigint$/,
  decimal: /^string$/,
  float: /^number$/,
  string: /^string$/,
  uuid: /^string$/,
  boolean: /^boolean$/,
  date: /^(?:date|string)$/,
  json: /^json$/,
  bytes: /^buffer$/,
  enum: /^string$/,
  unknown: /^(?:string|custom)$/,
};

/** The property that a column is called by in code. */
const nameOf = (column: Column): string | undefined =>
  Object.entries(getTableColumns(column.table)).find(([, { name }]) => name === column.name)?.[0];

describe('the library', () => {
  it.each([
    ['PostgreSQL', PG_COLUMNS],
    ['MySQL', MYSQL_COLUMNS],
    ['SQLite', SQLITE_COLUMNS],
  ])('makes the same columns for %s', (_, text) => {
    const model = only(text);
    const { name, columns: real } = configOf(run(text)['things']);
    expect(model.table).toBe(name);
    expect(
      model.columns.map((column) => [
        column.column,
        !(column.isNullable ?? true),
        model.primaryKey.includes(column.name),
        model.uniques.some(([first]) => first === column.name),
      ]),
    ).toEqual(real.map((column) => [column.name, column.notNull, column.primary, column.isUnique]));
    for (const [index, column] of model.columns.entries()) {
      const dataType = real[index]?.dataType ?? '';
      expect(`${column.name} ${dataType}`).toMatch(
        column.isList ? /array$/ : new RegExp(` (?:${DATA_TYPES[column.type]?.source.slice(1)})`),
      );
    }
  });

  it('makes the same relations', () => {
    const schema = run(BLOG);
    const { tables, tableNamesMap } = extractTablesRelationalConfig(schema, createTableRelationsHelpers);
    const models = read(BLOG);
    expect(Object.keys(tables)).toEqual(models.map(({ name }) => name));
    for (const model of models) {
      const real = tables[model.name];
      if (real === undefined) throw new Error(model.name);
      expect(real.primaryKey.map(nameOf).sort()).toEqual(model.primaryKey.toSorted());
      const told = Object.entries(real.relations).map(([name, relation]) => {
        const { fields, references } = normalizeRelation(tables, tableNamesMap, relation);
        const from = fields.map(nameOf);
        const to = references.map(nameOf);
        return `${name}: ${from.join('+')}->${to.join('+')}`;
      });
      expect(
        model.relations.map(({ name, from, to }) => `${name}: ${from.join('+')}->${to.join('+')}`),
      ).toEqual(told);
    }
  });
});
