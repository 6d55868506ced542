import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assumed, defineTransform, fails, holds, type Finding } from '../src/index.ts';
import { checkFixture, describeTransform, fixtureCasesOf, type FixtureCase } from '../src/testing.ts';
import { checkTwin } from '../src/testing/check.ts';
import { twinsOf } from '../src/testing/twins.ts';
import type { Transform } from '../src/transform.ts';

/** Renames calls of `slow` to `fast`: safe, with two arguments only for review, with a spread not at all. */
const slowToFast = defineTransform({
  id: 'slow-to-fast',
  summary: 'Call `fast` instead of `slow`.',
  prefilter: /\bslow\b/,
  *inspect({ find, j, replace }): Generator<Finding> {
    for (const { node } of find(j.CallExpression, { callee: { name: 'slow' } })) {
      const evidence = [holds('`fast` gives what `slow` gives')];
      if (node.arguments.length === 2) evidence.push(assumed('the second argument is not used'));
      if (node.arguments.some(({ type }) => type === 'SpreadElement'))
        evidence.push(fails('the number of arguments is known'));
      yield { at: node, title: 'slow → fast', evidence, edits: [replace(node.callee, 'fast')] };
    }
  },
}) as unknown as Transform;

const single = (input: string, output?: string, file = 'a.ts'): FixtureCase => ({
  name: 'case',
  input: new Map([[file, input]]),
  output: new Map(output === undefined ? [] : [[file, output]]),
  options: {},
});

const problemsOf = async (fixture: FixtureCase, transform = slowToFast): Promise<readonly string[]> =>
  (await checkFixture(transform, fixture)).problems;

