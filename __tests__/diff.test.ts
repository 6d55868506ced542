import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assumed, holds } from '../src/evidence.ts';
import { diffOf } from '../src/review/diff.ts';
import { quotePath } from '../src/review/patch-text.ts';
import { patchReport } from '../src/review/reporters/patch.ts';
import { textReport } from '../src/review/reporters/text.ts';
import type { FileChange, Plan } from '../src/run/plan.ts';
import type { Proposal } from '../src/transform.ts';

let folder = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-diff-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (cwd: string, args: readonly string[], input?: string): string =>
  execFileSync('git', [...args], { cwd, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

/** Writes what stands before the changes. */
function lay(changes: readonly FileChange[]): void {
  for (const { path, before } of changes) {
    mkdirSync(dirname(path), { recursive: true });
    if (before !== null) writeFileSync(path, before);
  }
}

function expectApplied(changes: readonly FileChange[], patch: string, cwd: string): void {
  git(cwd, ['apply', '--check'], patch);
  git(cwd, ['apply'], patch);
  for (const { path, after } of changes) expect(readFileSync(path, 'utf8')).toBe(after);
}

const change = (
  name: string,
  before: string | null,
  after: string,
  proposals: Proposal[] = [],
): FileChange => ({
  path: join(folder, name),
  before,
  after,
  proposals,
});

const patchOf = (changes: readonly FileChange[], cwd = folder): string =>
  [...patchReport(changes, cwd)].join('');

/** A proposal that replaces `found` in the text of `one` by `by`. */
function proposal(path: string, text: string, found: string, by: string, title: string): Proposal {
  const start = text.indexOf(found);
  const end = start + found.length;
  return {
    id: title,
    transform: 'a-to-b',
    path,
    start,
    end,
    title,
    evidence: [holds('`a` is read only'), assumed('`b` is there', { path, line: 2 })],
    safety: 'review',
    edits: [{ file: path, span: [start, end], code: [by] }],
  };
}

const planOf = (changes: readonly FileChange[], findings: readonly Proposal[] = []): Plan => ({
  files: { scanned: 1, matched: 1, parsed: 1, failed: 0 },
  findings: [...changes.flatMap(({ proposals }) => proposals), ...findings],
  failures: [],
  skipped: [],
  unmatched: [],
  steps: [],
  baselines: new Map(),
  isFormatted: true,
  looked: { files: [], matched: [], transforms: [] },
  warnings: [],
  changes,
  passes: 1,
  types: { configs: [], gaps: [] },
});

const many = (word: string): string =>
  Array.from({ length: 3000 }, (_, index) => `${word} ${index}\n`).join('');

describe('a patch', () => {
  it('is the one that git writes', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const before = `${lines.join('\n')}\n`;
    const after = before
      .replace('line 3\n', 'line three\nand a half\n')
      .replace('line 8\n', '')
      .replace('line 25', 'LINE');
    const changes = [
      change('a file.txt', before, after),
      change('plain', 'a', 'b'),
      change('é.txt', before, after),
    ];
    lay(changes);
    git(folder, ['init', '-q']);
    git(folder, ['add', '.']);
    for (const one of changes) writeFileSync(one.path, one.after);
    const theirs = git(folder, [
      '-c',
      'core.quotePath=true',
      'diff',
      '--no-color',
      '--no-ext-diff',
      '--no-renames',
    ]);
    const bare = theirs.replaceAll(/^index .*\n/gm, '').replaceAll(/^(@@ .* @@).*$/gm, '$1');
    expect(patchOf(changes)).toBe(bare);
  });

  it.each([
    ['CRLF', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
    ['LF becomes CRLF', 'a\nb\n', 'a\r\nb\n'],
    ['a lone CR', 'a\rb\nc\n', 'a\rB\nc\n'],
    ['no last newline, before and after', 'a\nb', 'a\nB'],
    ['a last newline is added', 'a\nb', 'a\nb\n'],
    ['a last newline is removed', 'a\nb\n', 'a\nb'],
    ['the last line without newline is kept', 'a\nb\nc', 'A\nb\nc'],
    ['a byte order mark', '\uFEFFa\nb\n', '\uFEFFa\nB\n'],
    ['a line separator inside a line', 'a\u2028b\nc\n', 'a\u2028B\nc\n'],
    ['an empty file is filled', '', 'a\n'],
    ['a file is emptied', 'a\nb\n', ''],
    ['a file is created', null, 'a\nb\n'],
    ['a file is created without a last newline', null, 'a'],
    ['an empty file is created', null, ''],
    [
      'blank lines and lines like a header',
      '\n\n--- a\n+++ b\n@@ -1 +1 @@\n',
      '\n--- a\n+++ c\n@@ -1 +1 @@\n\n',
    ],
  ])('applies byte for byte: %s', (_, before, after) => {
    const changes = [change('file.ts', before, after)];
    lay(changes);
    expectApplied(changes, patchOf(changes), folder);
  });

  it('applies whatever the texts and paths', () => {
    const line = fc.stringMatching(/^[ab\t é]{0,3}$/);
    const ending = fc.constantFrom('\n', '\n', '\r\n');
    const text = fc
      .tuple(fc.array(fc.tuple(line, ending), { maxLength: 25 }), fc.constantFrom('', '', 'end', '\uFEFF'))
      .map(
        ([lines, last]) =>
          (last === '\uFEFF' ? last : '') + lines.flat().join('') + (last === 'end' ? last : ''),
      );
    const name = fc
      .array(
        fc.constantFrom(
          'a',
          'B',
          ' ',
          'é',
          '漢',
          '"',
          '\\',
          '\t',
          "'",
          '$',
          '-',
          '😀',
          '\u0001',
          '\u007f',
          '#',
        ),
        {
          minLength: 1,
          maxLength: 6,
        },
      )
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.option(text), text), { minLength: 1, maxLength: 4 }),
        (files) => {
          rmSync(folder, { recursive: true, force: true });
          const changes = files.map(([file, before, after], index) =>
            change(`src/${index}/${file}`, before, after),
          );
          mkdirSync(folder);
          lay(changes);
          const patch = patchOf(changes);
          if (patch !== '') expectApplied(changes, patch, folder);
          else for (const { before, after } of changes) expect(after).toBe(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts from the top of the work tree, where git looks for its paths', () => {
    git(folder, ['init', '-q']);
    const changes = [change('packages/api/src/a.ts', 'a\n', 'b\n')];
    lay(changes);
    const inside = join(folder, 'packages', 'api');
    const patch = patchOf(changes, inside);
    expect(patch).toContain('diff --git a/packages/api/src/a.ts b/packages/api/src/a.ts\n');
    expect(patchOf(changes, dirname(folder))).toBe(patch);
    expectApplied(changes, patch, inside);
  });

  it('is empty where nothing changes', () => {
    expect(patchOf([change('a.ts', 'a\n', 'a\n')])).toBe('');
  });

  it('gives up the smallest diff of texts that have nothing in common, and still applies', () => {
    const changes = [change('big.ts', many('old'), many('new'))];
    lay(changes);
    expect(diffOf(changes[0] ?? change('', '', '')).hunks).toHaveLength(1);
    expectApplied(changes, patchOf(changes), folder);
  });
});

describe('the paths of a patch', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['a b.ts', 'a b.ts'],
    ['é.ts', '"\\303\\251.ts"'],
    ['a\tb"c\\d', '"a\\tb\\"c\\\\d"'],
    ['\u0001\u007f', '"\\001\\177"'],
  ])('%j is written as git writes it', (path, quoted) => {
    expect(quotePath(path)).toBe(quoted);
  });
});

