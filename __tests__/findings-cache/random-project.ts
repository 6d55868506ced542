/** Projects that change at random in whatever a finding may depend on: the texts of files, what they import, what is there, how packages are set up. */
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Numbers below `limit` that look random and are the same for the same seed. */
export type Draw = (limit: number) => number;

export function drawBy(seed: number): Draw {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const oneOf = <T>(draw: Draw, all: readonly T[]): T => {
  const found = all[draw(all.length)];
  if (found === undefined) throw new Error('There is none to choose from.');
  return found;
};

const SPECIFIERS = [
  './log',
  './log.js',
  '../log',
  './passes',
  '../shared/passes',
  './made',
  '@acme/b',
  '@/log',
  'pino',
  'winston',
  './missing',
];
const IMPORTED = ['logger', 'log', '* as logger', 'monitor', 'audit as quiet'];

const importIn = (draw: Draw): string => {
  // Only so do modules come to run in nothing but a worker.
  if (draw(3) === 0) return `import './${draw(2)}';\n`;
  const name = oneOf(draw, IMPORTED);
  const clause = name.startsWith('*') ? name : draw(4) === 0 ? name.split(' ').at(-1) : `{ ${name} }`;
  return `import ${clause} from '${oneOf(draw, SPECIFIERS)}';\n`;
};

const BODIES = [
  (n: number) =>
    `export async function f${n}(req, id) {\n  console.log('user', id);\n  await one(id);\n  await two(id);\n}\n`,
  (n: number) => `export function g${n}(error) {\n  console.error('failed', error);\n}\n`,
  (n: number) => `export async function h${n}(list) {\n  for (const each of list) await save(each);\n}\n`,
  (n: number) =>
    `import { readFileSync } from 'node:fs';\nexport const r${n} = () => readFileSync('${n}');\n`,
  (n: number) => `export const quiet${n} = ${n};\n`,
  () =>
    `import { parentPort } from 'node:worker_threads';\nparentPort.postMessage(1);\nconsole.info('worker');\n`,
  (n: number) => `logger.info('used', ${n});\nconsole.warn('and this', ${n});\n`,
  () => `console.log( broken broken\n`,
  (n: number) => `// hasten-ignore console-to-logger: kept\nconsole.log('ignored', ${n});\n`,
  (n: number) => `process.send(${n});\n`,
  () => `'use client';\nconsole.log('in a browser');\n`,
];

const LOGGERS = [
  "import pino from 'pino';\nexport const logger = pino();\nexport const monitor = logger.child({});\n",
  "import winston from 'winston';\nexport default winston.createLogger();\nexport const audit = winston.createLogger();\n",
  "export * from './made';\nexport { logger as log } from './made';\n",
  'export class Logger {\n  info(message: string) { console.log(message); }\n  warn(message: string) {}\n  error(message: string) {}\n}\nexport const logger = new Logger();\n',
  "import './parts';\nexport const nothing = 1;\n",
];

const DEPENDENCIES = [
  'pino',
  'winston',
  'express',
  'react',
  'next',
  '@nestjs/common',
  'fastify',
  'commander',
];

function manifestIn(draw: Draw, name: string): string {
  const dependencies = Object.fromEntries(
    DEPENDENCIES.filter(() => draw(3) === 0).map((one) => [one, `^${draw(9)}.0.0`]),
  );
  return JSON.stringify({
    name,
    ...(draw(2) === 0 ? { type: 'module' } : {}),
    ...(draw(4) === 0 ? { bin: './src/1.ts' } : {}),
    ...(draw(4) === 0 ? { main: './src/0.ts' } : {}),
    dependencies,
  });
}

const CONFIGS = [
  '{}',
  '{ "compilerOptions": { "module": "nodenext" } }',
  '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  '{ "extends": "../tsconfig.base.json" }',
];

const PACKAGES = ['a', 'b'];
const SOURCES = ['src/0.ts', 'src/1.ts', 'src/2.js', 'src/deep/3.ts', 'src/deep/4.mts', 'src/api/5.ts'];
const MODULES = [
  'src/log.ts',
  'src/made.ts',
  'src/passes.ts',
  'src/shared/passes.ts',
  'src/log/index.ts',
  'src/parts.ts',
];

/** A file that a project may have, and what may stand in it. */
interface Place {
  readonly path: string;
  readonly text: (draw: Draw) => string;
  /** Whether it may be away. */
  readonly isOptional: boolean;
}

const sourceIn = (draw: Draw): string =>
  Array.from({ length: draw(3) }, () => importIn(draw)).join('') +
  Array.from({ length: 1 + draw(3) }, (_, n) => oneOf(draw, BODIES)(n)).join('');

const PLACES: readonly Place[] = [
  ...PACKAGES.flatMap((name): Place[] => [
    { path: `${name}/package.json`, text: (draw) => manifestIn(draw, `@acme/${name}`), isOptional: true },
    { path: `${name}/tsconfig.json`, text: (draw) => oneOf(draw, CONFIGS), isOptional: true },
    {
      path: `${name}/src/deep/package.json`,
      text: (draw) => oneOf(draw, ['{"type":"module"}', '{}']),
      isOptional: true,
    },
    ...SOURCES.map((one) => ({ path: `${name}/${one}`, text: sourceIn, isOptional: true })),
    ...MODULES.map((one) => ({
      path: `${name}/${one}`,
      text: (draw: Draw) => oneOf(draw, LOGGERS),
      isOptional: true,
    })),
  ]),
  {
    path: 'package.json',
    text: (draw) => JSON.stringify({ name: 'root', ...(draw(2) === 0 ? { workspaces: ['*'] } : {}) }),
    isOptional: true,
  },
  { path: 'tsconfig.base.json', text: (draw) => oneOf(draw, CONFIGS.slice(0, 3)), isOptional: true },
];

function put(folder: string, { path, text }: Place, draw: Draw): void {
  const at = join(folder, path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, text(draw));
  // As if it had been there for a while.
  const before = new Date(Date.now() - 60_000);
  utimesSync(at, before, before);
}

/** Makes a project in `folder`. */
export function make(folder: string, draw: Draw): void {
  for (const place of PLACES) if (!place.isOptional || draw(3) > 0) put(folder, place, draw);
}

/** Changes, adds or removes from one to three files of it; what was done, to be told. */
export function change(folder: string, draw: Draw): string {
  return Array.from({ length: 1 + draw(3) }, () => {
    const place = oneOf(draw, PLACES);
    if (draw(4) === 0) {
      rmSync(join(folder, place.path), { force: true });
      return `without ${place.path}`;
    }
    put(folder, place, draw);
    return `another ${place.path}`;
  }).join(', ');
}