const twins = (fixture: FixtureCase): Record<string, string> =>
  Object.fromEntries(
    twinsOf(fixture).map(({ name, twin, skipped }) => [
      name,
      twin?.input.get('a.ts') ?? `skipped: ${skipped ?? ''}`,
    ]),
  );

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('a case', () => {
  it('passes when output and markers are right', async () => {
    const input = `// safe: slow → fast
slow(1);
// review: the second argument is not used
slow(1, 2);
// report: the number of arguments
slow(...all);
// ok: this is another function
other.slow();
`;
    const output = input.replace('slow(1);', 'fast(1);').replace('slow(1, 2)', 'fast(1, 2)');
    expect(await problemsOf(single(input, output))).toEqual([]);
  });

  it('says in which line the output differs', async () => {
    const input = '// safe: slow → fast\nslow(1);\n';
    expect(await problemsOf(single(input))).toEqual(['a.ts: line 2 should be "slow(1);" and is "fast(1);"']);
    expect(await problemsOf(single(input, `${input.replace('slow(', 'fast(')}\n`))).toHaveLength(1);
  });

  it('needs a marker for each finding, and a finding for each marker', async () => {
    expect(await problemsOf(single('slow(1);\n', 'fast(1);\n'))).toEqual([
      'a.ts:1 has a finding without a marker: safe: slow → fast',
    ]);
    expect(await problemsOf(single('// safe: slow → fast\nquick(1); slower();\n'))).toEqual([
      'a.ts:2 has a marker without a finding: safe: slow → fast',
    ]);
    const wrongLevel = '// review: slow → fast\nslow(1);\n';
    expect(await problemsOf(single(wrongLevel, wrongLevel.replace('slow(', 'fast(')))).toHaveLength(2);
    const refuted = '// ok: nothing here\nslow(1);\n';
    expect(await problemsOf(single(refuted, refuted.replace('slow(', 'fast(')))).toHaveLength(1);
  });

  it('takes several markers for one line, beside code and in JSX', async () => {
    const input = `// review: the second argument
// safe: slow
f(slow(1), slow(1, 2));
f(/* safe: slow */ slow(1)); g(); // ok: nothing more
export const a = (
  <p>
    {/* safe: slow */}
    {slow(1)}
  </p>
);
`;
    const output = input.replace(/slow\(1/g, 'fast(1');
    expect(await problemsOf(single(input, output, 'a.jsx'))).toEqual([]);
  });

  it('may be a project, whose other files must not change', async () => {
    const fixture: FixtureCase = {
      name: 'project',
      input: new Map([
        ['package.json', '{ "name": "slow" }\n'],
        ['src/a.ts', '// safe: slow\nslow(1);\n'],
        ['src/b.ts', 'slower();\n'],
      ]),
      output: new Map([['src/a.ts', '// safe: slow\nfast(1);\n']]),
      options: {},
    };
    expect(await problemsOf(fixture)).toEqual([]);
    const missing = { ...fixture, output: new Map([...fixture.output, ['src/new.ts', 'new();\n']]) };
    expect(await problemsOf(missing)).toEqual(['src/new.ts should be created, and is not']);
  });

  it('fails when its file does not parse, or the transform throws', async () => {
    expect((await problemsOf(single('slow(;\n')))[0]).toContain('a.ts: does not parse');
    const broken: Transform = { ...slowToFast, inspect: () => [{ at: {}, title: 'x', evidence: [] }] };
    expect((await problemsOf(single('slow();\n'), broken))[0]).toContain('threw TypeError');
  });

  it('fails when a second run still proposes something', async () => {
    const restless = defineTransform({
      id: 'longer-and-longer',
      summary: 'Never come to rest.',
      prefilter: /\bslow/,
      *inspect({ find, j, replace, path, text }): Generator<Finding> {
        if (text.length > 400) return;
        for (const { node } of find(j.CallExpression)) {
          yield {
            at: node,
            title: path,
            evidence: [holds('it is true')],
            edits: [replace(node.callee, 'slow.slow')],
          };
        }
      },
    }) as unknown as Transform;
    expect((await problemsOf(single('slow();\n'), restless)).join('\n')).toMatch(/still/);
  });

  it('fails when a comment is lost', async () => {
    const careless: Transform = {
      ...slowToFast,
      *inspect({ find, j, replace }): Generator<Finding> {
        for (const { node } of find(j.CallExpression, { callee: { name: 'slow' } })) {
          yield {
            at: node,
            title: 'slow → fast',
            evidence: [holds('it is true')],
            edits: [replace(node, 'fast(1)')],
          };
        }
      },
    };
    const input = '// safe: slow\nslow(/* one */ 1);\n';
    const problems = await problemsOf(single(input, '// safe: slow\nfast(1);\n'), careless);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toContain('one');
  });
});

describe('the twins of a case', () => {
  it('are written in another style, but not in literals and comments', () => {
    const input =
      'function f() {\n  /*\n    kept\n  */\n  a(`\n  ;\n`);\n  for (let i = 0; i < 1; i++) b();\n}\n';
    expect(twins(single(input, `${input}c();\n`))).toEqual({
      'with tabs and CRLF':
        'function f() {\n\t/*\n    kept\n  */\n\ta(`\n  ;\n`);\n\tfor (let i = 0; i < 1; i++) b();\n}\n'.replaceAll(
          '\n',
          '\r\n',
        ),
      'without semicolons': input.replace('`);', '`)').replace('b();', 'b()'),
    });
  });

  it('are skipped where they would be ambiguous, or nothing is to be written in another way', () => {
    expect(twins(single('a();\n[1].map(b);\n', 'b();\n'))).toMatchObject({
      'without semicolons': 'skipped: it would be ambiguous',
    });
    expect(twins(single('a()\r\n', 'b()\r\n'))).toEqual({
      'with tabs and CRLF': 'skipped: the input has nothing to write in another way',
      'without semicolons': 'skipped: the input has nothing to write in another way',
    });
  });

  it('give the twin of the output', async () => {
    const input = 'if (a) {\n  slow(1);\n}\n';
    const output = input.replace('slow', 'fast');
    const good = twinsOf(single(input, output)).flatMap(({ twin }) => twin ?? []);
    expect(good).toHaveLength(2);
    for (const twin of good) expect(await checkTwin(slowToFast, twin)).toEqual([]);
    const bad = twinsOf(single(input, input)).flatMap(({ twin }) => twin ?? []);
    expect(bad).toHaveLength(2);
    for (const twin of bad) expect(await checkTwin(slowToFast, twin)).toHaveLength(1);
  });

  it('are none where nothing is rewritten', () => {
    expect(twinsOf(single('a();\n'))).toEqual([]);
  });
});

describe('a folder of cases', () => {
  it('holds files and projects', () => {
    const folder = folderOf({
      'one.input.cts': 'slow();\n',
      'one.output.cts': 'fast();\n',
      'one.options.json': '{ "deep": true }',
      'stays.input.mjs': 'quick();\n',
      'project/input/package.json': '{}',
      'project/input/src/a.ts': 'slow();\n',
      'project/output/src/a.ts': 'fast();\n',
      'project/options.json': '{ "level": 2 }',
    });
    expect(fixtureCasesOf(folder)).toEqual([
      {
        name: 'one',
        input: new Map([['one.cts', 'slow();\n']]),
        output: new Map([['one.cts', 'fast();\n']]),
        options: { deep: true },
      },
      {
        name: 'project',
        input: new Map([
          ['package.json', '{}'],
          ['src/a.ts', 'slow();\n'],
        ]),
        output: new Map([['src/a.ts', 'fast();\n']]),
        options: { level: 2 },
      },
      { name: 'stays', input: new Map([['stays.mjs', 'quick();\n']]), output: new Map(), options: {} },
    ]);
  });

  it.each([
    [{ 'a.output.ts': '' }],
    [{ 'a.options.json': '{}' }],
    [{ 'a.input.ts': '', 'b.ts': '' }],
    [{ 'a/output/b.ts': '' }],
  ])('has nothing that would never be looked at, as %j', (files) => {
    expect(() => fixtureCasesOf(folderOf(files as unknown as Record<string, string>))).toThrow(/input/);
  });

  it('is registered with a test runner, a test for each case and each twin', async () => {
    const folder = folderOf({
      'bare.input.ts': 'slow()\r\n',
      'bare.output.ts': 'fast()\r\n',
      'stays.input.ts': '  quick();\n',
      'wrong.input.ts': '// ok: it is not\nslow();\n',
      'wrong.output.ts': 'fast();\n',
    });
    const tests = new Map<string, () => Promise<void>>();
    const skipped: string[] = [];
    describeTransform(slowToFast, folder, {
      describe: (_, register) => register(),
      it: Object.assign((name: string, test: () => Promise<void>) => tests.set(name, test), {
        skip: (name: string) => skipped.push(name),
      }),
    });
    expect([...tests.keys()]).toEqual([
      'bare',
      'stays',
      'wrong',
      'wrong, with tabs and CRLF',
      'wrong, without semicolons',
    ]);
    expect(skipped).toEqual([
      'bare, with tabs and CRLF: the input has nothing to write in another way',
      'bare, without semicolons: the input has nothing to write in another way',
    ]);
    await expect(tests.get('stays')?.()).resolves.toBeUndefined();
    await expect(tests.get('wrong')?.()).rejects.toThrow('has a finding without a marker');
  });
});
