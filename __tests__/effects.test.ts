import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFacts, type RunFacts } from '../src/facts/facts.ts';
import { conflictsOf } from '../src/facts/effects/conflicts.ts';
import type { CodeFact, Resource } from '../src/facts/effects/effect.ts';
import { parseFile } from '../src/syntax/file.ts';

const FOLDER = '/nowhere/app';
const CLIENTS: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    dependencies: {
      '@prisma/client': '*',
      ioredis: '*',
      mongoose: '*',
      typeorm: '*',
      pg: '*',
      sequelize: '*',
    },
  }),
  'clients.ts': `
    import { PrismaClient } from '@prisma/client';
    import Redis from 'ioredis';
    import { Pool } from 'pg';
    export const prisma = new PrismaClient();
    export const redis = new Redis();
    export const pool = new Pool();`,
};

let facts: RunFacts;
let texts: Map<string, string>;
beforeEach(async () => {
  texts = new Map();
  facts = await createFacts({ cwd: FOLDER, readText: (path) => texts.get(path) });
});
afterEach(() => facts.dispose());

/** What the arguments of the calls of `see` in `main.ts` do. */
function factsOf(files: Readonly<Record<string, string>>): readonly CodeFact[] {
  for (const [name, text] of Object.entries({ ...CLIENTS, ...files })) texts.set(`${FOLDER}/${name}`, text);
  facts.prepare([...texts.keys()].filter((path) => !path.endsWith('.json')));
  const main = Object.keys(files).find((name) => name.startsWith('main.')) ?? 'main.ts';
  const path = `${FOLDER}/${main}`;
  return parseFile(path, texts.get(path) ?? '')
    .find('CallExpression', { callee: { name: 'see' } })
    .map(({ node }) => facts.codeOf(path, node.arguments[0] ?? node));
}

function named(resource: Resource): string {
  switch (resource.kind) {
    case 'field':
      return `.${resource.name}`;
    case 'time':
    case 'random':
    case 'log':
      return resource.kind;
    default:
      return resource.name;
  }
}

/**
 * In short: `r:<things>`, `w:<things>`, `?<callee>` for what is not known, `throws`, `guard` where it refuses somebody, `on:<client>`,
 * `<pacing>`, `io`. Reads of properties that nobody assigns are left out, and so are reads of variables.
 */
function told(fact: CodeFact): string {
  const of = (access: 'read' | 'write'): string => {
    const names = fact.effects
      .filter((one) => one.access === access && !(access === 'read' && one.resource.kind === 'variable'))
      .map(({ resource }) => named(resource))
      .filter((name) => name !== '.(others)');
    return [...new Set(names)].toSorted().join(',');
  };
  return [
    of('read') && `r:${of('read')}`,
    of('write') && `w:${of('write')}`,
    ...fact.unknown.map(({ callee }) => `?${callee}`),
    fact.thrown.some(({ isAuthorization }) => isAuthorization)
      ? 'guard'
      : fact.thrown.length > 0
        ? 'throws'
        : '',
    ...new Set(fact.clients.map(({ kind }) => `on:${kind}`)),
    ...fact.pacing.map(({ kind }) => kind),
    fact.io === 'no' ? '' : fact.io === 'yes' ? 'io' : 'io?',
  ]
    .filter((word) => word !== '')
    .join(' ');
}

const IMPORTS = `import { prisma, redis, pool } from './clients';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
`;
type Case = readonly [about: string, code: string, does: string];

