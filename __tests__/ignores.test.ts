import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assumed, code, fails, holds, type Edit, type Evidence, type Transform } from '../src/index.ts';
import { ignoreCommentsOf } from '../src/run/ignore-comments.ts';
import { plan, type Plan, type RunRequest } from '../src/run/plan.ts';
import { rewriteSafely } from '../src/run/stock.ts';
import { ownLeadingComments } from '../src/syntax/comments.ts';
import { parseFile } from '../src/syntax/file.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hasten-ignores-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
};

const planOf = (transforms: readonly Transform[], more: Partial<RunRequest> = {}): Promise<Plan> =>
  plan({
    cwd: folder,
    paths: ['.'],
    level: 'safe',
    today: '2026-06-15',
    transforms: transforms.map((transform) => ({ transform, options: {} })),
    ...more,
  });

const OF_SLOW: readonly Evidence[] = [holds('`fast` gives what `slow` gives')];

/** Renames calls of one function. */
const rename = (from: string, to: string, evidence = OF_SLOW): Transform => ({
  id: `${from}-to-${to}`,
  summary: `Call \`${to}\` instead of \`${from}\`.`,
  prefilter: new RegExp(`\\b${from}\\(`),
  *inspect({ find, replace }) {
    for (const { node } of find('CallExpression', { callee: { name: from } }))
      yield { at: node, title: `${from} → ${to}`, evidence, edits: [replace(node.callee, to)] };
  },
});
const slow = rename('slow', 'fast');

/** What a run makes of one file, `after` null where it leaves it, with all findings as `line level state`. */
async function ran(text: string, more: Partial<RunRequest> = {}, name = 'a.ts', transforms = [slow]) {
  await put({ [name]: text });
  const made = await planOf(transforms, more);
  return { ...seen(made), after: made.changes.find(({ path }) => path.endsWith(name))?.after ?? null };
}

function seen({ findings, warnings }: Plan) {
  return {
    findings: findings.map(
      ({ title, safety, ignored }) =>
        `${title}: ${ignored === undefined ? safety : `ignored, ${ignored.reason}`}`,
    ),
    warnings: warnings.map(({ line, kind, says }) => `${line} ${kind}: ${says}`),
  };
}

const OPEN = 'slow → fast: safe';
const ignoredFor = (reason: string): string => `slow → fast: ignored, ${reason}`;

/** The ignore comments of a text: what they say, and the code that they speak about. */
function commentsOf(text: string, name = 'a.tsx') {
  const { comments, faults } = ignoreCommentsOf(parseFile(`/${name}`, text));
  return {
    comments: comments.map(({ kind, names, reason, until, covers }) => ({
      says: [
        kind,
        names.map((one) => one.name).join('+'),
        reason,
        ...(until === undefined ? [] : [until]),
      ].join(' | '),
      about: covers === undefined ? undefined : text.slice(...covers).trim(),
    })),
    faults: faults.map(({ line, says }) => `${line} ${says}`),
  };
}

const saidIn = (comment: string): readonly string[] =>
  commentsOf(`${comment}\nslow();\n`).comments.map((one) => one.says);

/** How many comments go where the statement below `comment` goes. */
function own(comment: string): number {
  const file = parseFile('/a.ts', `${comment}\nslow();\n`);
  const [statement] = file.tree.program.body;
  return statement === undefined ? -1 : ownLeadingComments(file, statement).length;
}

