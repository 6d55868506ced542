/** Places that are easy to get wrong, run from end to end: each was once. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE, hastenIn } from './command-line.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-hard-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The command line as a process of its own, for what may end it. */
const spawned = (...words: readonly string[]) =>
  spawnSync(process.execPath, [...COMMAND_LINE, ...words], { cwd: folder, encoding: 'utf8' });

const hasten = (...words: readonly string[]) => hastenIn(folder, words);
const manifest = (extra: object, library = 'pino'): string =>
  JSON.stringify({ name: 'app', dependencies: { [library]: '*', express: '*' }, ...extra });
const ESM = {
  'package.json': manifest({ type: 'module' }),
  'src/logger.js': "import pino from 'pino';\nexport const logger = pino();\n",
};
const CJS = {
  'package.json': manifest({}),
  'src/logger.js': "const pino = require('pino');\nmodule.exports = pino();\n",
};

describe('imports that resolve', () => {
  it('writes .js where tsconfig says nodenext', async () => {
    lay({
      'package.json': manifest({ type: 'module' }),
      'tsconfig.json': '{"compilerOptions":{"module":"nodenext"},"include":["src"]}',
      'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
      'src/a.ts': "export function a() { console.log('x'); }\n",
    });
    await hasten('run', 'src');
    expect(read('src/a.ts')).toContain("from './logger.js'");
  });
  it('takes no habit from an asset', async () => {
    lay({ ...ESM, 'src/a.js': "import './query.sql';\nexport function f() { console.log('x'); }\n" });
    await hasten('run', 'src');
    expect(read('src/a.js')).toContain("from './logger.js'");
  });
  it('does not call a module that does not exist safe', async () => {
    lay({ ...ESM, 'src/a.js': "export function f() { console.log('x'); }\n" });
    await hasten('run', '--option', 'logger=./nope.js', 'src');
    expect(read('src/a.js')).not.toContain('nope');
  });
  it('makes no module of a script whose names others use', async () => {
    lay({
      'package.json': manifest({}),
      'tsconfig.json': '{"compilerOptions":{"module":"commonjs"},"include":["src"]}',
      'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
      'src/f.ts': "function greet() { console.log('script'); }\n",
      'src/g.ts': 'greet();\n',
    });
    await hasten('run', 'src');
    expect(read('src/f.ts')).not.toContain('import');
  });
  it('sees a cycle through require(`…`)', async () => {
    lay({
      'package.json': manifest({}),
      'src/logger.js':
        "const pino = require('pino');\nconst { level } = require('./cfg');\nmodule.exports = { logger: pino({ level }) };\n",
      'src/main.js': "const { logger } = require('./logger');\nlogger.info('s');\n",
      'src/cfg.js': 'exports.level = require(`./deep`)();\n',
      'src/deep.js': "module.exports = function deep() { console.log('deep'); return 'info'; };\n",
    });
    await hasten('run', 'src');
    expect(read('src/deep.js')).toContain('console.log');
  });
});

describe('the logger that is meant, and is there', () => {
  it('refuses a namespace that a parameter shadows', async () => {
    lay({
      ...ESM,
      'src/a.js':
        "import * as log from './logger.js';\nexport function f(log) { console.log('x'); }\nlog.logger.info('z');\n",
    });
    await hasten('run', 'src');
    expect(read('src/a.js')).toContain("console.log('x')");
  });
  it.each([
    ["f();\nfunction f() { console.log('x'); }\nconst logger = require('./logger');\nlogger.info('x');\n"],
    ["class A { static { console.log('x'); } }\nconst logger = require('./logger');\nlogger.info('x');\n"],
    ["[1].forEach(() => console.log('x'));\nconst logger = require('./logger');\nlogger.info('x');\n"],
    [
      "const pino = require('pino');\nboot();\nfunction boot() { console.log('x'); }\nconst logger = pino();\nlogger.info('y');\n",
    ],
  ])('leaves what runs before the logger is declared: %j', async (text) => {
    lay({ ...CJS, 'src/a.js': text });
    await hasten('run', 'src');
    expect(read('src/a.js')).toContain("console.log('x')");
  });
  it('refuses a logger that may be undefined', async () => {
    lay({
      ...CJS,
      'src/a.js':
        "let logger;\nif (process.env.X) logger = require('./logger');\nmodule.exports.f = () => { console.log('x'); };\n",
    });
    await hasten('run', 'src');
    expect(read('src/a.js')).toContain("console.log('x')");
  });
});