const path = (): string => join(folder, 'a.ts');

describe('a hunk', () => {
  const text = `${Array.from({ length: 40 }, (_, index) => `line${index};`).join('\n')}\n`;

  it('knows the proposals that are in it', () => {
    const first = proposal(path(), text, 'line2;', 'LINE2;', 'first');
    const second = proposal(path(), text, 'line30;', 'LINE30;', 'second');
    const after = text.replace('line2;', 'LINE2;').replace('line30;', 'LINE30;');
    const { hunks } = diffOf(change('a.ts', text, after, [first, second]));
    expect(hunks.map(({ proposals }) => proposals)).toEqual([[first], [second]]);
  });

  it('shows a proposal at its place, and not again at the import that it shares', () => {
    const imported = { file: path(), span: [0, 0] as const, code: ['import b;\n'], once: 'import b' };
    const [first, second] = ['line20;', 'line30;'].map((found) => {
      const one = proposal(path(), text, found, 'b;', found);
      return { ...one, edits: [...one.edits, imported] };
    });
    const after = `import b;\n${text.replace('line20;', 'b;').replace('line30;', 'b;')}`;
    const { hunks } = diffOf(
      change(
        'a.ts',
        text,
        after,
        [first, second].filter((one) => one !== undefined),
      ),
    );
    expect(hunks.map(({ home }) => home.map(({ title }) => title))).toEqual([[], ['line20;'], ['line30;']]);
    expect(hunks[0]?.proposals).toEqual([first, second]);
  });

  it('gets a proposal whose lines formatting moved away', () => {
    const one = proposal(path(), text, 'line2;', 'line2;', 'moved');
    const { hunks } = diffOf(
      change('a.ts', text, text.replace('line20;', 'x;').replace('line39;', 'y;'), [one]),
    );
    expect(hunks.map(({ home }) => home.length)).toEqual([1, 0]);
  });

  it('counts offsets without a byte order mark', () => {
    const one = proposal(path(), 'a\nb\n', 'b', 'B', 'bom');
    const lines = 'x\n'.repeat(20);
    const { hunks } = diffOf(change('a.ts', `\uFEFFa\nb\n${lines}y\n`, `\uFEFFa\nB\n${lines}z\n`, [one]));
    expect(hunks.map(({ proposals }) => proposals.length)).toEqual([1, 0]);
  });
});

