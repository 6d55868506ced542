import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assumed, code, fails, holds, type Finding, type Transform } from '../src/index.ts';
import { plan, type Plan, type RunRequest } from '../src/run/plan.ts';
import { write as writeRecorded } from '../src/run/write.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hasten-engine-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (files: Readonly<Record<string, string | Buffer>>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
};
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const planOf = (transforms: readonly Transform[], more: Partial<RunRequest> = {}) =>
  plan({
    cwd: folder,
    paths: ['.'],
    level: 'safe',
    transforms: transforms.map((transform) => ({ transform, options: {} })),
    ...more,
  });

const write = (made: Pick<Plan, 'changes'>) =>
  writeRecorded(made, { root: folder, asked: { paths: ['.'], level: 'safe' } });

/** A transform that renames calls of one function, with the evidence that it is given. */
const rename = (
  from: string,
  to: string,
  evidence: Finding['evidence'] = [holds(`\`${to}\` does what \`${from}\` does`)],
): Transform => ({
  id: `${from}-to-${to}`,
  summary: `Call \`${to}\` instead of \`${from}\`.`,
  prefilter: new RegExp(`\\b${from}\\b`),
  *inspect({ find, replace }) {
    for (const { node } of find('CallExpression', { callee: { name: from } })) {
      yield { at: node, title: `${from} → ${to}`, evidence, edits: [replace(node.callee, to)] };
    }
  },
});

/** What `transform` does, which takes a minute for the file `late`. */
const slowed = (transform: Transform, late: string): Transform => ({
  ...transform,
  *inspect(file) {
    const now = performance.now();
    if (file.path.endsWith(late)) vi.spyOn(performance, 'now').mockReturnValue(now + 60_000);
    yield* transform.inspect?.(file) ?? [];
  },
});

const byText = (id: string, find: RegExp, by: string): Transform => ({
  id,
  summary: 'Replace a text.',
  prefilter: /./,
  *inspect({ path, text }) {
    const match = find.exec(text);
    if (match === null) return;
    const span = [match.index, match.index + match[0].length] as const;
    yield {
      at: { start: span[0], end: span[1] },
      title: id,
      evidence: [holds('it is right')],
      edits: [{ file: path, span, code: [by] }],
    };
  },
});
const demoted = async (transform: Transform, text: string): Promise<string | undefined> => {
  await put({ 'a.ts': text });
  const made = await planOf([transform, rename('foo', 'bar')]);
  expect(made.changes.map(({ after }) => after)).toEqual([text.replace('foo(', 'bar(')]);
  const finding = made.findings.find((one) => one.transform === transform.id);
  expect(finding?.safety).toBe('report');
  return finding?.evidence.at(-1)?.claim;
};

const reasons = (made: { failures: readonly { path: string; reason: string }[] }) =>
  made.failures.map(({ path, reason }) => `${path.slice(folder.length + 1)}: ${reason}`);

/** Renames calls of `word`, and writes its first letter into `shared.ts`. */
const countInShared = (word: string): Transform => ({
  id: `count-${word}`,
  summary: 'Count in a shared file.',
  prefilter: new RegExp(word),
  *inspect({ path, find, replace, facts }) {
    if (path.endsWith('shared.ts')) return;
    for (const { node } of find('CallExpression', { callee: { name: word } })) {
      const shared = {
        file: join(folder, 'shared.ts'),
        span: [0, 1] as const,
        code: [`${word[0] ?? ''}y`],
      };
      const { root } = facts.packageOf(path);
      yield {
        at: node,
        title: root,
        evidence: [holds('it counts')],
        edits: [replace(node.callee, 'done'), shared],
      };
    }
  },
});

