import knex from 'knex';
import { describe, expect, it } from 'vitest';
import { createWholeProgram } from '../../src/facts/effects/whole-program.ts';
import { readKnexModels } from '../../src/facts/orm/schemas/knex/models.ts';
import type { Column, Model, Relation } from '../../src/facts/orm/schema.ts';

const FOLDER = '/nowhere/app';

function modelsIn(files: Readonly<Record<string, string>>): readonly Model[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text]));
  const { program, checker, isOwn } = createWholeProgram([...texts.keys()], (path) => texts.get(path));
  return readKnexModels(
    program.getSourceFiles().filter((one) => isOwn(one)),
    checker,
  );
}

function only(models: readonly Model[], name: string): Model {
  const found = models.filter((one) => one.name === name);
  const [model] = found;
  if (model === undefined || found.length > 1) throw new Error(`${found.length} tables are named ${name}.`);
  return model;
}

/** The tables after migrations, each the body of an `up`. */
const after = (...bodies: readonly string[]): readonly Model[] =>
  modelsIn(
    Object.fromEntries(
      bodies.map((body, at) => [
        `migrations/2024010${at}_step.js`,
        `exports.up = async (knex) => { ${body} };\nexports.down = async (knex) => { await knex.schema.dropTable('users'); };`,
      ]),
    ),
  );

/** The table `t` of columns. */
const tableOf = (...steps: readonly string[]): Model => {
  const [first = '', ...rest] = steps;
  return only(
    after(
      `await knex.schema.createTable('t', (t) => { ${first} });`,
      ...rest.map((step) => `await knex.schema.alterTable('t', (t) => { ${step} });`),
    ),
    't',
  );
};

/** The call that makes a table. */
const create = (name: string, body = `t.increments();`): string =>
  `knex.schema.createTable('${name}', (t) => { ${body} })`;

const told = (one: Column): string =>
  `${one.name}:${one.type}${one.isList ? '[]' : ''}${one.isNullable === true ? '?' : one.isNullable === undefined ? '??' : ''} ${one.written}`;

const columnsOf = (model: Model): readonly string[] => model.columns.map(told);

const relationsOf = (model: Model): readonly string[] =>
  model.relations.map(
    (one: Relation) =>
      `${one.name}: ${one.kind} ${one.model} ${one.from.join()}→${one.to.join()} ←${one.inverse ?? ''}`,
  );

/** The methods that the library makes columns with. */
function columnMethods(): readonly string[] {
  const methods: string[] = [];
  const builder = knex({ client: 'pg' }).schema.createTable('x', (table) => {
    for (const [name, method] of Object.entries(Object.getPrototypeOf(table) as Record<string, unknown>)) {
      if (typeof method !== 'function' || /^(?:toSQL|setSchema|engine|charset|collate|inherits)$/.test(name))
        continue;
      const made: unknown = Reflect.apply(method, table, ['c', 'integer']);
      if (typeof made === 'object' && made !== null && 'notNullable' in made) methods.push(name);
    }
    throw new Error('No SQL is wanted.');
  });
  expect(() => builder.toString()).toThrow('No SQL is wanted.');
  return methods;
}

