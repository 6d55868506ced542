import { dirname, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readPrismaModels, type PrismaModels } from '../../src/facts/orm/schemas/prisma/models.ts';
import {
  findPrismaSchemas,
  type FileReads,
  type FolderEntry,
} from '../../src/facts/orm/schemas/prisma/schema-files.ts';
import type { Model, Relation } from '../../src/facts/orm/schema.ts';

const PATH = '/app/prisma/schema.prisma';

const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n';

const read = (text: string): PrismaModels => readPrismaModels([{ path: PATH, text }]);

function modelIn(text: string, name: string): Model {
  const { models, reason } = read(`${DATASOURCE}${text}`);
  expect(reason).toBeUndefined();
  const model = models.find((one) => one.name === name);
  if (model === undefined) throw new Error(`no model \`${name}\``);
  return model;
}

const relation = (model: Model, name: string): Relation | undefined =>
  model.relations.find((one) => one.name === name);

/** The keys of each relation in one line. */
const keys = (model: Model): string[] =>
  model.relations.map(
    ({ name, kind, model: other, from, to, through, inverse }) =>
      `${name}: ${kind} ${other} ${from.join('+')}->${to.join('+')}` +
      `${through === undefined ? '' : ` by ${through}`}, ${inverse}`,
  );

const columns = (model: Model): string[] =>
  model.columns.map(
    ({ name, column, type, isList, isNullable }) =>
      `${name}${name === column ? '' : `=${column}`} ${type}${isList ? '[]' : ''}${isNullable === true ? '?' : ''}`,
  );

describe('models', () => {
  it('are called as the property of the client is, and as the database calls them', () => {
    const { models } = read(
      `${DATASOURCE}model TeamUser {\n  id Int @id\n}\nmodel URLs {\n  id Int @id\n  @@map("urls")\n}`,
    );
    expect(models.map(({ name, table }) => [name, table])).toEqual([
      ['teamUser', 'TeamUser'],
      ['uRLs', 'urls'],
    ]);
  });

  it('say where they are declared, whatever comments hold', () => {
    const { models } = readPrismaModels([
      {
        path: '/app/a.prisma',
        text: '// model B {\n/*\nmodel B {\n}\n*/\nmodel A {\n  id Int @id\n  bId Int\n  b B @relation(fields: [bId], references: [id])\n}\n',
      },
      { path: '/app/b.prisma', text: `${DATASOURCE}\r\nmodel B {\r\n  id Int @id\r\n  as A[]\r\n}\r\n` },
    ]);
    expect(models.map(({ name, seenAt }) => [name, seenAt])).toEqual([
      ['a', { path: '/app/a.prisma', line: 6 }],
      ['b', { path: '/app/b.prisma', line: 5 }],
    ]);
  });

  it('have columns with the types that the client gives', () => {
    const model = modelIn(
      `enum Role {
  A
  B
}
model User {
  id     String   @id @db.Uuid
  int    Int?     @map("an_int")
  big    BigInt
  dec    Decimal  @db.Decimal(10, 2)
  float  Float
  text   String   @db.VarChar(20)
  mail   String   @db.Citext
  flag   Boolean
  at     DateTime @db.Date
  json   Json?
  bytes  Bytes
  role   Role     @default(A)
  roles  Role[]
  tags   String[]
  hidden String   @ignore
  place  Unsupported("point")?
}`,
      'user',
    );
    expect(columns(model)).toEqual([
      'id uuid',
      'int=an_int integer?',
      'big bigint',
      'dec decimal',
      'float float',
      'text string',
      'mail unknown',
      'flag boolean',
      'at date',
      'json json?',
      'bytes bytes',
      'role enum',
      'roles enum[]',
      'tags string[]',
    ]);
    expect(model.columns.map(({ written }) => written).slice(0, 6)).toEqual([
      'String @db.Uuid',
      'Int',
      'BigInt',
      'Decimal @db.Decimal(10, 2)',
      'Float',
      'String @db.VarChar(20)',
    ]);
  });

  it('have keys, uniques and indexes', () => {
    const model = modelIn(
      `model Post {
  a Int
  b Int @unique
  c Int
  d Json
  @@id([a, b])
  @@unique([b, c(sort: Desc)], name: "both")
  @@index([c(sort: Desc), a])
  @@index([c], type: Hash)
  @@index([d], type: Gin)
}`,
      'post',
    );
    expect(model.primaryKey).toEqual(['a', 'b']);
    expect(model.uniques).toEqual([['b'], ['b', 'c']]);
    expect(model.indexes).toEqual([['c', 'a'], ['c']]);
  });

  it('have no uniques and no indexes that hold a part of the rows only', () => {
    const model = modelIn(
      `generator client {
  provider = "prisma-client"
  previewFeatures = ["partialIndexes"]
}
model Post {
  id Int @id
  a Int @unique(where: raw("deleted is null"))
  b Int @unique
  @@unique([a, b], where: raw("deleted is null"))
  @@index([a], where: raw("deleted is null"))
}`,
      'post',
    );
    expect(model.uniques).toEqual([['b']]);
    expect(model.indexes).toEqual([]);
    expect(model.unread).toEqual(['its indexes, of which some hold only a part of the rows']);
  });

  it('may be views, and may have no key', () => {
    const model = modelIn(
      `generator client {
  provider = "prisma-client-js"
  previewFeatures = ["views"]
}
view Total {
  userId Int @unique
  sum Int
}`,
      'total',
    );
    expect([model.primaryKey, model.uniques, model.seenAt.line]).toEqual([[], [['userId']], 8]);
  });

  it('are none where they are ignored', () => {
    expect(read(`${DATASOURCE}model A {\n  id Int\n  @@ignore\n}`)).toMatchObject({
      models: [],
      reason: undefined,
    });
  });
});

