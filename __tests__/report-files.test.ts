import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS } from '../src/review/reporters/formats.ts';
import { hastenIn } from './command-line.ts';
import { faultsOfSarif, runOf } from './reports/sarif.ts';
import { elementsOf, parseXml } from './reports/xml.ts';

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-report-files-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LOGGER = `import pino from 'pino';\nexport const logger = pino();\n`;
const CODE = `import { logger } from './logger.js';\nexport function f(n: number) {\n  console.log('count', n);\n  logger.info('x');\n}\n`;

/** A project with one place to rewrite. */
function project(): void {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","dependencies":{"pino":"9.0.0"}}');
  writeFileSync(join(folder, 'src', 'logger.ts'), LOGGER);
  writeFileSync(join(folder, 'src', 'f.ts'), CODE);
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the command line', () => {
  const words = ['run', 'src', '-t', 'console-to-logger', '--dry-run', '--no-cache', '--level', 'review'];

  it('writes several reports, and prints as before', async () => {
    project();
    const files = FORMAT_NAMES.flatMap((name) => [
      '--report',
      `${name}=out-${name}${FORMATS[name].extension}`,
    ]);
    const plainly = await hastenIn(folder, words);
    const told = await hastenIn(folder, [...words, ...files]);
    expect(told).toEqual(plainly);
    for (const name of FORMAT_NAMES) {
      const printed = await hastenIn(folder, [...words, '--format', name]);
      expect(printed.stdout, name).not.toBe('');
      const file = read(`out-${name}${FORMATS[name].extension}`);
      if (name === 'ndjson')
        expect(file.split('\n').toSorted()).toEqual(printed.stdout.split('\n').toSorted());
      else expect(file, name).toBe(printed.stdout);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    // Reports of before are written over.
    expect((await hastenIn(folder, [...words, ...files])).code).toBe(0);
  });

  it('reports what is written, and what a plan does', async () => {
    project();
    await hastenIn(folder, [...words, '--plan', 'plan.json']);
    const applied = await hastenIn(folder, [
      'apply',
      'plan.json',
      '--report',
      'sarif=a.sarif',
      '--format',
      'junit',
    ]);
    expect(applied).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('1 of 1 proposal applied') as string,
    });
    expect(elementsOf(parseXml(applied.stdout), 'testcase')).toHaveLength(1);
    expect(faultsOfSarif(read('a.sarif'))).toEqual([]);
    expect(runOf(read('a.sarif')).results).toMatchObject([{ kind: 'informational' }]);
    expect(read('src/f.ts')).toContain('logger.info({ n }');
  });

  it('tells in JSON what a run wrote, and its id', async () => {
    project();
    const dry = JSON.parse((await hastenIn(folder, [...words, '--format', 'json'])).stdout) as object;
    expect(dry).not.toHaveProperty('written');
    const wet = await hastenIn(folder, [...words.filter((one) => one !== '--dry-run'), '--format', 'json']);
    const { written, run, version } = JSON.parse(wet.stdout) as Record<string, unknown>;
    expect({ written, version }).toEqual({ written: ['src/f.ts'], version: 1 });
    const log = JSON.parse((await hastenIn(folder, ['log', '--format', 'json'])).stdout) as {
      runs: readonly { id: string }[];
    };
    expect(run).toBe(log.runs[0]?.id);
  });

  it.each([
    ['sarif', 'say the format and the file'],
    ['sarif=', 'say the format and the file'],
    ['=x.sarif', 'say the format and the file'],
    ['sarfi=x.sarif', 'there is no format `sarfi`. Did you mean `sarif`?'],
    ['json=src/f.ts', 'that is the name of source code'],
    ['json=new.mjs', 'that is the name of source code'],
    ['json=link.json', 'that is a link to source code'],
    ['json=src', 'that is a folder'],
    ['json=there/is/none.json', 'there/is does not exist'],
    ['json=package.json', 'there is a file of that name, and it is no such report'],
    ['json=nowhere.json', 'a link of that name that leads nowhere'],
    ['json=plan.json', '--plan plan.json goes to the same file'],
    ['json=here/plan.json', '--plan plan.json goes to the same file'],
  ])('refuses --report %s', async (report, reason) => {
    project();
    symlinkSync(join(folder, 'src', 'f.ts'), join(folder, 'link.json'));
    symlinkSync(join(folder, 'none'), join(folder, 'nowhere.json'));
    symlinkSync(folder, join(folder, 'here'));
    const { code, stderr, stdout } = await hastenIn(folder, [
      ...words,
      '--plan',
      'plan.json',
      '--report',
      report,
    ]);
    expect(stderr).toContain(reason);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(existsSync(join(folder, 'plan.json'))).toBe(false);
    expect(read('src/f.ts')).toBe(CODE);
  });

  it('refuses the same file twice, by whatever name', async () => {
    project();
    symlinkSync(join(folder), join(folder, 'here'));
    const { code, stderr } = await hastenIn(folder, [
      ...words,
      '--report',
      'json=a.txt',
      '--report',
      'text=here/./a.txt',
    ]);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'hasten: --report text=here/./a.txt: --report json=a.txt goes to the same file.\n',
    });
  });

  it('tells what a comment ignores as it is found, and then that it is ignored', async () => {
    project();
    const ignoring = CODE.replace(
      '  console',
      '  // hasten-ignore console-to-logger: the old format is parsed\n  console',
    );
    writeFileSync(join(folder, 'src', 'f.ts'), ignoring);
    const { stdout } = await hastenIn(folder, [...words, '--format', 'ndjson']);
    const lines = stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { readonly type: string; readonly safety?: string; readonly state?: string },
      );
    expect(lines.map(({ type, safety, state }) => [type, safety, state].filter(Boolean).join(' '))).toEqual([
      'start',
      'finding review',
      'revised report ignored',
      'end',
    ]);
  });

  it('says nothing on stdout where it was not understood', async () => {
    project();
    const { stdout, code } = await hastenIn(folder, [...words, '-t', 'no-such', '--format', 'ndjson']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
  });

  it('writes no report over a baseline, and does not explain skips in what has no room for them', async () => {
    project();
    const same = ['check', '--write-baseline', '--report', 'json=hasten.baseline.json'];
    expect((await hastenIn(folder, same)).stderr).toContain('--write-baseline goes to the same file');
    const skips = await hastenIn(folder, ['check', '--explain-skips', '--format', 'sarif']);
    expect(skips).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('--explain-skips goes with text') as string,
    });
  });

  it('tells which report cannot be written, and writes the others', async () => {
    project();
    mkdirSync(join(folder, `a.json.${process.pid}.tmp`, 'x'), { recursive: true });
    const { code, stderr } = await hastenIn(folder, [
      ...words,
      '--report',
      'json=a.json',
      '--report',
      'sarif=b.sarif',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('failed a.json: the json report cannot be written: ');
    expect(faultsOfSarif(read('b.sarif'))).toEqual([]);
  });
});