describe('an ignore comment', () => {
  it.each([
    ['// hasten-ignore t: why\nslow(1);\nslow(2);\n', 'slow(1);'],
    ['  /* hasten-ignore t: why */\r\n  slow(1);\r\nslow(2);\r\n', 'slow(1);'],
    ['/**\n * hasten-ignore t: why\n */\nslow(1);\n', 'slow(1);'],
    ['slow(1); // hasten-ignore t: why\nslow(2);\n', 'slow(1); // hasten-ignore t: why'],
    ['/* hasten-ignore t: why */ slow(1);\nslow(2);\n', '/* hasten-ignore t: why */ slow(1);'],
    ['/* hasten-ignore t:\n why */ slow(1);\nslow(2);\n', 'why */ slow(1);'],
    ['slow(0); /* hasten-ignore t:\n why */\nslow(2);\n', 'slow(0); /* hasten-ignore t:'],
    ['// hasten-ignore t: why\n// another\n/* one\n\n more */\nslow(1);\n', 'slow(1);'],
    [
      'const a = (\n  <b>\n    {/* hasten-ignore t: why */}\n    <c d={slow(1)} />\n  </b>\n);\n',
      '<c d={slow(1)} />',
    ],
    ['// hasten-ignore t: why\n\nslow(1);\n', undefined],
    ['slow(1);\n// hasten-ignore t: why', undefined],
  ])('%j speaks about %j', (text, about) => {
    expect(commentsOf(text)).toEqual({ comments: [{ says: 'line | t | why', about }], faults: [] });
  });

  it('names transforms, perhaps a date, and a reason', () => {
    expect(saidIn('// hasten-ignore a,b , @c/d-e until 2027-01-31: one: two')).toEqual([
      'line | a+b+@c/d-e | one: two | 2027-01-31',
    ]);
    expect(saidIn('/* hasten-ignore a,\n *   all: one\n *   two\n */')).toEqual(['line | a+all | one two']);
    expect(saidIn('// hasten-ignored a: no')).toEqual([]);
    expect(saidIn('// see hasten-ignore a: no')).toEqual([]);
    expect(saidIn('f("// hasten-ignore a: no");')).toEqual([]);
  });

  it.each([
    ['// hasten-ignore t', 'gives no reason: '],
    ['// hasten-ignore t:  ', 'gives no reason: '],
    ['// hasten-ignore : why', 'names no transform: '],
    ['// hasten-ignore until 2027-01-31: why', 'names no transform: '],
    ['// hasten-ignore', 'names no transform: '],
    ['// hasten-ignore this comment: why', 'has `this comment` where the names of transforms stand'],
    ['// hasten-ignore t until tomorrow: why', 'ends on `tomorrow`, which is no day'],
    ['// hasten-ignore t until 2027-02-30: why', 'ends on `2027-02-30`, which is no day'],
    ['// hasten-ignore t until: why', 'ends on ``, which is no day'],
    ['// hasten-ignore-next-line t: why', 'is not known: there is `hasten-ignore`'],
    ['f();\n// hasten-ignore-file t: why', 'stands below code: '],
    ['// hasten-ignore-end', 'ends no block: '],
  ])('%j does not count, and says why', (comment, says) => {
    const { comments, faults } = commentsOf(`${comment}\nslow();\n`);
    expect([comments, faults]).toEqual([[], [expect.stringContaining(says)]]);
  });

  it('speaks about a whole file from its top, below a shebang and above directives', () => {
    const text = '#!/usr/bin/env node\n/* Licence */\n// hasten-ignore-file t: why\n"use strict";\nslow();\n';
    expect(commentsOf(text)).toEqual({
      comments: [{ says: 'file | t | why', about: text.trim() }],
      faults: [],
    });
  });

  it('speaks about a block up to its end; blocks may lie in each other', () => {
    const text = `// hasten-ignore-start a: one
A();
/* hasten-ignore-start b, c: two */
B();
// hasten-ignore-end
// hasten-ignore-start a: three
C();
// hasten-ignore-end a: done
D();
// hasten-ignore-end a
`;
    const { comments, faults } = commentsOf(text);
    expect(faults).toEqual([]);
    expect(comments.map(({ says, about }) => [says, about?.replace(/\/[/*].*|\s+/g, '')])).toEqual([
      ['block | a | one', 'A();B();C();D();'],
      ['block | b+c | two', 'B();'],
      ['block | a | three', 'C();'],
    ]);
  });

  it('of a block that nothing ends counts to the end of the file, with a word; one without a reason has its end', () => {
    expect(commentsOf('// hasten-ignore-start a: one\nA();\n')).toEqual({
      comments: [{ says: 'block | a | one', about: 'A();' }],
      faults: ['1 begins a block that no `hasten-ignore-end` ends: it counts up to the end of the file'],
    });
    const { comments, faults } = commentsOf('// hasten-ignore-start a\nA();\n// hasten-ignore-end a\n');
    expect([comments, faults]).toEqual([[], [expect.stringContaining('1 gives no reason')]]);
  });

  it('about a stretch of the file does not go where the statement below it goes', () => {
    expect(own('// hasten-ignore t: why')).toBe(1);
    for (const suffix of ['file', 'start', 'end'])
      for (const comment of [
        `// hasten-ignore-${suffix} t: why`,
        `/**\n * hasten-ignore-${suffix} t: why\n */`,
      ])
        expect(own(comment)).toBe(0);
  });
});

describe('a finding', () => {
  it('whose line is ignored is left alone and told with the reason', async () => {
    const text = '// hasten-ignore slow-to-fast: it warms up\nslow(1);\nslow(2);\n';
    await put({ 'a.ts': text });
    const made = await planOf([slow]);
    expect(seen(made)).toEqual({ findings: [ignoredFor('it warms up'), OPEN], warnings: [] });
    expect(made.changes[0]?.after).toBe(text.replace('slow(2)', 'fast(2)'));
    const [finding] = made.findings;
    const at = { path: join(folder, 'a.ts'), line: 1 };
    expect(finding).toMatchObject({
      safety: 'report',
      edits: [],
      ignored: { reason: 'it warms up', at, safety: 'safe' },
      evidence: [
        ...OF_SLOW,
        {
          verdict: 'fails',
          claim: 'an ignore comment in a.ts:1 keeps this from being changed: it warms up',
          seenAt: at,
        },
      ],
    });
    expect(finding?.ignored).not.toHaveProperty('until');
  });

  it('is not ignored by a comment for another transform, nor by one without a reason', async () => {
    const other = rename('other', 'fast');
    const { findings, warnings } = await ran(
      '// hasten-ignore other-to-fast: why\nslow(1);\n// hasten-ignore slow-to-fast\nslow(2);\n',
      {},
      'a.ts',
      [slow, other],
    );
    expect(findings).toEqual([OPEN, OPEN]);
    expect(warnings).toEqual([
      '1 unused: is not needed: `other-to-fast` finds nothing there',
      expect.stringContaining('3 fault: gives no reason'),
    ]);
  });

  it('is ignored by `all`, in a block and in a whole file', async () => {
    const block = '// hasten-ignore-start all: why\nslow(1);\n// hasten-ignore-end\nslow(2);\n';
    expect((await ran(block)).findings).toEqual([ignoredFor('why'), OPEN]);
    expect((await ran(`// hasten-ignore-file slow-to-fast: no\n${block}`)).findings).toEqual([
      ignoredFor('why'),
      ignoredFor('no'),
    ]);
  });

  it.each([
    ['2026-06-14', [OPEN], ['1 expired: ended on 2026-06-14: what it ignored is told again']],
    ['2026-06-15', [ignoredFor('why')], []],
    ['2026-06-16', [ignoredFor('why')], []],
  ])('is ignored until %s', async (until, findings, warnings) => {
    const text = `// hasten-ignore slow-to-fast until ${until}: why\nslow(1);\n`;
    expect(await ran(text)).toMatchObject({ findings, warnings });
  });

  it('of any level is ignored, and keeps the level that it had', async () => {
    const text = '// hasten-ignore slow-to-fast until 2030-01-01: why\nslow(1);\n';
    await put({ 'a.ts': text });
    for (const [safety, evidence] of [
      ['review', assumed('so it is')],
      ['report', fails('it is not')],
    ] as const) {
      const { findings, changes } = await planOf([rename('slow', 'fast', [evidence])], { level: 'review' });
      expect(findings.map(({ ignored }) => ignored)).toMatchObject([{ safety, until: '2030-01-01' }]);
      expect(changes).toEqual([]);
    }
  });

  it('stays ignored in later passes, wherever other changes put the comment', async () => {
    /** Moves the comment above the line below. */
    const shuffle: Transform = {
      id: 'shuffle',
      summary: 'Swap two lines.',
      prefilter: /begin/,
      *inspect({ path, text }) {
        const [, first = '', second = ''] = /^begin\(\);\n(.*\n)(.*\n)/.exec(text) ?? [];
        if (second === '') return;
        const start = 'begin();\n'.length;
        const middle = start + first.length;
        const end = middle + second.length;
        const edits: Edit[] = [
          { file: path, span: [0, end], code: [[middle, end], [start, middle], 'done();\n'] },
        ];
        yield {
          at: { start: 0, end: 5 },
          title: 'swap',
          evidence: [holds('the order does not matter')],
          edits,
        };
      },
    };
    const { after, findings, warnings } = await ran(
      'begin();\n// hasten-ignore slow-to-fast: why\nslow(1);\nlast();\n',
      {},
      'a.ts',
      [slow, shuffle],
    );
    expect(after).toBe('slow(1);\n// hasten-ignore slow-to-fast: why\ndone();\nlast();\n');
    expect(findings).toEqual(['swap: safe', ignoredFor('why')]);
    expect(warnings).toEqual([]);
  });

  it('that only a later pass comes upon is told, too', async () => {
    const { after, findings } = await ran('// hasten-ignore slow-to-fast: why\nslower(1);\n', {}, 'a.ts', [
      slow,
      rename('slower', 'slow'),
    ]);
    expect(after).toBe('// hasten-ignore slow-to-fast: why\nslow(1);\n');
    expect(findings.toSorted()).toEqual([ignoredFor('why'), 'slower → slow: safe']);
  });

  it.each([
    '// hasten-ignore-file slow-to-fast: why\n',
    '/**\n * hasten-ignore-file slow-to-fast: why\n */\n',
    '// hasten-ignore-file slow-to-fast: why\n\n',
    '#!/usr/bin/env node\n// hasten-ignore-file slow-to-fast: why\n',
    "// hasten-ignore-file slow-to-fast: why\n'use strict';\n",
    '// hasten-ignore-file slow-to-fast: why\nimport { gone } from "gone";\ngone();\n',
  ])('stays ignored in its file when another change imports something: %j', async (head) => {
    const importing: Transform = {
      id: 'importing',
      summary: 'Import something.',
      prefilter: /todo|gone/,
      *inspect({ find, replace, ensureImport, removeStatement }) {
        const { edits } = ensureImport({ from: 'done', name: 'done' });
        for (const { node } of find('CallExpression', { callee: { name: 'todo' } }))
          yield {
            at: node,
            title: 'done',
            evidence: [holds('it is done')],
            edits: [replace(node.callee, 'done'), ...edits],
          };
        for (const { node } of find('ExpressionStatement', { expression: { callee: { name: 'gone' } } }))
          yield { at: node, title: 'gone', evidence: [holds('it goes')], edits: [removeStatement(node)] };
      },
    };
    const { after } = await ran(`${head}todo();\nslow(1);\n`, {}, 'a.ts', [slow, importing]);
    expect(after).toContain('done();');
    expect(after).toContain('slow(1);');
    const again = await ran(after ?? '', {}, 'a.ts', [slow, importing]);
    expect(again).toEqual({ after: null, findings: [ignoredFor('why')], warnings: [] });
  });

  it('is ignored under stock jscodeshift as well', async () => {
    const path = join(folder, 'a.ts');
    const source = '// hasten-ignore slow-to-fast: why\nslow(1);\nslow(2);\n';
    expect(await rewriteSafely(slow, { path, source }, {})).toBe(source.replace('slow(2)', 'fast(2)'));
  });
});

describe('a proposal', () => {
  /** Renames calls in `a.ts` and the function in `lib.ts`. */
  const both: Transform = {
    id: 'both',
    summary: 'Rename calls and what they call.',
    prefilter: /\bslow\(/,
    *inspect({ find, replace, path, text, fileAt }) {
      if (path.endsWith('lib.ts')) return;
      const lib = fileAt(join(dirname(path), 'lib.ts'));
      const edits = (lib?.find('FunctionDeclaration') ?? []).map(({ node }): Edit => {
        const { start, end } = node.id ?? {};
        return { file: lib?.path ?? '', span: [start ?? 0, end ?? 0], code: ['fast'], once: 'fast' };
      });
      for (const { node } of find('CallExpression', { callee: { name: 'slow' } })) {
        const title = text.slice(node.start ?? 0, node.end ?? 0);
        yield {
          at: node,
          title,
          evidence: [holds('both change')],
          edits: [replace(node.callee, 'fast'), ...edits],
        };
      }
    },
  };

  it.each([
    ['line', '\n// hasten-ignore both: they rely on it\nexport function slow() {}\n', 2],
    [
      'block',
      '// hasten-ignore-start both: they rely on it\nexport function slow() {}\n// hasten-ignore-end\n',
      1,
    ],
    ['file', '// hasten-ignore-file both: they rely on it\n\nexport function slow() {}\n', 1],
  ])('that reaches into an ignored %s of another file stays whole', async (_, lib, line) => {
    await put({ 'src/a.ts': 'slow(1);\n', 'src/lib.ts': lib });
    const made = await planOf([both]);
    expect(made.changes).toEqual([]);
    expect(seen(made)).toEqual({ findings: ['slow(1): report'], warnings: [] });
    expect(made.findings[0]?.evidence.at(-1)?.claim).toBe(
      `an ignore comment in src/lib.ts:${line} keeps this from being changed: they rely on it`,
    );
  });

  it.each([
    ['2026-06-14', 1],
    ['2026-06-15', 0],
  ])('is kept until %s, and no longer', async (until, changes) => {
    await put({
      'a.ts': 'slow(1);\n',
      'lib.ts': `// hasten-ignore both until ${until}: why\nexport function slow() {}\n`,
    });
    expect((await planOf([both])).changes.filter(({ path }) => path.endsWith('lib.ts'))).toHaveLength(
      changes,
    );
  });

  it('is not kept by what stands beside its edits, or is for another transform', async () => {
    const lib = `// hasten-ignore other: why
export function slow() {
  // hasten-ignore both: why
  rest();
}
`;
    await put({ 'a.ts': 'slow(1);\n', 'lib.ts': lib });
    expect((await planOf([both])).changes.map(({ after }) => after)).toEqual([
      'fast(1);\n',
      lib.replace('slow', 'fast'),
    ]);
  });

  it('that rewrites around an ignored line of its own file stays, too', async () => {
    const wrap: Transform = {
      id: 'wrap',
      summary: 'Wrap a file.',
      prefilter: /slow/,
      *inspect({ path, text }) {
        if (text.startsWith('all(')) return;
        const quoted: Edit = {
          file: path,
          span: [0, text.length],
          code: code`all(() => { ${[0, text.length] as const} });\n`,
        };
        yield { at: { start: 0, end: 4 }, title: 'wrap', evidence: [holds('it can be')], edits: [quoted] };
      },
    };
    const { after, findings } = await ran('slow(1);\n// hasten-ignore wrap: why\nslow(2);\n', {}, 'a.ts', [
      wrap,
    ]);
    expect([after, findings]).toEqual([null, ['wrap: report']]);
  });
});

/** A file without the comments that nothing needs; null where it stays as it is. */
const removed = async (text: string, name = 'a.ts', more: Partial<RunRequest> = {}) =>
  (await ran(text, { removeUnusedIgnores: true, ...more }, name)).after;

describe('an unused comment', () => {
  it('is told, and only by transforms that ran', async () => {
    const { warnings } = await ran(
      '// hasten-ignore slow-to-fast: why\nquick(1);\n// hasten-ignore await-in-loop: why\nquick(2);\n// hasten-ignore all: why\nquick(3);\n',
    );
    expect(warnings).toEqual(['1 unused: is not needed: `slow-to-fast` finds nothing there']);
  });

  it('is told where its day is over, and where no prefilter matches its file', async () => {
    const { warnings } = await ran(
      'quick(1);\n// hasten-ignore slow-to-fast until 2020-01-01: why\nquick(1);\n',
    );
    expect(warnings).toEqual(['2 unused: is not needed: `slow-to-fast` finds nothing there']);
  });

  it('is not told where the transform did not come to its end', async () => {
    const throwing: Transform = {
      ...slow,
      inspect() {
        throw new Error('no');
      },
    };
    const { warnings } = await ran('// hasten-ignore slow-to-fast: why\nslow(1);\n', {}, 'a.ts', [throwing]);
    expect(warnings).toEqual([]);
  });

  it('for a transform that there is not is told with its name', async () => {
    await put({ 'a.ts': '// hasten-ignore await-in-lop, slow-to-fast: why\nslow(1);\n' });
    const { warnings, findings } = await planOf([slow]);
    expect(warnings).toMatchObject([{ line: 1, kind: 'unknown', name: 'await-in-lop' }]);
    expect(findings[0]?.ignored?.reason).toBe('why');
  });

  it.each([
    ['a();\n// hasten-ignore slow-to-fast: why\nb();\n', 'a();\nb();\n'],
    ['a();\r\n\t/* hasten-ignore slow-to-fast:\r\n\twhy */\r\nb();\r\n', 'a();\r\nb();\r\n'],
    ['a();\r\nb();\r\n// hasten-ignore slow-to-fast: why', 'a();\r\nb();'],
    ['a(); // hasten-ignore slow-to-fast: why\nb();\n', 'a();\nb();\n'],
    ['/* hasten-ignore slow-to-fast: why */ a();\nb();\n', 'a();\nb();\n'],
    ['x = a /* hasten-ignore slow-to-fast: why */ + b;\n', 'x = a + b;\n'],
    ['f(/* hasten-ignore slow-to-fast: why */a);\n', 'f(a);\n'],
    ['// hasten-ignore slow-to-fast: why', ''],
    [
      'a();\n// hasten-ignore-start slow-to-fast: why\nb();\n// hasten-ignore-end slow-to-fast\nc();\n',
      'a();\nb();\nc();\n',
    ],
    ['// hasten-ignore-file slow-to-fast: why\n\nb();\n', 'b();\n'],
    [
      '// hasten-ignore await-in-loop, slow-to-fast: why\nb();\n',
      '// hasten-ignore await-in-loop: why\nb();\n',
    ],
    [
      '// hasten-ignore-start slow-to-fast, await-in-loop: why\nb();\n// hasten-ignore-end slow-to-fast, await-in-loop\n',
      '// hasten-ignore-start await-in-loop: why\nb();\n// hasten-ignore-end await-in-loop\n',
    ],
    [
      'const a = (\n  <b>\n    {/* hasten-ignore slow-to-fast: why */}\n    <c />\n  </b>\n);\n',
      'const a = (\n  <b>\n    <c />\n  </b>\n);\n',
    ],
  ])('is taken away: %j', async (before, after) => {
    expect(await removed(before, 'a.tsx')).toBe(after);
    expect(await removed(after, 'a.tsx')).toBe(null);
  });

  it.each([
    [
      'const a = (\n  <b>\n    text\n    {/* hasten-ignore slow-to-fast: why */}\n    more\n  </b>\n);\n',
      'text of the page',
    ],
    ['const a = <b>{/* hasten-ignore slow-to-fast: why */} <c /></b>;\n', 'text of the page'],
    ['function f() { return/* hasten-ignore slow-to-fast: why */a; }\n', 'stays parted'],
    ['let a = b /* hasten-ignore slow-to-fast:\nwhy */ ++c;\n', 'stays parted'],
  ])('stays where the code would be another one without it: %j', async (text, reason) => {
    await put({ 'a.tsx': text });
    const { changes, findings } = await planOf([slow], { removeUnusedIgnores: true });
    expect(changes).toEqual([]);
    expect(findings.map(({ safety, evidence }) => [safety, evidence.at(-1)?.claim])).toEqual([
      ['report', expect.stringContaining(reason)],
    ]);
  });

  it('goes with the changes of a run, and only if nothing there was found in any pass', async () => {
    const text = `import { x } from 'x';
// hasten-ignore slow-to-fast: first
slower(1);
slow(2);
// hasten-ignore slow-to-fast: second
slower();
// hasten-ignore slow-to-fast: third
x();
`;
    const transforms = [slow, rename('slower', 'slow')];
    const { after, findings, warnings } = await ran(text, { removeUnusedIgnores: true }, 'a.ts', transforms);
    expect(after).toBe(`import { x } from 'x';
// hasten-ignore slow-to-fast: first
slow(1);
fast(2);
// hasten-ignore slow-to-fast: second
slow();
x();
`);
    expect(warnings).toEqual([]);
    expect(findings.filter((one) => one.startsWith('remove'))).toEqual([
      'remove an ignore comment that nothing needs: safe',
    ]);
  });

  it('wants a review where a part of the project was looked at', async () => {
    await put({ 'src/a.ts': '// hasten-ignore slow-to-fast: why\nb();\n', 'b.ts': 'b();\n' });
    const more = { removeUnusedIgnores: true, paths: ['src'] };
    const { changes, findings } = await planOf([slow], more);
    expect([changes, findings.map(({ safety }) => safety)]).toEqual([[], ['review']]);
    expect((await planOf([slow], { ...more, level: 'review' })).changes).toHaveLength(1);
  });

  it('keeps a byte order mark, and is told in the file on disk', async () => {
    expect(await removed('\uFEFF// hasten-ignore slow-to-fast: why\nb();\n')).toBe('\uFEFFb();\n');
    expect(await readFile(join(folder, 'a.ts'), 'utf8')).toContain('hasten-ignore');
  });
});