describe('relations', () => {
  it('have the keys of the side that holds them on both sides', () => {
    const text = `model User {
  id      Int      @id
  posts   Post[]
  profile Profile?
}
model Post {
  id       Int   @id
  authorId Int?
  author   User? @relation(fields: [authorId], references: [id])
}
model Profile {
  userId Int  @id
  user   User @relation(fields: [userId], references: [id])
}`;
    expect(keys(modelIn(text, 'user'))).toEqual([
      'posts: many post id->authorId, author',
      'profile: one profile id->userId, user',
    ]);
    expect(keys(modelIn(text, 'post'))).toEqual(['author: one user authorId->id, posts']);
    expect(keys(modelIn(text, 'profile'))).toEqual(['user: one user userId->id, profile']);
    expect(relation(modelIn(text, 'post'), 'author')).toMatchObject({
      isEager: false,
      isLazy: false,
      isFiltered: false,
    });
  });

  it('are told apart by their names where two models have several', () => {
    const text = `model User {
  id      Int    @id
  email   String @unique
  written Post[] @relation("writer")
  checked Post[] @relation("checker")
}
model Post {
  id      Int    @id
  writer  String
  checker Int
  by      User   @relation("writer", fields: [writer], references: [email])
  ok      User   @relation("checker", fields: [checker], references: [id])
}`;
    expect(keys(modelIn(text, 'user'))).toEqual([
      'written: many post email->writer, by',
      'checked: many post id->checker, ok',
    ]);
    expect(keys(modelIn(text, 'post'))).toEqual([
      'by: one user writer->email, written',
      'ok: one user checker->id, checked',
    ]);
  });

  it('may lead back to the same model, by several columns', () => {
    const text = `model Node {
  tenant   Int
  id       Int
  parentId Int?
  parent   Node?  @relation("tree", fields: [tenant, parentId], references: [tenant, id])
  children Node[] @relation("tree")
  @@id([tenant, id])
}`;
    expect(keys(modelIn(text, 'node'))).toEqual([
      'parent: one node tenant+parentId->tenant+id, children',
      'children: many node tenant+id->tenant+parentId, parent',
    ]);
  });

  it('go through a join table where both sides are many', () => {
    const text = `model Post {
  id    Int   @id
  tags  Tag[]
  likes User[] @relation("likes")
}
model Tag {
  name  String @id
  posts Post[]
}
model User {
  id        Int    @id
  likes     Post[] @relation("likes")
  follows   User[] @relation("follow")
  followers User[] @relation("follow")
}`;
    expect(keys(modelIn(text, 'post'))).toEqual([
      'tags: many tag id->name by _PostToTag, posts',
      'likes: many user id->id by _likes, likes',
    ]);
    expect(keys(modelIn(text, 'tag'))).toEqual(['posts: many post name->id by _PostToTag, tags']);
    expect(keys(modelIn(text, 'user'))).toEqual([
      'likes: many post id->id by _likes, likes',
      'follows: many user id->id by _follow, followers',
      'followers: many user id->id by _follow, follows',
    ]);
  });

  it('are left out where the keys are a list', () => {
    const { models } = read(`datasource db {
  provider = "mongodb"
  url      = env("DATABASE_URL")
}
type Address {
  street String
}
model A {
  id   String   @id @default(auto()) @map("_id") @db.ObjectId
  home Address?
  bIds String[] @db.ObjectId
  bs   B[]      @relation(fields: [bIds], references: [id])
}
model B {
  id   String   @id @default(auto()) @map("_id") @db.ObjectId
  aIds String[] @db.ObjectId
  as   A[]      @relation(fields: [aIds], references: [id])
}`);
    expect(models.map(({ relations, unread }) => [relations, unread])).toEqual([
      [[], ['`bs`: its keys are a list']],
      [[], ['`as`: its keys are a list']],
    ]);
    expect(models.map(columns)).toEqual([
      ['id=_id object-id', 'home json?', 'bIds object-id[]'],
      ['id=_id object-id', 'aIds object-id[]'],
    ]);
  });
});