/** The columns of the SQL that the library makes, with whether they must have a value. */
function sqlColumns(body: string): readonly (readonly [name: string, isRequired: boolean])[] {
  const client = knex({ client: 'pg' });
  const run = new Function('t', body) as (table: unknown) => void;
  const sql = client.schema.createTable('t', (table) => run(table)).toString();
  return [...sql.replace(/^[^(]*\(/, '').matchAll(/"(\w+)" ([^"]*)/g)].map(
    ([, name = '', rest = '']) => [name, /not null|primary key/.test(rest)] as const,
  );
}

describe('columns', () => {
  it('have types, and are nullable unless they say otherwise', () => {
    const model = tableOf(`
      t.increments('id'); t.bigInteger('big').notNullable(); t.uuid('key'); t.string('name', 20).notNull(); t.text('body').nullable();
      t.integer('age').unsigned().notNullable().defaultTo(0); t.decimal('price', 10, 2); t.float('score'); t.boolean('is_on').notNullable().nullable(false);
      t.date('born'); t.dateTime('at', { useTz: true }); t.timestamp('seen').defaultTo(knex.fn.now()); t.json('a'); t.jsonb('b');
      t.enu('state', ['x', 'y']); t.enum('kind', null, { useNative: true }); t.binary('data'); t.specificType('tags', 'text[]'); t.specificType('mail', 'citext');
      t.specificType('n', 'BIGINT UNSIGNED'); t.specificType('v', 'tsvector'); t.time('hour'); t.tinyint('small'); t.double('d'); t.datetime('dt');`);
    expect(columnsOf(model)).toEqual([
      'id:integer increments',
      'big:bigint bigInteger',
      'key:uuid? uuid',
      'name:string string(20)',
      'body:string? text',
      'age:integer integer',
      'price:decimal? decimal(10, 2)',
      'score:float? float',
      'is_on:boolean boolean',
      'born:date? date',
      'at:date? dateTime({ useTz: true })',
      'seen:date? timestamp',
      'a:json? json',
      'b:json? jsonb',
      "state:enum? enu(['x', 'y'])",
      'kind:enum? enum(null, { useNative: true })',
      'data:bytes? binary',
      'tags:string[]? text[]',
      'mail:string? citext',
      'n:bigint? BIGINT UNSIGNED',
      'v:unknown? tsvector',
      'hour:string? time',
      'small:integer? tinyint',
      'd:float? double',
      'dt:date? datetime',
    ]);
    expect(model.primaryKey).toEqual(['id']);
    expect(model.unread).toEqual([]);
    expect(model.table).toBe('t');
    expect(model.orm).toBe('knex');
    expect(model.seenAt).toEqual({ path: `${FOLDER}/migrations/20240100_step.js`, line: 1 });
  });

  it('are read from every method that the library makes columns with', () => {
    const methods = columnMethods();
    expect(methods.length).toBeGreaterThan(40);
    const columns = methods.map((method) => {
      const model = tableOf(`t.${method}('c', 'integer');`);
      expect([method, model.columns.length, model.unread]).toEqual([method, 1, []]);
      return [method, model.columns[0]?.type] as const;
    });
    expect(columns.filter(([, type]) => type === 'unknown').map(([method]) => method)).toEqual([
      'bit',
      'geometry',
      'geography',
      'point',
    ]);
  });

  it('are named and nullable as in the SQL that the library makes', () => {
    const body = `
      t.increments(); t.string('a'); t.string('b').notNullable(); t.string('c').notNullable().nullable(); t.string('d').nullable(false);
      t.timestamps(true, true); t.boolean('e').notNull().defaultTo(true);`;
    expect(tableOf(body).columns.map((one) => [one.name, one.isNullable === false])).toEqual(
      sqlColumns(body),
    );
    expect(
      tableOf('t.timestamps({ useCamelCase: true });').columns.map((one) => [
        one.name,
        one.isNullable === false,
      ]),
    ).toEqual(sqlColumns('t.timestamps({ useCamelCase: true });'));
  });

  it('are the time stamps, as they are asked for', () => {
    expect(columnsOf(tableOf('t.timestamps();'))).toEqual([
      'created_at:date? timestamps',
      'updated_at:date? timestamps',
    ]);
    expect(columnsOf(tableOf('t.timestamps(true, true);')).map((one) => one.split(' ')[0])).toEqual([
      'created_at:date',
      'updated_at:date',
    ]);
    expect(
      columnsOf(tableOf('t.timestamps({ useCamelCase: true, defaultToNow: true });')).map(
        (one) => one.split(' ')[0],
      ),
    ).toEqual(['createdAt:date', 'updatedAt:date']);
    expect(columnsOf(tableOf('t.timestamps(false, true, true);')).map((one) => one.split(' ')[0])).toEqual([
      'createdAt:date',
      'updatedAt:date',
    ]);
    expect(columnsOf(tableOf('t.timestamps();', 't.dropTimestamps();'))).toEqual([]);
  });

  it('change as migrations change them', () => {
    const model = tableOf(
      `t.increments(); t.string('a'); t.string('b').notNullable(); t.string('c'); t.string('d').notNullable(); t.integer('e').notNullable(); t.string('f').notNullable(); t.string('g');`,
      `t.dropColumn('a'); t.renameColumn('b', 'bb'); t.setNullable('d'); t.dropNullable('c');`,
      `t.bigInteger('e').alter(); t.text('f').notNullable().alter(); t.text('g').alter({ alterType: false }); t.dropColumns('g', 'x');`,
      `t.date('h').notNullable();`,
    );
    expect(columnsOf(model)).toEqual([
      'id:integer increments',
      'bb:string string',
      'c:string string',
      'd:string? string',
      'e:bigint? bigInteger',
      'f:string text',
      'h:date date',
    ]);
    expect(model.unread).toEqual([]);
  });
});

describe('keys', () => {
  it('are primary, unique and plain', () => {
    const model = tableOf(`
      t.integer('a'); t.integer('b'); t.string('c').unique(); t.string('d').index(); t.string('e').unique('named'); t.string('f'); t.string('g');
      t.primary(['a', 'b']); t.unique(['c', 'd']); t.unique('f'); t.index(['d', 'f'], 'by_d'); t.index('g', 'by_g', { storageEngineIndexType: 'hash' });
      t.unique(['g'], { indexName: 'x', useConstraint: false });`);
    expect(model.primaryKey).toEqual(['a', 'b']);
    expect(columnsOf(model).slice(0, 3)).toEqual([
      'a:integer integer',
      'b:integer integer',
      'c:string? string',
    ]);
    expect(model.uniques).toEqual([['c'], ['e'], ['c', 'd'], ['f'], ['g']]);
    expect(model.indexes).toEqual([['d'], ['d', 'f']]);
    expect(model.unread).toEqual([]);
  });

  it('are none where they hold for some rows only', () => {
    const model = tableOf(`
      t.string('a'); t.string('b');
      t.unique(['a'], { predicate: knex.whereNotNull('a') }); t.index(['b'], 'x', { predicate: knex.whereNotNull('b') });
      t.string('c').unique({ predicate: knex.whereNotNull('c') });`);
    expect(model.uniques).toEqual([]);
    expect(model.unread).toEqual([]);
  });

  it('of a column are those of its name', () => {
    expect(tableOf(`t.string('key').primary();`).primaryKey).toEqual(['key']);
    expect(tableOf(`t.uuid('id').primary().defaultTo(knex.raw('uuid()'));`).primaryKey).toEqual(['id']);
    expect(tableOf(`t.increments('id', { primaryKey: false }); t.uuid('u').primary();`).primaryKey).toEqual([
      'u',
    ]);
    expect(tableOf(`t.bigIncrements();`).primaryKey).toEqual(['id']);
    expect(tableOf(`t.increments('id').primary().unique();`).uniques).toEqual([]);
  });

  it('go as migrations drop them', () => {
    const first = `t.integer('a'); t.string('b').unique(); t.string('c').unique('c_key'); t.string('d').index(); t.unique(['a', 'b']); t.primary(['a']);`;
    expect(tableOf(first, `t.dropUnique(['b']);`).uniques).toEqual([['c'], ['a', 'b']]);
    expect(tableOf(first, `t.dropUnique(['c'], 'c_key');`).uniques).toEqual([['b'], ['a', 'b']]);
    expect(tableOf(first, `t.dropUnique([], 'c_key');`).uniques).toEqual([['b'], ['a', 'b']]);
    expect(tableOf(first, `t.dropUnique('b');`).uniques).toEqual([['c'], ['a', 'b']]);
    expect(tableOf(first, `t.dropIndex('d');`).indexes).toEqual([]);
    expect(tableOf(first, `t.dropPrimary();`).primaryKey).toEqual([]);
    expect(tableOf(first, `t.dropColumn('b');`).uniques).toEqual([['c']]);
    expect(tableOf(first, `t.renameColumn('b', 'x');`).uniques).toEqual([['x'], ['c'], ['a', 'x']]);
    const unknown = tableOf(first, `t.dropUnique([], process.env.NAME);`);
    expect(unknown.uniques).toEqual([]);
    expect(unknown.unread).toEqual(['what `t.dropUnique([], process.env.NAME)` drops']);
  });

  it('have the names that the library gives them', async () => {
    const client = knex({ client: 'pg' });
    const sql = client.schema
      .alterTable('my.Some-Table', (table) => {
        table.unique(['First', 'second_b']);
      })
      .toString();
    await client.destroy();
    const name = /constraint "([^"]+)"/.exec(sql)?.[1] ?? '';
    expect(name).not.toBe('');
    const [model] = after(
      `await knex.schema.createTable('my.Some-Table', (t) => { t.string('First'); t.string('second_b'); t.unique(['First', 'second_b']); t.unique('First'); });`,
      `await knex.schema.alterTable('my.Some-Table', (t) => { t.dropUnique([], '${name}'); });`,
    );
    expect(model?.uniques).toEqual([['First']]);
    expect(model?.unread).toEqual([]);
  });
});

describe('relations', () => {
  it('are foreign keys, from both sides', () => {
    const models = after(`
      await knex.schema
        .createTable('users', (t) => { t.increments('id'); t.string('name'); })
        .createTable('posts', (t) => {
          t.increments();
          t.integer('author_id').unsigned().notNullable().references('id').inTable('users').onDelete('CASCADE').index();
          t.integer('editorId').references('users.id');
          t.integer('parent_id').references('id').inTable('posts');
        })
        .createTable('profiles', (t) => { t.integer('user_id').unique().references('id').on('users'); t.increments('id'); })
        .createTable('settings', (t) => { t.integer('id').primary(); t.foreign('id').references('users.id'); })
        .createTable('post_tags', (t) => {
          t.integer('post'); t.string('tag');
          t.foreign('post').references('id').inTable('posts').withKeyName('x');
          t.foreign(['tag']).references(['label']).inTable('tags');
        })
        .createTable('tags', (t) => { t.string('label').primary(); });`);
    expect(relationsOf(only(models, 'posts'))).toEqual([
      'author: one users author_id→id ←posts.author_id',
      'editor: one users editorId→id ←posts.editorId',
      'parent: one posts parent_id→id ←posts',
      'posts: many posts id→parent_id ←parent',
      'post_tags: many post_tags id→post ←post',
    ]);
    expect(relationsOf(only(models, 'users'))).toEqual([
      'posts.author_id: many posts id→author_id ←author',
      'posts.editorId: many posts id→editorId ←editor',
      'profiles: one profiles id→user_id ←user',
      'settings: one settings id→id ←users',
    ]);
    expect(relationsOf(only(models, 'settings'))).toEqual(['users: one users id→id ←settings']);
    expect(relationsOf(only(models, 'tags'))).toEqual(['post_tags: many post_tags label→tag ←tag']);
    expect(only(models, 'posts').indexes).toEqual([['author_id']]);
    expect(
      only(models, 'posts').relations.every((one) => !one.isEager && !one.isLazy && !one.isFiltered),
    ).toBe(true);
  });

  it('have several keys', () => {
    const models = after(`
      await knex.schema.createTable('orders', (t) => { t.integer('tenant'); t.integer('number'); t.primary(['tenant', 'number']); });
      await knex.schema.createTable('bills', (t) => {
        t.integer('tenant'); t.integer('order'); t.foreign(['tenant', 'order'], 'fk').references(['tenant', 'number']).inTable('orders'); t.unique(['tenant', 'order']);
      });`);
    expect(relationsOf(only(models, 'bills'))).toEqual([
      'orders: one orders tenant,order→tenant,number ←bills',
    ]);
    expect(relationsOf(only(models, 'orders'))).toEqual([
      'bills: one bills tenant,number→tenant,order ←orders',
    ]);
  });

  it('follow renamed tables and columns, and go with what is dropped', () => {
    const models = after(
      `await knex.schema.createTable('people', (t) => { t.increments('pid'); }).createTable('posts', (t) => {
        t.integer('writer').references('pid').inTable('people'); t.integer('x_id').references('pid').inTable('people');
        t.integer('y_id').references('pid').inTable('people'); t.integer('z_id').references('pid').inTable('people'); });`,
      `await knex.schema.renameTable('people', 'users').alterTable('users', (t) => { t.renameColumn('pid', 'id'); });`,
      `await knex.schema.table('posts', (t) => { t.renameColumn('writer', 'author_id'); t.dropColumn('x_id'); t.dropForeign('y_id'); t.dropForeign([], 'posts_z_id_foreign'); });`,
    );
    expect(models.map((one) => one.name)).toEqual(['posts', 'users']);
    expect(relationsOf(only(models, 'posts'))).toEqual(['author: one users author_id→id ←posts']);
    expect(only(models, 'posts').unread).toEqual([]);
  });

  it('are left out where an end is not found', () => {
    const models = after(`
      await knex.schema.createTable('users', (t) => { t.increments('id'); }).createTable('posts', (t) => {
        t.integer('a').references('id').inTable('gone'); t.integer('b').references('missing').inTable('users');
        t.integer('c').references('id').inTable(process.env.TABLE); t.integer('d').references('id'); t.foreign(columns).references('id').inTable('users'); });`);
    const posts = only(models, 'posts');
    expect(posts.relations).toEqual([]);
    expect(posts.unread).toEqual([
      'the foreign key of `c`',
      'the foreign key of `d`',
      'the foreign key `t.foreign(columns)`',
      'the table `gone` that `a` refers to',
      'the table `users` that `b` refers to',
    ]);
  });
});

describe('migrations', () => {
  it('are read in every way that they are written', () => {
    const models = modelsIn({
      'migrations/1.ts': `import type { Knex } from 'knex'; export async function up(knex: Knex): Promise<void> { await ${create('a')}; } export async function down(knex: Knex) { await knex.schema.dropTable('a'); }`,
      'migrations/2.ts': `import { Knex } from 'knex'; export const up = (knex: Knex) => ${create('b')}; export const down = (knex: Knex) => knex.schema.dropTable('b');`,
      'migrations/3.js': `module.exports = { up: (knex) => ${create('c')}, down: (knex) => knex.schema.dropTable('c') };`,
      'migrations/4.js': `module.exports.up = function (knex, Promise) { return Promise.all([${create('d')}, ${create('e')}]); }; module.exports.down = function (knex) { return knex.schema.dropTable('d'); };`,
      'migrations/5.js': `exports.up = (knex) => ${create('f')}.then(() => ${create('g')}); exports.down = (knex) => knex.schema.dropTable('g');`,
      'migrations/6.js': `module.exports = { async up(knex) { await knex.transaction(async (trx) => { await trx.schema.withSchema('s').createTable('h', function () { this.increments(); this.string('x').notNullable(); }); }); }, async down() {} };`,
      'migrations/7.js': `exports.up = async ({ schema }) => { await schema.createTable('i', (t) => { t.increments(); }); };`,
      'migrations/8.js': `exports.up = async (knex) => { const builder = knex; await builder.schema.createTableLike('j', 'h'); };`,
    });
    expect(models.map((one) => one.name)).toEqual([...'abcdefghij']);
    expect(models.map((one) => one.columns[0]?.name)).toEqual(models.map(() => 'id'));
    expect(columnsOf(only(models, 'j'))).toEqual(columnsOf(only(models, 'h')));
    expect(only(models, 'j').unread).toEqual(['the keys of the table that it is a copy of']);
    expect(models.slice(0, 9).flatMap((one) => one.unread)).toEqual([]);
  });

  it('run in the order of the names of their files', () => {
    const models = modelsIn({
      'migrations/20240301_drop.js': `exports.up = (knex) => knex.schema.dropTableIfExists('old').alterTable('users', (t) => t.dropColumn('b'));`,
      'migrations/20240101_users.js': `exports.up = (knex) => ${create('users', `t.string('a'); t.string('b');`)};`,
      'migrations/20240201_old.js': `exports.up = (knex) => ${create('old')};`,
    });
    expect(models.map((one) => [one.name, columnsOf(one)])).toEqual([['users', ['a:string? string']]]);
  });

  it('take names from constants, helpers and lists', () => {
    const models = modelsIn({
      'migrations/1.ts': `
        import type { Knex } from 'knex'; import { TABLES, addAudit, ref } from '../db/helpers';
        const USERS = 'users';
        function addKey(table: Knex.CreateTableBuilder, name = 'id') { table.uuid(name).primary(); }
        export async function up(knex: Knex) {
          await knex.schema.createTable(USERS, (table) => { addKey(table); addAudit(table); });
          await knex.schema.createTable(TABLES.posts, (table) => { addKey(table, 'key'); ref(table, 'users'); });
          for (const name of ['one', 'two']) await knex.schema.createTable(\`list_\${name}\`, (table) => { table.string(name); });
          [USERS, TABLES.posts].forEach((name) => knex.schema.alterTable(name, (table) => { table.boolean('is_gone'); }));
          await later(knex);
        }
        const later = async (db: Knex) => { await db.schema.createTable('late', (t) => t.increments()); };`,
      'db/helpers.ts': `
        export const TABLES = { posts: 'posts' } as const;
        export function addAudit(t: unknown) { t.timestamp('created_at').notNullable(); }
        export const ref = (t: unknown, to: string) => { t.uuid(\`\${to}_id\`).notNullable().references('id').inTable(to); };`,
    });
    expect(models.map((one) => [one.name, one.columns.map((column) => column.name)])).toEqual([
      ['users', ['id', 'created_at', 'is_gone']],
      ['posts', ['key', 'users_id', 'is_gone']],
      ['list_one', ['one']],
      ['list_two', ['two']],
      ['late', ['id']],
    ]);
    expect(relationsOf(only(models, 'posts'))).toEqual(['users: one users users_id→id ←posts']);
    expect(models.flatMap((one) => one.unread)).toEqual([]);
  });

  it('may ask whether their work is done', () => {
    const models = after(
      `if (!(await knex.schema.hasTable('users'))) { await ${create('users', `t.increments(); t.string('a').unique();`)}; }
       await knex.schema.hasTable('posts').then((exists) => { if (!exists) return ${create('posts')}; });
       if (!(await knex.schema.hasColumn('users', 'b'))) await knex.schema.alterTable('users', (t) => { t.string('b').unique(); });`,
      `if (!(await knex.schema.hasTable('users'))) { await ${create('users', `t.text('other');`)}; }
       await knex.schema.createTableIfNotExists('posts', (t) => { t.text('other'); });`,
    );
    expect(columnsOf(only(models, 'users'))).toEqual([
      'id:integer increments',
      'a:string? string',
      'b:string? string',
    ]);
    expect(only(models, 'users').uniques).toEqual([['a'], ['b']]);
    expect(columnsOf(only(models, 'posts'))).toEqual(['id:integer increments']);
    expect(models.flatMap((one) => one.unread)).toEqual([]);
  });

  it('that differ by the database are read as far as all agree', () => {
    const model = tableOf(
      `
      if (isMysql) { t.specificType('data', 'LONGBLOB').notNullable(); } else { t.binary('data').notNullable(); }
      switch (client) { case 'pg': t.jsonb('doc'); break; default: t.text('doc'); }
      if (isPg) t.unique(['data']);
      t.string('late'); isPg && t.index(['late']);`,
      `if (isPg) t.dropColumn('late');`,
    );
    expect(columnsOf(model)).toEqual(['data:bytes LONGBLOB', 'doc:unknown? jsonb', 'late:string? string']);
    expect(model.uniques).toEqual([]);
    expect(model.unread).toEqual([
      "the key `t.unique(['data'])`, which is made under a condition",
      "the key `t.index(['late'])`, which is made under a condition",
      "what `t.dropColumn('late')` drops",
    ]);
  });

  it('of several folders side by side are read as far as all agree', () => {
    const pg = `exports.up = (knex) => ${create('users', `t.increments(); t.string('a').notNullable().unique(); t.jsonb('b'); t.string('c').unique();`)};`;
    const sqlite = `exports.up = (knex) => ${create('users', `t.increments(); t.string('a').unique(); t.text('b'); t.string('c');`)};`;
    const models = modelsIn({ 'db/migrations/1.js': pg, 'db/migrations-sqlite/1.js': sqlite });
    const users = only(models, 'users');
    expect(columnsOf(users).map((one) => one.split(' ')[0])).toEqual([
      'id:integer',
      'a:string??',
      'b:unknown?',
      'c:string?',
    ]);
    expect(users.uniques).toEqual([['a']]);
    expect(users.primaryKey).toEqual(['id']);
    expect(
      modelsIn({ 'one/migrations/1.js': pg, 'two/migrations/1.js': sqlite }).map((one) => one.uniques),
    ).toEqual([[['a'], ['c']], [['a']]]);
  });

  it('that cannot be read say so at the tables that they may be about', () => {
    const models = after(
      `await ${create('users', `t.string('a'); t.string('b'); t.string(name); t.userstamps(); t.unique(columns); t.unique(['a'], options);`)};
       await ${create('posts')};`,
      `await knex.schema.raw('CREATE UNIQUE INDEX x ON users (lower(a))'); await knex.raw('ALTER TABLE posts ADD COLUMN z int');
       await knex.raw('UPDATE users SET a = b'); await knex.schema.raw('SHOW COLUMNS FROM users');`,
      `const sql = build(); await knex.schema.table('posts', (t) => { t.string('c'); }).raw(sql);`,
    );
    expect(only(models, 'users').uniques).toEqual([]);
    expect(only(models, 'users').unread).toEqual([
      'the column `t.string(name)`',
      'what `t.userstamps()` changes',
      'the key `t.unique(columns)`',
      "the key `t.unique(['a'], options)`",
      "what `knex.schema.raw('CREATE UNIQUE INDEX x ON users (lower(a))')` changes",
    ]);
    expect(only(models, 'posts').unread).toEqual([
      "what `knex.raw('ALTER TABLE posts ADD COLUMN z int')` changes",
      "what `…x.schema.table('posts', (t) => { t.string('c'); }).raw(sql)` changes",
    ]);
    const lost = after(
      `await ${create('users')}; await knex.schema.alterTable(process.env.TABLE, (t) => { t.string('x'); });`,
    );
    expect(only(lost, 'users').unread).toHaveLength(1);
  });

  it('are no seeds, scripts or tests that touch their tables', () => {
    const models = modelsIn({
      'migrations/1.js': `exports.up = (knex) => ${create('users', `t.string('a');`)};`,
      'scripts/fix.js': `const knex = require('knex')({}); knex.schema.alterTable('users', (t) => { t.dropColumn('a'); });`,
      'tests/a.js': `const knex = require('knex')({}); before(() => ${create('things', `t.string('b');`)}); after(() => knex.schema.dropTable('things'));`,
    });
    expect(models.map((one) => [one.name, columnsOf(one)])).toEqual([
      ['users', ['a:string? string']],
      ['things', ['b:string? string']],
    ]);
  });
});

describe('what is no table of Knex', () => {
  it('is not read', () => {
    expect(
      modelsIn({
        'kysely/1.ts': `import { Kysely } from 'kysely'; /* not knex */ export async function up(db: Kysely<unknown>) { await db.schema.createTable('users').addColumn('id', 'integer').execute(); }`,
        'typeorm/1.ts': `export class A { async up(queryRunner) { await queryRunner.createTable(new Table({ name: 'x' })); } }`,
        'sequelize/1.js': `module.exports = { up: (queryInterface) => queryInterface.createTable('x', { id: 1 }) };`,
      }),
    ).toEqual([]);
  });

  it('is its types, where they name a table that is made elsewhere', () => {
    const models = modelsIn({
      'types.ts': `import { Knex } from 'knex';
        declare module 'knex/types/tables' { interface User { id: number } interface Tables { users: User; 'user-logs': Knex.CompositeTableType<User>; } }`,
      'migrations/1.js': `exports.up = (knex) => knex.schema.createTable('users', (t) => { t.increments(); });`,
    });
    expect(models.map((one) => [one.name, one.columns.length, one.unread])).toEqual([
      ['users', 1, []],
      ['user-logs', 0, ['where it is made']],
    ]);
  });
});