describe('a dry run for a pipe', () => {
  it('is a patch that carries levels, titles, evidence and what is only reported', () => {
    const before = 'one\na();\nthree\n';
    const applied = proposal(join(folder, 'a b.ts'), before, 'a()', 'b()', 'a → b\n--- a/x');
    const reported: Proposal = {
      ...applied,
      id: 'r',
      title: 'left\u001b[31m alone',
      safety: 'report',
      edits: [],
    };
    const changes = [change('a b.ts', before, before.replace('a()', 'b()'), [applied])];
    lay(changes);
    const text = [...textReport(planOf(changes, [reported]), folder)].join('');
    expect(text.split('\n')).toEqual([
      '# a b.ts:2: review: a → b --- a/x [a-to-b]',
      '#     ✓ `a` is read only',
      '#     ? `b` is there (a b.ts:2)',
      'diff --git a/a b.ts b/a b.ts',
      '--- a/a b.ts\t',
      '+++ b/a b.ts\t',
      '@@ -1,3 +1,3 @@ review: a → b --- a/x',
      ' one',
      '-a();',
      '+b();',
      ' three',
      '# a b.ts:2:1: report: left\\u001b[31m alone [a-to-b]',
      '#     ✓ `a` is read only',
      '#     ? `b` is there (a b.ts:2)',
      '',
    ]);
    expectApplied(changes, text, folder);
  });

  it('applies with lines between the files', () => {
    const names = ['a.ts', 'b.ts', 'c.ts'];
    const changes = names.map((name, index) => {
      const before = index === 1 ? 'a();' : 'a();\n';
      return change(name, before, before.replace('a', 'b'), [
        proposal(join(folder, name), before, 'a', 'b', 'a → b'),
      ]);
    });
    lay(changes);
    expectApplied(changes, [...textReport(planOf(changes), folder)].join(''), folder);
  });
});
