/** What runs the query fixtures: it accepts rewrites that are right, and no others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FixtureCase, Texts } from '../src/testing/cases.ts';
import { createDatabases, failureOf, filesOf, isExecutable, observe } from './databases/cases.ts';
import { divergenceOf, type Observation } from './databases/results.ts';
import { DIALECTS, programOf, type Dialect } from './databases/samples.ts';

const databases = createDatabases();
afterAll(() => databases.close());

describe.each(DIALECTS)('a program with $orm', (dialect) => {
  const observed = (body: string): Promise<Observation> =>
    observe(programText(dialect.orm, dialect.imports, body), 'main.ts', databases);
  let before: Observation;
  beforeAll(async () => {
    before = await observed(loop(dialect, '{ users, lines }'));
  });

  it('gives what it reads, in as many queries as it has calls', () => {
    expect(before.outcome).toEqual(expect.arrayContaining(['it.lines[0].titles[1]: string "z"']));
    expect(before.outcome).toEqual(expect.arrayContaining(['it.lines[2].name: string "Cid"']));
    expect(before.statements).toHaveLength(4);
  });

  it('may ask once for the children of all', async () => {
    const after = await observed(batched(dialect, {}));
    expect(divergenceOf(before, after)).toBeUndefined();
    expect(after.statements).toHaveLength(2);
  });

  it.runIf(dialect.usersWithPosts !== undefined)('may load the children with the parents', async () => {
    const [one, other] = [await observed(loop(dialect, 'lines')), await observed(eager(dialect, 'lines'))];
    expect(divergenceOf(one, other)).toBeUndefined();
    expect(other.statements).toHaveLength(dialect.queriesWithPosts);
  });

  it.runIf(dialect.usersWithPosts !== undefined)('must not let the children out with them', async () => {
    const after = await observed(eager(dialect, '{ users, lines }'));
    expect(divergenceOf(before, after)).toMatch(/^it gave it\.users\[.*posts/);
  });

  it('must keep the order', async () => {
    const after = await observed(batched(dialect, { children: dialect.postsOfUsersBackwards }));
    expect(divergenceOf(before, after)).toContain(
      'it.lines[0].first: string "k", now it.lines[0].first: string "z"',
    );
  });

  it('must keep numbers numbers', async () => {
    const after = await observed(
      batched(dialect, { line: LINE.replace('posts.length', 'String(posts.length)') }),
    );
    expect(divergenceOf(before, after)).toContain(
      'it.lines[0].count: number 2, now it.lines[0].count: string "2"',
    );
  });

  it('must keep null null', async () => {
    const after = await observed(batched(dialect, { line: LINE.replace(' ?? null', '') }));
    expect(divergenceOf(before, after)).toContain(
      'it.lines[2].first: null, now it.lines[2].first: undefined',
    );
  });

  it('must still throw', async () => {
    const [one, other] = [await observed(throwing(dialect)), await observed(silent(dialect))];
    expect(one.outcome[0]).toMatch(/^thrown: \w*Error/);
    expect(divergenceOf(one, one)).toBeUndefined();
    expect(divergenceOf(one, other)).toMatch(/^it gave thrown: \w*Error[^]*, now it: Array of [45]$/);
    // Not where it was thrown, which is elsewhere in each program.
    expect(one.outcome[0]).not.toMatch(/main\.|→/);
  });
});

const programText = (orm: string, imports: string, body: string): Texts =>
  new Map([
    ...programOf(orm),
    ['main.ts', `${imports}\n\nexport async function run(): Promise<unknown> {\n${body}\n}\n`],
  ]);

const LINE = `{
      name: user.name,
      count: posts.length,
      first: posts[0]?.title ?? null,
      titles: posts.map(({ title }) => title),
    }`;

const loop = ({ users, postsOfUser }: Dialect, given: string): string => `
  const users = await ${users};
  const lines = [];
  for (const user of users) {
    const posts = await ${postsOfUser};
    lines.push(${LINE});
  }
  return ${given};`;

const eager = ({ usersWithPosts }: Dialect, given: string): string => `
  const users = await ${usersWithPosts ?? ''};
  const lines = [];
  for (const user of users) {
    const posts = [...user.posts];
    lines.push(${LINE});
  }
  return ${given};`;

const batched = (dialect: Dialect, { line = LINE, children = dialect.postsOfUsers }): string => `
  const users = await ${dialect.users};
  const all = await ${children};
  const lines = [];
  for (const user of users) {
    const posts = all.filter((post) => ${dialect.isOf});
    lines.push(${line});
  }
  return { users, lines };`;

const throwing = ({ posts, authorOrError }: Dialect): string => `
  const names = [];
  for (const post of await ${posts}) {
    const author = await ${authorOrError};
    names.push(author.name);
  }
  return names;`;

const silent = ({ posts, users, isOf }: Dialect): string => `
  const all = await ${users};
  const names = [];
  for (const post of await ${posts}) {
    const author = all.find((user) => ${isOf});
    names.push(author?.name ?? null);
  }
  return names;`;

const KNEX = `import { knex } from './db';`;
const ALL_NAMES = `return (await knex('users').orderBy('id')).map(({ name }) => name);`;

/** A case of one file `main.ts` on Knex, before and after. */
const knexCase = (line: string, before: string, after = before): FixtureCase => {
  const text = (body: string): Texts => programText('Knex', `${line}\n${KNEX}`, body);
  const main = text(after).get('main.ts') ?? '';
  return { name: 'a-case', input: text(before), output: new Map([['main.ts', main]]), options: {} };
};