describe('where it runs', () => {
  it('leaves a function whose text is sent', async () => {
    const text = "exports.page = () => `<script>${() => { console.log('there'); }}</script>`;\n";
    lay({ ...CJS, 'src/a.js': text });
    await hasten('run', '--level', 'review', 'src');
    expect(read('src/a.js')).toBe(text);
  });
  it('wants a review of what may be a command', async () => {
    lay({ ...CJS, 'src/commands/a.js': "exports.f = () => { console.log('done'); };\n" });
    const { findings } = JSON.parse((await hasten('check', '--format', 'json', 'src')).stdout) as {
      findings: { safety: string }[];
    };
    expect(findings.map(({ safety }) => safety)).toEqual(['review']);
  });
});

describe('what is logged', () => {
  it.each([
    ["(n) => { console.log('x', Number(n)); }", 'NaN is null as JSON'],
    ["(n) => { console.log('z', -0); }", '-0 is 0 as JSON'],
    ["(n) => { console.log('d', new Date(n)); }", 'an invalid date is null as JSON'],
    ["(n) => { console.log('%i items', Number(n)); }", 'pino floors for %i'],
    ["(n) => { console.log('%d', n > 1 ? 1 : undefined); }", 'pino leaves %d where the value is undefined'],
    [
      "(q) => { console.log('took ' + q.shift() + ', left ' + q.length + 'ms'); }",
      'the field is read before the call',
    ],
    ["() => { console.debug('d'); }", 'the level may be off'],
  ])('is not safe: %s (%s)', async (text) => {
    lay({ ...CJS, 'src/a.js': `const logger = require('./logger');\nexports.f = ${text};\n` });
    const { findings } = JSON.parse((await hasten('check', '--format', 'json', 'src')).stdout) as {
      findings: { safety: string }[];
    };
    expect(findings.map(({ safety }) => safety)).not.toContain('safe');
  });
  it.each([
    ["() => { let a = 1; console.log('v', a, a += 1, a); }", /\{ a, \w+: a \+= 1, \w+: a \}/],
    ['(n) => { try { n(); } catch (e) { console.log(e); } }', /logger\.error\(\{ err: e \}/],
  ])('keeps every value apart from the record: %s', async (text, kept) => {
    lay({ ...CJS, 'src/a.js': `const logger = require('./logger');\nexports.f = ${text};\n` });
    await hasten('run', '--level', 'review', 'src');
    expect(read('src/a.js')).toMatch(kept);
  });
  it('is not safe with a library that is silent at info', async () => {
    lay({
      'package.json': manifest({}, 'loglevel'),
      'src/log.js': "const log = require('loglevel');\nmodule.exports = log;\n",
      'src/u.js': "const log = require('./log');\nlog.warn('x');\n",
      'src/a.js': "exports.f = () => { console.log('shown'); };\n",
    });
    const { findings } = JSON.parse((await hasten('check', '--format', 'json', 'src')).stdout) as {
      findings: { safety: string }[];
    };
    expect(findings.map(({ safety }) => safety)).not.toContain('safe');
  });
});

describe('the command line', () => {
  it('keeps what a codemod prints out of stdout', async () => {
    lay({
      'package.json': '{}',
      'm.cjs': 'module.exports = (f) => { console.log("noise"); return f.source.replace("foo(", "bar("); };',
      'a.js': 'foo();\n',
    });
    const { stdout } = spawned(
      'run',
      '--dry-run',
      '--level',
      'review',
      '--format',
      'json',
      '-t',
      './m.cjs',
      'a.js',
    );
    expect(stdout.startsWith('{')).toBe(true);
  });
  it('does not end with 0 where a codemod ends the process', async () => {
    lay({ 'package.json': '{}', 'm.cjs': 'module.exports = () => process.exit(0);', 'a.js': 'foo();\n' });
    expect(spawned('run', '-t', './m.cjs', 'a.js').status).toBe(2);
  });
  it('says that a codemod would end the process as it is loaded', () => {
    lay({ 'package.json': '{}', 'm.cjs': 'process.exit(0);', 'a.js': 'foo();\n' });
    const { status, stderr } = spawned('run', '-t', './m.cjs', 'a.js');
    expect([status, stderr]).toEqual([3, expect.stringContaining('it called process.exit(0)')]);
  });
  it('says that a codemod threw later', async () => {
    lay({
      'package.json': '{}',
      'm.cjs': 'module.exports = () => { setTimeout(() => { throw new Error("late"); }, 0); };',
      'a.js': 'foo();\n',
    });
    expect(spawned('run', '-t', './m.cjs', 'a.js').status).toBe(2);
  });
  it('says that a configuration never loads', async () => {
    lay({ ...ESM, 'hasten.config.ts': 'await new Promise(() => {});\nexport default {};\n', 'src/a.js': '' });
    const { status, stderr } = spawned('run', 'src');
    expect([status, stderr]).toEqual([3, expect.stringContaining('hasten.config.ts')]);
  });
});