describe('a run', () => {
  it('changes what is safe and tells the rest', async () => {
    await put({ 'a.ts': 'foo(1);\nbaz(2);\nqux(3);\n', 'b.ts': 'nothing();\n' });
    const made = await planOf([
      rename('foo', 'bar'),
      rename('baz', 'bar', [assumed('nobody mocks `baz`')]),
      rename('qux', 'bar', [fails('`qux` is not `bar`')]),
    ]);
    expect(made.files).toEqual({ scanned: 2, matched: 1, parsed: 1, failed: 0 });
    expect(made.findings.map(({ safety, title }) => `${safety} ${title}`)).toEqual([
      'safe foo → bar',
      'review baz → bar',
      'report qux → bar',
    ]);
    expect(made.changes.map(({ before, after }) => [before, after])).toEqual([
      ['foo(1);\nbaz(2);\nqux(3);\n', 'bar(1);\nbaz(2);\nqux(3);\n'],
    ]);
    expect(await read('a.ts')).toBe('foo(1);\nbaz(2);\nqux(3);\n');
    expect(await write(made)).toMatchObject({ written: [join(folder, 'a.ts')], failures: [] });
    expect(await read('a.ts')).toBe('bar(1);\nbaz(2);\nqux(3);\n');
    expect((await planOf([rename('foo', 'bar')])).changes).toEqual([]);
  });

  it('applies nested proposals, in one pass or the next', async () => {
    const wrap: Transform = {
      id: 'wrap',
      summary: 'Wrap calls of `w`.',
      prefilter: /\bw\b/,
      *inspect({ find, replace }) {
        for (const { node, parent } of find('CallExpression', { callee: { name: 'w' } })) {
          if (parent?.node.type === 'CallExpression') continue;
          yield {
            at: node,
            title: 'wrap',
            evidence: [holds('it can be wrapped')],
            edits: [replace(node, code`all(${node})`)],
          };
        }
      },
    };
    await put({ 'a.ts': 'w(foo(1), foo(2));\n' });
    const made = await planOf([wrap, rename('foo', 'bar')]);
    expect(made.changes[0]?.after).toBe('all(w(bar(1), bar(2)));\n');
  });

  it('shows a later pass what an earlier one wrote, and tells its place in the file as it was', async () => {
    await put({ 'a.ts': '// a line\nfoo(1);\n' });
    const made = await planOf([rename('foo', 'longer'), rename('longer', 'baz')]);
    expect(made.changes[0]?.after).toBe('// a line\nbaz(1);\n');
    expect(made.passes).toBe(3);
    expect(made.changes[0]?.proposals.map(({ title, start }) => [title, start])).toEqual([
      ['foo → longer', 10],
      ['longer → baz', 10],
    ]);
  });

  it('stops transforms that undo each other, changes nothing and says so', async () => {
    await put({ 'a.ts': 'ping();\n', 'b.ts': 'foo();\n' });
    const made = await planOf([rename('ping', 'pong'), rename('pong', 'ping'), rename('foo', 'bar')]);
    expect(made.changes.map(({ after }) => after)).toEqual(['bar();\n']);
    expect(made.failures).toEqual([
      {
        path: join(folder, 'a.ts'),
        reason: expect.stringContaining('still changes after 10 passes') as string,
      },
    ]);
  });

  it('keeps a byte order mark, CRLF and a missing last newline', async () => {
    await put({ 'a.ts': '\uFEFFfoo(1);\r\nfoo(2);' });
    await write(await planOf([rename('foo', 'bar')]));
    expect(await read('a.ts')).toBe('\uFEFFbar(1);\r\nbar(2);');
  });

  it('formats a file that prettier had formatted, and no other', async () => {
    const long = 'const value = foo(aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbb, cccccccccccccc);\n';
    await put({ 'clean.ts': long, 'other.ts': `${long}const  loose = 1\n` });
    const made = await planOf([rename('foo', 'muchLongerName')]);
    const [clean, other] = made.changes;
    expect(clean?.after).toBe(
      'const value = muchLongerName(\n  aaaaaaaaaaaaaaaaaaaa,\n  bbbbbbbbbbbbbbbbbbbbb,\n  cccccccccccccc,\n);\n',
    );
    expect(other?.after).toBe(`${long.replace('foo', 'muchLongerName')}const  loose = 1\n`);
  });

  it('applies a proposal over two files whole or not at all', async () => {
    await put({ 'a.ts': 'both();\n', 'b.ts': 'there();\n' });
    const both: Transform = {
      id: 'both',
      summary: 'Edit two files.',
      prefilter: /\bboth\b/,
      *inspect({ find, replace }) {
        for (const { node } of find('CallExpression', { callee: { name: 'both' } })) {
          yield {
            at: node,
            title: 'both',
            evidence: [holds('the two belong together')],
            edits: [
              replace(node.callee, 'done'),
              { file: join(folder, 'b.ts'), span: [0, 5], code: ['here'] },
            ],
          };
        }
      },
    };
    const made = await planOf([both]);
    expect(made.changes.map(({ after }) => after)).toEqual(['done();\n', 'here();\n']);
    await put({ 'b.ts': 'other();\n' });
    const { written, failures } = await write(made);
    expect(written).toEqual([]);
    expect(failures.map(({ reason }) => reason)).toEqual([
      'changed since it was read; run again to see what is proposed now',
      'belongs to a change of another file that cannot be written',
    ]);
    expect(await read('a.ts')).toBe('both();\n');
  });

  it('comes back to a proposal that another file made wait', async () => {
    await put({ 'a.ts': 'first();\n', 'b.ts': 'second();\n', 'shared.ts': 'x;\n' });
    const made = await planOf([countInShared('first'), countInShared('second')]);
    expect(made.changes.map(({ after }) => after)).toEqual(['done();\n', 'done();\n', 'syy;\n']);
  });

  it('gives ids that survive edits elsewhere in the file', async () => {
    await put({ 'a.ts': 'foo(1);\nfoo(1);\n' });
    const before = await planOf([rename('foo', 'bar')]);
    await put({ 'a.ts': '// new\nother();\nfoo( 1 );\nfoo(1);\n' });
    const after = await planOf([rename('foo', 'bar')]);
    expect(before.findings).toHaveLength(2);
    expect(after.findings[1]?.id).not.toBe(after.findings[0]?.id);
    expect(before.findings[0]?.id).not.toBe(before.findings[1]?.id);
  });

  it('creates a file', async () => {
    await put({ 'a.ts': 'foo();\n' });
    const create: Transform = {
      id: 'create',
      summary: 'Create a module.',
      prefilter: /\bfoo\b/,
      *inspect({ find, replace, createFile }) {
        for (const { node } of find('CallExpression', { callee: { name: 'foo' } })) {
          yield {
            at: node,
            title: 'create',
            evidence: [holds('the module is missing')],
            edits: [
              replace(node.callee, 'made'),
              ...createFile(join(folder, 'new/made.ts'), 'export const made = 1;\n'),
            ],
          };
        }
      },
    };
    const made = await planOf([create]);
    expect(made.changes.map(({ before }) => before)).toEqual(['foo();\n', null]);
    await write(made);
    expect(await read('new/made.ts')).toBe('export const made = 1;\n');
  });
});