const ALONE: readonly Case[] = [
  ['a call of a library', 'see(prisma.user.findMany())', 'r:user io'],
  ['a write', 'see(prisma.user.create({ data: {} }))', 'w:user io'],
  ['a text of SQL', 'see(pool.query("UPDATE accounts SET n = 1"))', 'w:accounts io'],
  ['a function', 'const f = () => prisma.user.count(); see(f())', 'r:user io'],
  [
    'functions one below the other',
    'const f = () => prisma.user.count(); async function g() { return f(); } see(g())',
    'r:user io',
  ],
  [
    'functions that call each other',
    'async function f(n: number) { if (n > 0) await g(n - 1); return prisma.user.count(); } async function g(n: number) { await f(n); await redis.incr("k"); } see(g(2))',
    'r:redis,user w:redis io',
  ],
  [
    'a method of a class',
    'class A { all() { return prisma.post.findMany(); } } const a = new A(); see(a.all())',
    'r:post io',
  ],
  [
    'a method by `this`',
    'class A { all() { return this.some(); } some() { return prisma.post.findMany(); } } see(new A().all())',
    'r:post io',
  ],
  [
    'a method that a subclass overrides',
    'class A { some(): any { return prisma.post.findMany(); } all() { return this.some(); } } class B extends A { override some() { return redis.get("k"); } } declare const a: A; see(a.all())',
    'r:post,redis io',
  ],
  [
    'a method of an interface that one class implements',
    'interface I { all(): Promise<unknown> } class A implements I { all() { return prisma.post.findMany(); } } declare const i: I; see(i.all())',
    'r:post io',
  ],
  [
    'an injected service',
    'class Users { all() { return prisma.user.findMany(); } } class Page { constructor(private readonly users: Users) {} show() { see(this.users.all()); } }',
    'r:user io',
  ],
  [
    'a function in an object',
    'const api = { user: { all: () => prisma.user.findMany() } }; see(api.user.all())',
    'r:user io',
  ],
  [
    'a callback that is called',
    'const twice = async (run: () => Promise<unknown>) => { await run(); await run(); }; see(twice(() => redis.incr("k")))',
    'r:redis w:redis io',
  ],
  [
    'a callback of a list',
    'see(Promise.all([1, 2].map((id) => prisma.user.findUnique({ where: { id } }))))',
    'r:user io',
  ],
  [
    'a function that is passed in',
    'async function f(run: () => Promise<unknown>) { see(run()); }',
    '?run io?',
  ],
  ['a function of no known body', 'declare const f: () => Promise<void>; see(f())', '?f'],
  ['a package that nobody knows', 'import { act } from "mystery"; see(act())', '?act'],
  ['a variable of the module', 'let n = 0; const f = () => { n++; }; see(f())', 'w:n'],
  ['a variable of its own', 'const f = () => { let n = 0; n++; return n; }; see(f())', ''],
  [
    'an object of its own',
    'const f = () => { const made = { n: 0 }; made.n = 1; return made; }; see(f())',
    '',
  ],
  [
    'an object of somebody else',
    'function f(o: { n: number }) { o.n = 1; } const shared = { n: 0 }; see(f(shared))',
    'w:.n',
  ],
  [
    'another name for an object',
    'const shared = { n: 0 }; function f() { const same = shared; same.n = 1; } see(f())',
    'w:.n',
  ],
  [
    'a part of an object',
    'const shared = { inner: { n: 0 } }; function f() { const { inner } = shared; inner.n = 1; } see(f())',
    'w:.n',
  ],
  [
    'a property by a name that is computed',
    'const shared: any = {}; function f(key: string) { shared[key] = 1; } see(f("n"))',
    'w:.*,.[]',
  ],
  [
    'what `Object.assign` changes',
    'const shared: any = {}; function f() { Object.assign(shared, { n: 1 }); } see(f())',
    'r:.*,.[] w:.*',
  ],
  ['a list that is filled', 'const all: number[] = []; see(all.push(1))', 'r:.[] w:.[]'],
  ['a map that is filled', 'const all = new Map<string, number>(); see(all.set("a", 1))', 'r:.[] w:.[]'],
  [
    'a list that is shortened',
    'const all = [1, 2]; const f = () => { all.length = 0; }; see(f())',
    'w:.[],.length',
  ],
  [
    'a size that is assigned',
    'class A { size = 1; grow() { this.size += 1; } } const a = new A(); see(a.grow())',
    'r:.[],.size w:.size',
  ],
  ['a getter', 'let n = 0; const o = { get next() { return n++; } }; see(o.next)', 'w:n'],
  ['a default of a parameter', 'let n = 0; const f = (x = n++) => x; see(f())', 'w:n'],
  ['a tagged template', 'see(prisma.$queryRaw`SELECT * FROM users`)', 'r:* io'],
  ['a template with a call in it', 'see(`${redis.get("k")}`)', 'r:redis io'],
  ['what is thrown', 'function f() { throw new Error("no rows"); } see(f())', 'throws'],
  [
    'what is refused',
    'async function f(user: any) { if (!user.admin) throw new Error("forbidden"); } see(f({}))',
    'guard',
  ],
  ['what is rejected', 'const f = () => Promise.reject(new Error("taken")); see(f())', 'throws'],
  [
    'what is caught',
    'async function f() { try { throw new Error("no"); } catch { return 1; } } see(f())',
    '',
  ],
  [
    'what is caught and thrown again',
    'async function f() { try { await prisma.user.count(); } catch (error) { throw error; } } see(f())',
    'r:user io',
  ],
  [
    'a call that throws when it finds nothing',
    'see(prisma.user.findUniqueOrThrow({ where: { id: 1 } }))',
    'r:user throws io',
  ],
  ['a pause', 'see(pause(10))', 'sleep io'],
  [
    'a promise that a timer settles',
    'const wait = (ms: number) => new Promise((done) => setTimeout(done, ms)); see(wait(10))',
    'r:.*,.[],time sleep',
  ],
  ['a log line', 'const f = () => { console.log("x"); }; see(f())', 'w:log'],
  ['the clock', 'see(Date.now())', 'r:time'],
  ['the surroundings', 'const f = () => process.chdir("/"); see(f())', 'w:*'],
  [
    'a client of a transaction',
    'prisma.$transaction(async (tx) => { see(tx.user.count()); })',
    'r:user on:transaction io',
  ],
  [
    'a client of a transaction that is handed on',
    'const count = (client: any) => client.user.count(); prisma.$transaction(async (tx) => { see(count(tx)); })',
    '?client.user.count on:transaction io?',
  ],
  ['a generator that is not walked', 'function* f() { yield 1; } see(f())', ''],
  ['a constructor', 'let made = 0; class A { constructor() { made++; } } see(new A())', 'w:made'],
  [
    'a field with a call',
    'let made = 0; const next = () => made++; class A { id = next(); } see(new A())',
    'w:made',
  ],
  ['a loaded module', 'see(import("./other"))', '?import("./other") io?'],
  ['a module of Node that is loaded', 'see(import("node:fs"))', ''],
  ['a reduction', 'see([1, 2].reduce((sum, one) => sum + one, 0))', ''],
  [
    'a shadowed name',
    'let n = 0; const f = () => { const n = [1]; n[0] = 2; return n; }; see(f()); see(n)',
    '',
  ],
];

