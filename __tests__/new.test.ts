import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeNewTransform } from '../scripts/new.ts';

const root = join(import.meta.dirname, '..');

function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'new-'));
  for (const name of [
    'src',
    'transforms',
    'scripts',
    '__testfixtures__',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
  ]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, '__tests__'));
  for (const name of ['transforms.test.ts', 'one-more-style.ts'])
    cpSync(join(root, '__tests__', name), join(folder, '__tests__', name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

describe('a new transform', () => {
  let folder = '';
  let written: string[] = [];
  beforeAll(() => {
    folder = copyOfProject();
    written = writeNewTransform(folder, 'anti-pattern-to-pattern');
  });

  it('is written with two fixtures and a line in the catalog', () => {
    expect(written).toEqual([
      'src/run/catalog.ts',
      'transforms/anti-pattern-to-pattern.ts',
      '__testfixtures__/anti-pattern-to-pattern/example.input.ts',
      '__testfixtures__/anti-pattern-to-pattern/example.output.ts',
      '__testfixtures__/anti-pattern-to-pattern/spread-arguments-stay.input.ts',
    ]);
    const catalog = readFileSync(join(folder, 'src/run/catalog.ts'), 'utf8');
    const ids = [
      ...catalog.matchAll(/^ {2}'(.+)': \(\) => import\('\.\.\/\.\.\/transforms\/(.+)\.ts'\),$/gm),
    ];
    expect(ids.map(([, id]) => id)).toContain('anti-pattern-to-pattern');
    expect(ids.map(([, id]) => id)).toEqual(ids.map(([, id]) => id).toSorted());
    expect(ids.every(([, id, file]) => id === file)).toBe(true);
  });

  it('type-checks as it is written', () => {
    const check = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder],
      { encoding: 'utf8' },
    );
    expect(
      check.stdout.split('\n').filter((line) => /^(transforms\/anti-pattern|src\/run\/catalog)/.test(line)),
    ).toEqual([]);
  });

  it('fails its tests until it is filled in', () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--reporter=json', '-t', 'anti-pattern-to-pattern'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const { testResults } = JSON.parse(stdout) as {
      testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
    };
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const messageOf = (title: string): string =>
      results.find((one) => one.title === title)?.failureMessages.join('\n') ?? '';
    expect(status).toBe(1);
    expect(messageOf('example')).toContain('has a marker without a finding: safe: antiPattern → pattern');
    expect(messageOf('spread-arguments-stay')).toContain(
      'has a marker without a finding: report: the claim that fails here',
    );
  });

  it('is not written twice, nor under a name that is no id', () => {
    expect(() => writeNewTransform(folder, 'anti-pattern-to-pattern')).toThrow('exists already');
    expect(() => writeNewTransform(folder, 'AntiPattern')).toThrow('lower case');
    expect(() => writeNewTransform(folder, '../outside')).toThrow('lower case');
  });

  it('is what the script writes, which says what to do next', () => {
    const other = copyOfProject();
    const script = [join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/new.ts'];
    const said = execFileSync(process.execPath, [...script, 'one-to-other'], {
      cwd: other,
      encoding: 'utf8',
    });
    expect(existsSync(join(other, 'transforms/one-to-other.ts'))).toBe(true);
    expect(said).toContain('__testfixtures__/one-to-other/example.input.ts');
    expect(spawnSync(process.execPath, script, { cwd: other }).status).toBe(3);
    expect(spawnSync(process.execPath, [...script, 'one-to-other'], { cwd: other }).status).toBe(3);
  });
});
