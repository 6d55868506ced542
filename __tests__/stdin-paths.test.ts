import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { readPathList } from '../src/cli/stdin-paths.ts';
import { COMMAND_LINE, hastenIn, packageRoot } from './command-line.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-list-')));
  return () => rmSync(folder, { recursive: true, force: true });
});

const LOG = "console.log('told');\n";

function write(name: string, text: string = LOG): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** Runs the command line with `input` on standard input. */
const hasten = (words: readonly string[], input: string | Buffer) =>
  hastenIn(folder, words, undefined, Readable.from([Buffer.from(input)]));

const check = (input: string | Buffer, ...words: readonly string[]) =>
  hasten(['check', '-t', 'console-to-logger', '--fail-on', 'report', '--stdin-paths', ...words], input);

/** The paths of all findings in what `--format ndjson` printed. */
const pathsIn = (stdout: string): unknown[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly path?: string })
    .filter(({ type }) => type === 'finding')
    .map(({ path }) => path);

const reads = (input: string | Buffer, isNull = false) =>
  readPathList(Readable.from([Buffer.from(input)]), isNull, '/r');

const schema = (name: string): object =>
  JSON.parse(readFileSync(join(packageRoot, 'docs', 'schemas', name), 'utf8')) as object;

describe('a list of paths', () => {
  it.each([
    ['a.ts\nb c.ts\n', false, ['a.ts', 'b c.ts']],
    ['a.ts\r\nb.ts', false, ['a.ts', 'b.ts']],
    ['a.ts\n\n\nb.ts\n', false, ['a.ts', 'b.ts']],
    ['a.ts\na.ts\n', false, ['a.ts']],
    ['a\nb.ts\0c.ts\0', true, ['a\nb.ts', 'c.ts']],
    ['c.ts\r\0', true, ['c.ts\r']],
    ['\uFEFFa.ts\n', false, ['\uFEFFa.ts']],
    ['"quoted".ts\n', false, ['"quoted".ts']],
    ['"quoted"\n', false, ['"quoted"']],
    ['', false, []],
  ])('%j, NUL %s', async (input, isNull, paths) => {
    expect(await reads(input, isNull)).toEqual({ paths, failures: [] });
  });

  it('is put together from pieces that end anywhere', async () => {
    const bytes = Buffer.from('é.ts\nü.ts\n');
    const pieces = Readable.from(Array.from(bytes, (byte) => Buffer.from([byte])));
    expect((await readPathList(pieces, false, '/r')).paths).toEqual(['é.ts', 'ü.ts']);
  });

  it('tells what is no name, and goes on with the rest', async () => {
    const latin = Buffer.concat([Buffer.from('a.ts\ncaf'), Buffer.from([0xe9]), Buffer.from('.ts\nb.ts\n')]);
    expect(await reads(latin)).toEqual({
      paths: ['a.ts', 'b.ts'],
      failures: [{ path: '/r/caf\\xe9.ts', reason: 'is a name that is not UTF-8; rename it' }],
    });
    const { paths, failures } = await reads('a.ts\0b.ts\0');
    expect(paths).toEqual([]);
    expect(failures[0]?.reason).toContain('say --null');
    expect((await reads('"caf\\303\\251.ts"\n')).failures[0]?.reason).toContain('ask git for -z');
  });
});