describe('what code does', () => {
  it.each(ALONE)('%s', (_, code, does) => {
    const [fact] = factsOf({ 'main.ts': IMPORTS + code });
    expect(fact === undefined ? 'not found' : told(fact)).toBe(does);
  });

  it.each<readonly [about: string, files: Readonly<Record<string, string>>, does: string]>([
    [
      'an imported function',
      {
        'main.ts': "import { all } from './users'; see(all());",
        'users.ts': "import { prisma } from './clients'; export const all = () => prisma.user.findMany();",
      },
      'r:user io',
    ],
    [
      'a function that is exported again',
      {
        'main.ts': "import { users } from './barrel'; see(users());",
        'barrel.ts': "export { all as users } from './users'; export * from './users';",
        'users.ts': "import { prisma } from './clients'; export const all = () => prisma.user.findMany();",
      },
      'r:user io',
    ],
    [
      'a default export',
      {
        'main.ts': "import all from './users'; see(all());",
        'users.ts':
          "import { prisma } from './clients'; export default async function () { return prisma.user.findMany(); }",
      },
      'r:user io',
    ],
    [
      'all of a module',
      {
        'main.ts': "import * as users from './users'; see(users.all());",
        'users.ts': "import { prisma } from './clients'; export const all = () => prisma.user.findMany();",
      },
      'r:user io',
    ],
    [
      'a required module',
      {
        'main.js': "const users = require('./users'); see(users.all());",
        'users.js':
          "const fs = require('node:fs/promises'); module.exports = { all: () => fs.readFile('users.json') };",
      },
      'r:users.json io',
    ],
    [
      'a class of another file',
      {
        'main.ts': "import { service } from './service'; see(service.load('a'));",
        'service.ts':
          "import { Repository } from './repository'; class Service { private repository = new Repository(); load(id: string) { return this.repository.find(id); } } export const service = new Service();",
        'repository.ts':
          "import { redis } from './clients'; export class Repository { find(id: string) { return redis.get(id); } }",
      },
      'r:redis io',
    ],
    [
      'a variable of another module',
      {
        'main.ts': "import { grow } from './counter'; see(grow());",
        'counter.ts': 'export let count = 0; export const grow = () => { count += 1; };',
      },
      'w:count',
    ],
  ])('%s', (_, files, does) => {
    const [fact] = factsOf(files);
    expect(fact === undefined ? 'not found' : told(fact)).toBe(does);
  });
});