describe('settings', () => {
  it('are the provider and the features of the client', () => {
    const { provider, previewFeatures, emulatesRelations, models } = read(`generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["relationJoins", "views"] // joins
}
generator other {
  provider        = "some-generator"
  previewFeatures = ["typedSql"]
}
datasource db {
  // provider = "sqlite"
  provider          = "mysql"
  url               = env("DATABASE_URL")
  directUrl         = "mysql://x" // straight
  shadowDatabaseUrl = env("SHADOW")
  relationMode      = "prisma"
}
model Link {
  id  Int    @id
  url String
}`);
    expect(provider).toBe('mysql');
    expect(previewFeatures).toEqual(['relationJoins', 'views']);
    expect(emulatesRelations).toBe(true);
    expect(models.map(columns)).toEqual([['id integer', 'url string']]);
  });

  it('may name features of earlier versions', () => {
    const { models, previewFeatures, reason } = read(`generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics", "views", "tracing", "orderByNulls"]
}
${DATASOURCE}
view V {
  id Int @unique
}`);
    expect(reason).toBeUndefined();
    expect(models.map(({ name }) => name)).toEqual(['v']);
    expect(previewFeatures).toEqual(['metrics', 'views', 'tracing', 'orderByNulls']);
  });

  it('are read of a schema that is refused, too', () => {
    const refused = read(
      `${DATASOURCE}\nmodel A {\n  id Int @id\n  b  B   @relation(fields: [id], references: [id])\n}`,
    );
    expect(refused).toMatchObject({ models: [], provider: 'postgresql' });
    expect(refused.reason).toBe(
      `Prisma refuses the schema: Type "B" is neither a built-in type, nor refers to another model, composite type, or enum (${PATH}:7)`,
    );
  });

  it('are nothing where there is no schema', () => {
    expect(readPrismaModels([])).toEqual({
      models: [],
      provider: undefined,
      previewFeatures: [],
      emulatesRelations: false,
      reason: undefined,
    });
  });
});