describe('a command with --stdin-paths', () => {
  it('looks at these files and no others', async () => {
    for (const name of ['a.ts', 'b.ts', 'sub/c.ts']) write(name);
    const { code, stdout } = await check('a.ts\nsub\n', '--format', 'ndjson');
    expect(pathsIn(stdout)).toEqual(['a.ts', 'sub/c.ts']);
    expect(code).toBe(1);
  });

  it.each(['--null', '-0', '-z'])('takes odd names with %s', async (option) => {
    const names = ['a b.ts', 'line\nbreak.ts', '[id].ts', '*.ts', '-t.ts', "it's.ts", 'é.ts'];
    for (const name of [...names, 'x.ts']) write(name);
    const { code, stdout, stderr } = await check(`${names.join('\0')}\0`, option, '--format', 'ndjson');
    expect(new Set(pathsIn(stdout))).toEqual(new Set(names));
    expect([code, stderr]).toEqual([1, '']);
  });

  it('takes no name for a glob', async () => {
    write('a.ts');
    const { code, stdout, stderr } = await check('*.ts\n');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('*.ts does not exist. Paths are relative to');
  });

  it('tells a path that does not exist, and looks at the others', async () => {
    write('a.ts');
    const { code, stdout, stderr } = await check('gone.ts\na.ts\n');
    expect(code).toBe(3);
    expect(stderr).toContain('gone.ts does not exist');
    expect(stdout).toContain('a.ts:1:1');
  });

  it('tells a name that is none, and looks at the others', async () => {
    write('a.ts');
    const { code, stdout, stderr } = await check(
      Buffer.concat([Buffer.from([0xff]), Buffer.from('.ts\na.ts\n')]),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('failed \\xff.ts: is a name that is not UTF-8');
    expect(stdout).toContain('a.ts:1:1');
  });

  it('passes over what is no source code', async () => {
    write('a.ts');
    write('README.md');
    const { code, stderr } = await check('README.md\na.ts\n');
    expect(code).toBe(1);
    expect(stderr).not.toContain('README');
  });

  it.each(['', 'README.md\n'])(
    'has nothing to do with %j, and does not look at everything',
    async (input) => {
      write('a.ts');
      write('README.md');
      const { code, stdout, stderr } = await check(input);
      expect([code, stdout]).toEqual([0, '']);
      expect(stderr).toContain('nothing on standard input names JavaScript or TypeScript');
    },
  );

  it('looks at ten thousand', async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `many/${at}.ts`);
    mkdirSync(join(folder, 'many'));
    for (const [at, name] of names.entries())
      writeFileSync(join(folder, name), at === 5000 ? LOG : 'export {};\n');
    const { code, stdout } = await check(`${names.join('\n')}\n`, '--format', 'ndjson');
    expect([code, pathsIn(stdout)]).toEqual([1, ['many/5000.ts']]);
  });

  it('writes as run does', async () => {
    write('package.json', '{ "dependencies": { "pino": "9" }, "type": "module" }\n');
    write('logger.ts', "import pino from 'pino';\nexport const logger = pino();\n");
    write('a.ts', 'export const a = () => console.log("a");\n');
    write('b.ts', 'export const b = () => console.log("b");\n');
    const { code } = await hasten(['run', '-t', 'console-to-logger', '--stdin-paths'], 'a.ts\n');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toContain('logger.info');
    expect(readFileSync(join(folder, 'b.ts'), 'utf8')).toContain('console.log');
  });

  it('tells events as the schema says, one a line, the summary last', async () => {
    write('a.ts');
    write('broken.ts', 'console.log(');
    const { code, stdout } = await check('a.ts\nbroken.ts\n', '--format', 'ndjson');
    expect(code).toBe(2);
    const ajv = new Ajv2020({ allowUnionTypes: true });
    ajv.addSchema(schema('report.json'), 'report.json');
    const validate = ajv.compile(schema('ndjson-line.json'));
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string });
    for (const line of lines) expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
    expect(lines.map(({ type }) => type)).toEqual(['start', 'finding', 'failure', 'end']);
  });

  it.each([
    [['check', 'a.ts', '--stdin-paths'], 'leave a.ts out'],
    [['check', '--stdin-paths', '--', 'a.ts'], 'leave a.ts out'],
    [['check', '--null'], '--null goes with --stdin-paths'],
    [['check', '-0'], '--null goes with --stdin-paths'],
    [['list', '--stdin-paths'], 'not an option here'],
    [['review', '--stdin-paths'], 'terminal'],
  ])('%j is bad usage', async (words, message) => {
    write('a.ts');
    const { code, stdout, stderr } = await hasten(words, 'a.ts\n');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(message);
  });

  it('reads what another process writes, and prompts nobody', () => {
    write('a b.ts');
    const words = [...COMMAND_LINE, 'check', '-t', 'console-to-logger', '--stdin-paths', '-0'];
    const { status, stdout } = spawnSync(process.execPath, words, {
      cwd: folder,
      input: 'a b.ts\0',
      encoding: 'utf8',
    });
    expect(stdout).toContain('a b.ts:1:1');
    expect(status).toBe(0);
  });

  it('takes the files of shards', async () => {
    write('a.ts');
    const shard = await hasten(
      ['check', '--shard', '1/1', '--format', 'json', '-t', 'console-to-logger'],
      '',
    );
    write('one.json', shard.stdout);
    const { code, stdout } = await hasten(['merge', '--stdin-paths', '--fail-on', 'report'], 'one.json\n');
    expect(stdout).toContain('a.ts:1:1');
    expect(code).toBe(1);
  });
});