describe('the checks of a result', () => {
  it('takes out a proposal whose result does not parse', async () => {
    expect(await demoted(byText('cut', /x\)/, 'x'), 'foo(1);\ncall(x);\n')).toContain(
      'the result does not parse',
    );
  });

  it('takes out a proposal that loses a comment', async () => {
    expect(await demoted(byText('lose', /call\(.*\)/, 'call()'), 'foo(1);\ncall(/* why */);\n')).toContain(
      'the comment in line 2 would be lost: /* why */',
    );
  });

  it('takes out a proposal that swallows a literal', async () => {
    const swallow: Transform = {
      ...byText('swallow', /START/, ''),
      *inspect({ path, text }) {
        const edits = ['START', 'END'].map((word) => {
          const start = text.indexOf(word);
          return { file: path, span: [start, start + word.length] as const, code: ['`'] };
        });
        if (text.includes('START'))
          yield { at: { start: 0, end: 3 }, title: 'swallow', evidence: [holds('it is right')], edits };
      },
    };
    expect(await demoted(swallow, "foo(1);\ntag(START); 'kept'; go(END);\n")).toContain(
      "the literal in line 2 would change: 'kept'",
    );
  });

  it('finds which of several proposals is to blame', async () => {
    await put({ 'a.ts': 'foo(1);\ncall(x);\nfoo(2);\n' });
    const made = await planOf([byText('cut', /x\)/, 'x'), rename('foo', 'bar')]);
    expect(made.changes[0]?.after).toBe('bar(1);\ncall(x);\nbar(2);\n');
  });
});

