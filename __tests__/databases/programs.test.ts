import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Texts } from '../../src/testing/cases.ts';
import { writeProgram } from './programs.ts';

describe('a program', () => {
  it('of TypeScript is made of ES modules, however they are named', async () => {
    const texts = new Map([
      [
        'src/main.ts',
        `import { one } from './lib';
import { two } from './lib/two.js';
import three from '../three';
export async function run(): Promise<unknown> {
  const { four } = await import('../four.ts');
  return [one, two, three.three, four, typeof require];
}`,
      ],
      ['src/lib/index.ts', `export const one: number = 1;\nexport * from './two.ts';`],
      ['src/lib/two.ts', 'export const two = 2;'],
      ['three.js', `module.exports = { three: require('./three.json').three };`],
      ['three.json', '{ "three": 3 }'],
      ['four.ts', 'export const four = 4;'],
      ['package.json', '{ "type": "module" }'],
    ]);
    expect(await load(texts, 'src/main.ts')).toEqual([1, 2, 3, 4, 'undefined']);
  });

  it('of JavaScript stays what it is', async () => {
    const texts = new Map([
      [
        'main.js',
        `const { one } = require('./one');\nmodule.exports = { run: () => [one, typeof require] };`,
      ],
      ['one.js', 'exports.one = 1;'],
      [
        'module.js',
        `import { one } from './one.js';\nexport async function run() {\n  return [one, typeof require];\n}`,
      ],
    ]);
    expect(await load(texts, 'main.js')).toEqual([1, 'function']);
    expect(await load(texts, 'module.js')).toEqual([1, 'undefined']);
  });

  it('has the metadata of its decorators', async () => {
    const text = `import 'reflect-metadata';
const noted = (target: object, key: string): void => {
  Reflect.defineMetadata('noted', Reflect.getMetadata('design:type', target, key).name, target);
};
class User {
  @noted name?: string;
}
export const run = (): unknown => Reflect.getMetadata('noted', User.prototype);`;
    expect(await load(new Map([['main.ts', text]]), 'main.ts')).toBe('String');
  });

  it('finds the client of its schema as a package and where the schema says', async () => {
    const packaged = new Map([
      ['prisma/schema.prisma', schema('  provider = "prisma-client-js"')],
      [
        'main.js',
        `const { Prisma, Role } = require('@prisma/client');\nexports.run = () => [Role.ADMIN, Prisma.ModelName.User];`,
      ],
    ]);
    expect(await load(packaged, 'main.js')).toEqual(['ADMIN', 'User']);
    const generated = new Map([
      ['prisma/schema.prisma', schema('  provider = "prisma-client"\n  output = "../src/generated"')],
      [
        'src/main.ts',
        `import { $Enums, PrismaClient } from './generated/client.ts';
export const run = (): unknown => [$Enums.Role.USER, typeof PrismaClient];`,
      ],
    ]);
    expect(await load(generated, 'src/main.ts')).toEqual(['USER', 'function']);
  });

  it('must be written without mistakes', () => {
    expect(() => writeProgram(new Map([['main.ts', 'const = 1;']]))).toThrow(/^main\.ts is wrong: /);
    expect(() => writeProgram(new Map([['schema.prisma', 'model User {}']]))).toThrow(
      /schema of Prisma is wrong/,
    );
  });

  it('leaves nothing behind', () => {
    const program = writeProgram(new Map([['main.ts', '']]));
    expect(existsSync(program.folder)).toBe(true);
    program.remove();
    expect(existsSync(program.folder)).toBe(false);
  });
});

/** What `run` of a file gives. */
const load = async (texts: Texts, path: string): Promise<unknown> => {
  const program = writeProgram(texts);
  try {
    const run = (await program.load(path)).get('run');
    return typeof run === 'function' ? await run() : undefined;
  } finally {
    program.remove();
  }
};

const schema = (generator: string): string => `generator client {
${generator}
}
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
enum Role {
  ADMIN
  USER
}
model User {
  id   Int  @id
  role Role
}`;