describe('what stands in the way of each other', () => {
  const OTHER = {
    'counter.ts': `
      export let count = 0;
      export const grow = () => { count += 1; };
      export const box = { size: 1, inner: { n: 1 } };
      export const fill = () => { box.size = 2; };
      export const fillInner = () => { box.inner.n = 2; };`,
  };
  it.each([
    ['two reads', 'see(prisma.user.count()); see(prisma.user.findMany())', []],
    [
      'a write and a read of one table',
      'see(prisma.user.create({ data: {} })); see(prisma.user.count())',
      ['proved'],
    ],
    [
      'a write and a read of two tables',
      'see(prisma.user.create({ data: {} })); see(prisma.post.count())',
      [],
    ],
    ['a write of one file and a read of another', 'see(writeFile("a", "")); see(readFile("b"))', []],
    [
      'a write of a file and a read of the folder it is in',
      'see(writeFile("a/b", "")); see(readFile("a"))',
      ['proved'],
    ],
    [
      'a write of a file that is not known',
      'declare const path: string; see(writeFile(path, "")); see(readFile("b"))',
      ['proved'],
    ],
    ['two lines of a log', 'see(console.log(1)); see(console.log(2))', []],
    ['an imported variable', "import { count, grow } from './counter'; see(grow()); see(count)", ['proved']],
    [
      'a variable by the name of its module',
      "import * as c from './counter'; see(c.grow()); see(c.count)",
      ['proved'],
    ],
    ['an imported object', "import { box, fill } from './counter'; see(fill()); see(box.size)", ['proved']],
    [
      'a part of an imported object',
      "import { box, fillInner } from './counter'; see(fillInner()); see(box.inner.n)",
      ['proved'],
    ],
    ['another property', "import { box, fill } from './counter'; see(fill()); see(box.inner.n)", []],
    [
      'objects that may be one',
      'declare const a: { n: number }, b: { n: number }; const f = () => { a.n = 1; }; see(f()); see(b.n)',
      ['assumed'],
    ],
  ])('%s', (_, code, certainties) => {
    const [first, second] = factsOf({ ...OTHER, 'main.ts': IMPORTS + code });
    if (first === undefined || second === undefined) throw new Error('Two pieces of code are expected.');
    const found = new Set(conflictsOf(first, second).map(({ certainty }) => certainty));
    expect([...found].toSorted().slice(-1)).toEqual(certainties);
  });
});

describe('answers', () => {
  it('are those of the text of now', () => {
    const [before] = factsOf({ 'main.ts': `${IMPORTS}const f = () => prisma.user.count(); see(f());` });
    const [after] = factsOf({ 'main.ts': `${IMPORTS}const f = () => redis.incr("k"); see(f());` });
    expect([before, after].map((fact) => fact && told(fact))).toEqual(['r:user io', 'r:redis w:redis io']);
  });

  it('name the place of what they tell', () => {
    const [fact] = factsOf({
      'main.ts': "import { all } from './users';\nsee(all());",
      'users.ts':
        "import { prisma } from './clients';\n\nexport const all = () =>\n  prisma.user.findMany();",
    });
    const effect = fact?.effects.find(({ resource }) => resource.kind === 'table');
    expect(effect).toMatchObject({
      by: 'prisma.user.findMany',
      certainty: 'proved',
      seenAt: { path: `${FOLDER}/users.ts`, line: 4 },
    });
  });

  it('are plain data', () => {
    const [fact] = factsOf({ 'main.ts': `${IMPORTS}see(prisma.user.create({ data: {} }));` });
    expect(JSON.parse(JSON.stringify(fact))).toEqual(fact);
  });
});