/** The reads of a tree of files in memory, with paths below `/app`. */
function filesIn(files: Readonly<Record<string, string>>): FileReads {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]));
  return {
    readText: (path) => texts.get(path),
    listFolder: (folder) => {
      const entries = new Map<string, FolderEntry>();
      for (const path of texts.keys()) {
        const way = relative(folder, path);
        if (way.startsWith('..') || way === '') continue;
        const [name = ''] = way.split('/');
        entries.set(name, { name, isFolder: dirname(way) !== '.' });
      }
      return [...entries.values()];
    },
  };
}

/** The paths of the schema of a source, or the reason why there is none. */
function found(
  source: string,
  files: Readonly<Record<string, string>>,
): readonly string[] | string | undefined {
  const { schemas, reason } = findPrismaSchemas(`/app/${source}`, '/app', filesIn(files));
  return reason ?? schemas.map(({ path }) => relative('/app', path));
}

describe('the schema of a source', () => {
  it('lies where it does by default, in the folders above', () => {
    expect(found('src/a.ts', { 'prisma/schema.prisma': '1' })).toEqual(['prisma/schema.prisma']);
    expect(found('src/a.ts', { 'schema.prisma': '1' })).toEqual(['schema.prisma']);
    expect(found('src/b/a.ts', { 'src/prisma/schema.prisma': '1', 'schema.prisma': '2' })).toEqual([
      'src/prisma/schema.prisma',
    ]);
    expect(
      found('a.ts', {
        'prisma/schema/b.prisma': '1',
        'prisma/schema/a/c.prisma': '2',
        'prisma/schema/README.md': '',
      }),
    ).toEqual(['prisma/schema/a/c.prisma', 'prisma/schema/b.prisma']);
  });

  it('is not certain where two lie there', () => {
    expect(found('a.ts', { 'prisma/schema.prisma': '1', 'schema.prisma': '2' })).toBe(
      'there are several Prisma schemas: /app/prisma/schema.prisma, /app/schema.prisma',
    );
    expect(found('a.ts', { 'prisma/schema.prisma': '1', 'schema.prisma': '1' })).toEqual(['schema.prisma']);
  });

  it.each([
    ['a text', "export default defineConfig({ migrations: { schema: 'x' }, schema: './db' })"],
    ['a joined path', "export default { schema: path.join('db') } satisfies PrismaConfig"],
    [
      'a path from its folder',
      "const config = { schema: join(import.meta.dirname, 'db') }; export default config",
    ],
    ['a resolved path', "module.exports = { schema: path.resolve(__dirname, './db') }"],
  ])('is what prisma.config.ts names by %s', (_, config) => {
    const files = {
      'package.json': '{ "prisma": { "schema": "other.prisma" } }',
      'prisma.config.ts': config,
      'other.prisma': '1',
      'prisma/schema.prisma': '2',
      'db/a.prisma': '3',
      'db/models/b.prisma': '4',
    };
    expect(found('prisma/seed.ts', files)).toEqual(['db/a.prisma', 'db/models/b.prisma']);
  });

  it('lies elsewhere where prisma.config.ts does not name it', () => {
    const files = {
      'prisma.config.ts': 'export default defineConfig({ datasource: {} })',
      'package.json': '{}',
    };
    expect(found('a.ts', { ...files, 'prisma/schema.prisma': '1' })).toEqual(['prisma/schema.prisma']);
  });

  it('is not known where prisma.config.ts computes it, or names nothing', () => {
    const files = { 'package.json': '{}', 'prisma/schema.prisma': '1' };
    expect(found('a.ts', { ...files, 'prisma.config.ts': 'export default { schema: choose() }' })).toBe(
      '`prisma.config.ts` computes the schema',
    );
    expect(found('a.ts', { ...files, 'prisma.config.mjs': 'export default { schema: "gone" }' })).toBe(
      '`prisma.config.mjs` names the schema `gone`, which is not there',
    );
  });

  it('is what package.json names', () => {
    expect(
      found('src/a.ts', {
        'package.json': '{ "prisma": { "schema": "db/main.prisma" } }',
        'db/main.prisma': '1',
        'src/prisma/schema.prisma': '2',
      }),
    ).toEqual(['db/main.prisma']);
    const scripts =
      '{ "scripts": { "a": "prisma generate --schema=./db/main.prisma && x", "b": "prisma db push --schema ./db/main.prisma" } }';
    expect(found('src/a.ts', { 'package.json': scripts, 'db/main.prisma': '1' })).toEqual(['db/main.prisma']);
    expect(
      found('src/a.ts', {
        'package.json':
          '{ "scripts": { "a": "prisma generate --schema=a.prisma; prisma generate --schema=b.prisma" } }',
        'a.prisma': '1',
        'b.prisma': '2',
      }),
    ).toBe('there are several Prisma schemas: /app/a.prisma, /app/b.prisma');
  });

  const workspace = {
    'package.json': '{ "name": "root", "workspaces": ["apps/*", "packages/*"] }',
    'apps/web/package.json': '{ "name": "web", "dependencies": { "@app/core": "*" } }',
    'packages/core/package.json': '{ "name": "@app/core", "dependencies": { "@app/database": "*" } }',
    'packages/database/package.json': '{ "name": "@app/database" }',
    'packages/database/schema.prisma': '1',
    'packages/other/package.json': '{ "name": "@app/other" }',
    'packages/other/prisma/schema.prisma': '2',
  };

  it('is that of the package of the workspace that its package depends on', () => {
    expect(found('apps/web/src/a.ts', workspace)).toEqual(['packages/database/schema.prisma']);
    expect(found('packages/other/src/a.ts', workspace)).toEqual(['packages/other/prisma/schema.prisma']);
  });

  it('is that which such a package names', () => {
    expect(
      found('apps/web/src/a.ts', {
        ...workspace,
        'packages/database/prisma.config.ts': 'export default { schema: "./parts" }',
        'packages/database/parts/a.prisma': '3',
      }),
    ).toEqual(['packages/database/parts/a.prisma']);
  });

  it('is none where no dependency has one, or several have', () => {
    expect(found('a/b.ts', { ...workspace, 'a/package.json': '{}' })).toBe('no Prisma schema was found');
    expect(
      found('apps/web/src/a.ts', {
        ...workspace,
        'packages/core/package.json':
          '{ "name": "@app/core", "dependencies": { "@app/database": "*", "@app/other": "*" } }',
      }),
    ).toBe(
      'there are several Prisma schemas: /app/packages/database/schema.prisma, /app/packages/other/prisma/schema.prisma',
    );
  });

  it('may be named at the root, which has to agree with the dependencies', () => {
    const root = { 'prisma.config.mjs': 'export default { schema: "packages/database/schema.prisma" }' };
    expect(found('apps/web/src/a.ts', { ...workspace, ...root })).toEqual([
      'packages/database/schema.prisma',
    ]);
    expect(found('apps/web/src/a.ts', { ...workspace, 'schema.prisma': '3' })).toBe(
      'there are several Prisma schemas: /app/packages/database/schema.prisma, /app/schema.prisma',
    );
  });

  it('may lie beside its own folder in the same package', () => {
    expect(found('libs/users/a.ts', { 'package.json': '{}', 'libs/data/prisma/schema.prisma': '1' })).toEqual(
      ['libs/data/prisma/schema.prisma'],
    );
  });

  it('does not lie outside of the bound', () => {
    const files = filesIn({ 'prisma/schema.prisma': '1', 'apps/web/package.json': '{}' });
    expect(findPrismaSchemas('/app/apps/web/a.ts', '/app/apps/web', files).schemas).toEqual([]);
  });
});