describe('bad input', () => {
  const foo = rename('foo', 'bar');
  it('tells a file that does not parse, with line and column, and does the others', async () => {
    await put({ 'bad.ts': 'foo(1);\nlet = = 2;\n', 'good.ts': 'foo(1);\n' });
    const made = await planOf([foo]);
    expect(reasons(made)).toEqual([
      expect.stringMatching(/^bad\.ts: does not parse: .+ \(line 2, column \d+\)$/),
    ]);
    expect(made.files.failed).toBe(1);
    expect(made.changes.map(({ path }) => path)).toEqual([join(folder, 'good.ts')]);
  });

  it('tells a binary file and invalid UTF-8, and leaves both whole', async () => {
    const binary = Buffer.concat([Buffer.from('foo(1);\0'), Buffer.from([1, 2, 3])]);
    const latin1 = Buffer.from('foo("caf\xe9");\n', 'latin1');
    await put({ 'binary.ts': binary, 'latin1.ts': latin1, 'good.ts': 'foo(1);\n' });
    const made = await planOf([foo]);
    expect(reasons(made).toSorted()).toEqual([
      expect.stringMatching(/^binary\.ts: .*binary/),
      expect.stringMatching(/^latin1\.ts: .*UTF-8/),
    ]);
    await write(made);
    expect(await readFile(join(folder, 'binary.ts'))).toEqual(binary);
    expect(await readFile(join(folder, 'latin1.ts'))).toEqual(latin1);
    expect(await read('good.ts')).toBe('bar(1);\n');
  });

  it('takes an empty file', async () => {
    await put({ 'empty.ts': '', 'good.ts': 'foo(1);\n' });
    expect(reasons(await planOf([foo]))).toEqual([]);
  });

  it('tells a file of 5 MB, and does the others', async () => {
    await put({ 'huge.ts': `foo(1);\n${'call(12345);\n'.repeat(400_000)}`, 'good.ts': 'foo(1);\n' });
    const made = await planOf([foo]);
    expect(reasons(made)).toEqual([expect.stringMatching(/^huge\.ts: .*MB|MiB/)]);
    expect(made.changes).toHaveLength(1);
  });

  it('leaves a read-only file as it is and says so', async () => {
    await put({ 'locked.ts': 'foo(1);\n', 'good.ts': 'foo(1);\n' });
    await chmod(join(folder, 'locked.ts'), 0o444);
    const { written, failures } = await write(await planOf([foo]));
    expect(written).toEqual([join(folder, 'good.ts')]);
    expect(reasons({ failures })).toEqual(['locked.ts: is read-only; make it writable and run again']);
    expect(await read('locked.ts')).toBe('foo(1);\n');
  });

  it('leaves a file that changed or went since it was read', async () => {
    await put({ 'changed.ts': 'foo(1);\n', 'gone.ts': 'foo(1);\n', 'good.ts': 'foo(1);\n' });
    const made = await planOf([foo]);
    await put({ 'changed.ts': 'foo(1); // mine\n' });
    await rm(join(folder, 'gone.ts'));
    const { written, failures } = await write(made);
    expect(written).toEqual([join(folder, 'good.ts')]);
    expect(reasons({ failures })).toEqual([
      'changed.ts: changed since it was read; run again to see what is proposed now',
      'gone.ts: was deleted since it was read',
    ]);
    expect(await read('changed.ts')).toBe('foo(1); // mine\n');
  });

  it('writes through a link to the file it points to, and keeps permissions', async () => {
    await put({ 'real.ts': 'foo(1);\n' });
    await chmod(join(folder, 'real.ts'), 0o751);
    await symlink('real.ts', join(folder, 'link.ts'));
    await symlink('.', join(folder, 'loop'));
    const made = await planOf([foo]);
    expect(made.changes).toHaveLength(1);
    await write(made);
    expect(await read('link.ts')).toBe('bar(1);\n');
    expect((await stat(join(folder, 'real.ts'))).mode & 0o777).toBe(0o751);
  });

  it('tells a transform that throws, and lets the others go on', async () => {
    await put({ 'a.ts': 'foo(1);\n' });
    const made = await planOf([
      {
        id: 'throws',
        summary: 'Throw.',
        prefilter: /foo/,
        *inspect() {
          yield* [];
          throw new TypeError('no such thing');
        },
      },
      foo,
    ]);
    expect(reasons(made)).toEqual(['a.ts: the transform throws threw TypeError: no such thing']);
    expect(made.changes).toHaveLength(1);
  });

  it('stops a transform that never ends, and lets the others go on', async () => {
    await put({ 'a.ts': 'foo(1);\n' });
    const endless: Transform = {
      id: 'endless',
      summary: 'Never end.',
      prefilter: /foo/,
      *inspect({ text }) {
        yield* [];
        for (let turn = 0; text.length > 0; turn++);
      },
    };
    const made = await planOf([endless, foo], { fileTimeLimit: 200 });
    expect(reasons(made)).toEqual(['a.ts: the transform endless took longer than 0.2 s and was stopped']);
    expect(made.changes).toHaveLength(1);
  });

  it('does not count the building of a program against the transform that asks for a type first', async () => {
    await put({ 'a.ts': "const text = 'a';\nfoo(text);\n" });
    const asks: Transform = {
      id: 'asks',
      summary: 'Ask for a type.',
      prefilter: /foo/,
      *inspect({ path, facts, find }) {
        for (const { node } of find('CallExpression')) {
          const [argument] = node.arguments;
          const kinds = argument === undefined ? [] : [...facts.typeOf(path, argument).kinds];
          yield { at: node, title: kinds.join(), evidence: [] };
        }
      },
    };
    const made = await planOf([asks], { fileTimeLimit: 100 });
    expect(made.failures).toEqual([]);
    expect(made.findings.map(({ title }) => title)).toEqual(['string']);
  });

  describe('a limit of the run', () => {
    afterEach(() => vi.restoreAllMocks());

    it('of time leaves files whole that were not looked at, and names them', async () => {
      await put({ 'a.ts': 'foo(1);\n', 'b.ts': 'foo(2);\n', 'c.ts': 'foo(3);\n' });
      const made = await planOf([slowed(foo, 'b.ts')], { timeLimit: 30 });
      expect(reasons(made)).toEqual(['c.ts: not looked at: the time limit of the run was reached (30 s)']);
      expect(made.changes.map(({ path, after }) => [path, after])).toEqual([
        [join(folder, 'a.ts'), 'bar(1);\n'],
        [join(folder, 'b.ts'), 'bar(2);\n'],
      ]);
      expect(made.files).toMatchObject({ parsed: 2, failed: 1 });
    });

    it('of time in a later pass leaves what the first one made', async () => {
      await put({ 'a.ts': 'foo(1);\n', 'b.ts': 'foo(2);\n' });
      const made = await planOf([slowed(foo, 'b.ts')], { timeLimit: 30 });
      expect(reasons(made)).toEqual([
        'a.ts: not looked at again as it is now: the time limit of the run was reached (30 s)',
        'b.ts: not looked at again as it is now: the time limit of the run was reached (30 s)',
      ]);
      expect(made.changes).toHaveLength(2);
    });

    it('of time ends before a transform that looks at all files', async () => {
      await put({ 'a.ts': 'foo(1);\n' });
      const { inspect, ...rest } = slowed(foo, 'a.ts');
      const all: Transform = {
        ...rest,
        id: 'all',
        *inspectProject({ files }) {
          for (const file of files)
            for (const one of inspect?.(file) ?? []) yield { ...one, file: file.path };
        },
      };
      const made = await planOf([slowed(foo, 'a.ts'), all], { timeLimit: 30 });
      expect(reasons(made)).toContain(
        'a.ts: not looked at by all: the time limit of the run was reached (30 s)',
      );
    });

    it('of memory leaves files whole that were not looked at, and names them', async () => {
      await put({ 'a.ts': 'foo(1);\n', 'b.ts': 'foo(2);\n' });
      const made = await planOf([foo], { memoryLimit: 1 });
      expect(reasons(made)).toEqual([
        'a.ts: not looked at: the memory limit of the run was reached (1 MiB)',
        'b.ts: not looked at: the memory limit of the run was reached (1 MiB)',
      ]);
      expect(made.changes).toEqual([]);
    });

    it('that is not reached changes nothing', async () => {
      await put({ 'a.ts': 'foo(1);\n' });
      const made = await planOf([foo], { timeLimit: 3600, memoryLimit: 100_000 });
      expect(made.failures).toEqual([]);
      expect(made.changes).toHaveLength(1);
    });
  });

  it('tells an argument that names nothing', async () => {
    await put({ 'a.ts': 'foo(1);\n' });
    const made = await planOf([foo], { paths: ['a.ts', 'nowhere.ts', 'no/**/*.ts'] });
    expect(made.unmatched).toEqual(['nowhere.ts', 'no/**/*.ts']);
    expect(made.changes).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    await put({ 'a.ts': 'foo(1);\n' });
    await expect(planOf([foo], { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
  });

  it('works in a git work tree', async () => {
    await put({ 'a.ts': 'foo(1);\n', 'ignored/b.ts': 'foo(1);\n', '.gitignore': 'ignored/\n' });
    execFileSync('git', ['init', '-q'], { cwd: folder });
    expect((await planOf([foo])).changes.map(({ path }) => path)).toEqual([join(folder, 'a.ts')]);
  });
});