const failureOfCase = async (one: FixtureCase): Promise<string | undefined> => {
  const [fixture] = filesOf(one).run;
  if (fixture === undefined) throw new Error('Nothing is run.');
  return failureOf(fixture, databases, { run: 500, connect: 500 });
};

const TWICE = `await knex('posts').first('id').orderBy('id');\n${ALL_NAMES}`;

describe('a case', () => {
  it('is run where it has data', () => {
    expect(isExecutable(knexCase('', ALL_NAMES))).toBe(true);
    expect(isExecutable({ name: 'a', input: new Map([['a.ts', '']]), output: new Map(), options: {} })).toBe(
      false,
    );
  });

  it('has files that are run and files that stay', () => {
    const { input, ...rest } = knexCase('// queries: 2 → 1', TWICE, ALL_NAMES);
    const stays = '// queries: 5\nexport async function run() {}\n';
    const { run, kept } = filesOf({ ...rest, input: new Map([...input, ['stays.ts', stays]]) });
    expect(run).toMatchObject([
      { name: 'a-case/main.ts', start: 'main.ts', counts: { before: 2, after: 1 } },
    ]);
    expect(kept).toEqual([{ name: 'a-case/stays.ts', before: stays, after: stays }]);
  });

  it.each([
    ['a number without a run', '// queries: 2 → 1\nexport const walk = 1;\n'],
    ['a run without a number', 'export async function run() {}\n'],
    ['a number that cannot be read', '// queries: two → 1\nexport async function run() {}\n'],
  ])('must not have %s', (_, text) => {
    const input = new Map([...programOf('Knex'), ['main.ts', text]]);
    expect(() => filesOf({ name: 'a-case', input, output: new Map(), options: {} })).toThrow(
      /a-case\/main\.ts must have/,
    );
  });

  it('must not have data that nothing runs on', () => {
    const input = programOf('Knex');
    expect(() => filesOf({ name: 'a-case', input, output: new Map(), options: {} })).toThrow(
      /no file that runs/,
    );
  });

  it('is accepted with the right numbers and with no others', async () => {
    const withNumbers = (line: string): Promise<string | undefined> =>
      failureOfCase(knexCase(line, TWICE, ALL_NAMES));
    expect(await withNumbers('// queries: 2 → 1')).toBeUndefined();
    expect(await withNumbers('// queries: 2 -> 1')).toBeUndefined();
    expect(await withNumbers('// queries: 3 → 1')).toMatch(
      /^Before the rewrite it sent 2 queries, not 3:\n {2}select/,
    );
    expect(await withNumbers('// queries: 2 → 0')).toMatch(
      /^After the rewrite it sent 1 queries, not 0:\n {2}select/,
    );
    expect(await withNumbers('// queries: 2 → 2')).toBe('From 2 to 2 queries is no gain.');
    expect(await failureOfCase(knexCase('// queries: 2 → 1', TWICE))).toBe('The rewrite changed nothing.');
  });

  it.each([
    ['what is printed', `console.log('a', 1);`, `console.log('a', '1');`],
    ['where it is printed', `console.log('a');`, `console.error('a');`],
    [
      'what is left in the tables',
      `await knex('users').where({ id: 1 }).update({ name: 'x' });`,
      `await knex('users').where({ id: 1 }).delete();`,
    ],
  ])('must keep %s', async (_, before, after) => {
    const extra = `await knex('users').first('id');`;
    const [one, other] = [
      `const ids = [];\n${before}\nreturn ids;`,
      `const ids = [];\n${after}\nreturn ids;`,
    ];
    const [was, is] = [one, other].map((body) => programText('Knex', KNEX, extra + body));
    if (was === undefined || is === undefined) throw new Error('There are two programs.');
    const observations = [
      await observe(was, 'main.ts', databases),
      await observe(is, 'main.ts', databases),
    ] as const;
    expect(divergenceOf(observations[0], observations[0])).toBeUndefined();
    expect(divergenceOf(...observations)).toMatch(/^it (?:printed|left in the database) /);
  });

  it('must come to an end, and the next one is not disturbed by it', async () => {
    const waits = `await knex.transaction(async (trx) => {
      await trx('users').where({ id: 1 }).update({ name: 'x' });
      return knex('users');
    });`;
    await expect(failureOfCase(knexCase('// queries: 2 → 1', waits, ALL_NAMES))).rejects.toThrow(
      /^run of main\.ts did not come to an end within 500 ms; the last statement was update "users"/,
    );
    expect(await failureOfCase(knexCase('// queries: 2 → 1', TWICE, ALL_NAMES))).toBeUndefined();
  });

  it('must have a client that can be closed', async () => {
    const texts = new Map([...programText('Knex', KNEX, ALL_NAMES), ['db.ts', 'export const knex = 1;\n']]);
    await expect(observe(texts, 'main.ts', databases)).rejects.toThrow(
      'db.ts exports no function disconnect.',
    );
  });
});
