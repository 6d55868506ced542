import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { API, FileInfo } from 'jscodeshift';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../src/edits/compose.ts';
import { safetyOf, type Safety } from '../src/evidence.ts';
import { asTransform } from '../src/run/foreign.ts';
import { plan } from '../src/run/plan.ts';
import { parseFile } from '../src/syntax/file.ts';
import type { FileContext, Finding, Options } from '../src/transform.ts';

interface Outcome {
  readonly text: string;
  readonly safety: Safety | undefined;
  readonly claims: readonly string[];
  readonly findings: readonly Finding[];
}

/** Runs `module` on one file and applies what it proposes. */
async function run(module: unknown, text: string, path = '/p/a.ts', options: Options = {}): Promise<Outcome> {
  const file = { ...parseFile(path, text), options } as unknown as FileContext;
  const findings = [
    ...((await asTransform('./codemods/Their_Codemod.js', module).inspectAsync?.(file)) ?? []),
  ];
  const evidence = findings.flatMap((finding) => [...finding.evidence]);
  const edits = findings.flatMap((finding) => [...(finding.edits ?? [])]);
  return {
    text: applyEdits(text, edits),
    safety: findings.length === 0 ? undefined : safetyOf(evidence),
    claims: evidence.filter(({ verdict }) => verdict === 'fails').map(({ claim }) => claim),
    findings,
  };
}

/** Makes recast print a node from its parts, in its own style. */
const anew = <N extends object>(node: N): N => Object.assign({ ...node }, { original: null, loc: null });

const addLine = ({ source }: FileInfo, { j }: API): string =>
  j(source)
    .find(j.ReturnStatement)
    .insertBefore(j.expressionStatement(j.callExpression(j.identifier('trace'), [])))
    .toSource();

const both = ({ source }: FileInfo): string => `import x from 'x';\n${source.replace('y()', 'x()')}`;

const reprint = ({ source }: FileInfo, { j }: API): string =>
  j(source)
    .find(j.Program)
    .forEach((path) => {
      path.node.body = path.node.body.map(anew);
    })
    .toSource({ quote: 'single' });

const rename = ({ source }: FileInfo, { j }: API): string =>
  j(source).find(j.JSXIdentifier, { name: 'Old' }).replaceWith(j.jsxIdentifier('New')).toSource();

const toUpper = (text: string) => text.replace('low', 'LOW');

const broken = (): never => {
  throw new Error('no idea what this is');
};

const reindent = ({ source }: FileInfo): string =>
  source.replace('function', 'async function').replace(/\t/g, '    ');

const renameImport = ({ source }: FileInfo, { j }: API): string =>
  j(source)
    .find(j.ImportDeclaration, { source: { value: 'old-http' } })
    .forEach(({ node }) => {
      node.source = j.literal('new-http');
    })
    .toSource();

const varToConst = ({ source }: FileInfo, { jscodeshift: j }: API): string =>
  j(source)
    .find(j.VariableDeclaration, { kind: 'var' })
    .forEach(({ node }) => {
      node.kind = 'const';
    })
    .toSource();

const addArgument = ({ source }: FileInfo, { j }: API, options: Options): string =>
  j(source)
    .find(j.CallExpression, { callee: { name: 'fetchUser' } })
    .forEach(({ node }) => {
      node.arguments.push(j.literal(String(options['mode'] ?? 'full')));
    })
    .toSource({ quote: 'single' });

/** Builds every function anew, as many codemods do: recast then prints all of it in its own style. */
const functionsToAsync = ({ source }: FileInfo, { j }: API): string =>
  j(source)
    .find(j.FunctionDeclaration)
    .replaceWith(({ node }) => {
      const made = j.functionDeclaration(node.id, node.params, j.blockStatement(node.body.body.map(anew)));
      made.async = true;
      return made;
    })
    .toSource();

const dropFirstStatementComments = ({ source }: FileInfo, { j }: API): string =>
  j(source)
    .find(j.VariableDeclaration, { kind: 'var' })
    .replaceWith(({ node }) => j.variableDeclaration('const', node.declarations))
    .toSource();

const removeDebug = ({ source }: FileInfo, { j }: API): string =>
  j(source)
    .find(j.ExpressionStatement, { expression: { callee: { name: 'debug' } } })
    .remove()
    .toSource();

const picky = (file: FileInfo, api: API): string =>
  file.source.includes('odd') ? broken() : renameImport(file, api);

const planOn = async (module: unknown, files: Readonly<Record<string, string>>, level: 'safe' | 'review') => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'foreign-')));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const chosen = { transform: asTransform('codemod.js', module), options: {} };
  return plan({ cwd: folder, paths: ['.'], transforms: [chosen], level, format: false });
};

describe('what an ordinary codemod changes', () => {
  it('touches the one string that it renames', async () => {
    const before = `import { get } from "old-http";\nimport b from "b"\n\n\nexport const x = { a:1,b : [ 1,2 ] }\n`;
    const { text, safety, findings } = await run(renameImport, before);
    expect(text).toBe(before.replace('old-http', 'new-http'));
    expect(safety).toBe('review');
    expect(findings[0]?.title).toBe('Apply `their-codemod` in one place');
  });

  it('leaves semicolons, quotes and spacing of a reprinted statement alone', async () => {
    const before = `var a = f( "x",'y' )\nvar b = (z) => z , c = y => y\nlet d=1\n`;
    const { text } = await run(varToConst, before);
    expect(text).toBe(before.replaceAll('var ', 'const '));
  });

  it('adds an argument, and reads the options of the run', async () => {
    const before = 'const u = fetchUser(id);\nfetchUser(\n  other, // the other one\n);\n';
    const { text } = await run(addArgument, before, '/p/a.ts', { mode: 'lean' });
    expect(text).toContain(`fetchUser(id, 'lean')`);
    expect(text).toContain('// the other one');
    expect(text.match(/'lean'/g)).toHaveLength(2);
  });

  it('keeps CRLF and tabs', async () => {
    const before = 'function f() {\r\n\tvar a = 1;\r\n\tif (a) {\r\n\t\tvar b = 2;\r\n\t}\r\n}\r\n';
    const { text } = await run(varToConst, before, '/p/a.js');
    expect(text).toBe(before.replaceAll('var ', 'const '));
  });

  it('indents new lines as the file does', async () => {
    const before = 'function f() {\r\n\tif (a) {\r\n\t\tg();\r\n\t\treturn 1;\r\n\t}\r\n}\r\n';
    const { text } = await run(addLine, before);
    expect(text).toBe(before.replace('\t\treturn', '\t\ttrace();\r\n\t\treturn'));
  });

  it('removes a statement with its line and its comment', async () => {
    const before = 'a();\n// tells the state\ndebug(1);\nb();\n\nc(); // stays\n';
    const { text, safety } = await run(removeDebug, before);
    expect(text).toBe('a();\nb();\n\nc(); // stays\n');
    expect(safety).toBe('review');
  });

  it('keeps an import and its use together in one finding', async () => {
    const { text, findings } = await run(both, 'const a = 1;\ny();\n');
    expect(text).toBe(`import x from 'x';\nconst a = 1;\nx();\n`);
    expect(findings).toHaveLength(1);
    expect([...(findings[0]?.edits ?? [])]).toHaveLength(2);
  });

  it('says nothing where only the printing differs', async () => {
    const { text, findings } = await run(reprint, 'foo( "a" ,  x=>x )\nbar()\n');
    expect(findings).toEqual([]);
    expect(text).toBe('foo( "a" ,  x=>x )\nbar()\n');
  });

  it('rewrites JSX without its indentation', async () => {
    const before = 'export const a = (\n\t<Old title="it">\n\t\tsome text\n\t\t{value}\n\t</Old>\n);\n';
    const { text } = await run(rename, before, '/p/a.tsx');
    expect(text).toBe(before.replaceAll('Old', 'New'));
  });
});

describe('what an ordinary codemod may be', () => {
  it.each([
    ['a function', ({ source }: FileInfo) => toUpper(source)],
    ['a default export', { default: ({ source }: FileInfo) => toUpper(source) }],
    ['a default export inside one', { default: { default: ({ source }: FileInfo) => toUpper(source) } }],
    ['asynchronous', async ({ source }: FileInfo) => Promise.resolve(toUpper(source))],
  ])('is %s', async (_, module) => {
    expect((await run(module, 'low();\n')).text).toBe('LOW();\n');
  });

  it.each([undefined, null, ''])('has nothing to change when it returns %j', async (nothing) => {
    expect((await run(() => nothing, 'a();\n')).findings).toEqual([]);
  });

  it('brings its own parser, by name or as an object', async () => {
    const module = { parser: 'tsx', default: renameImport };
    const before = `import { get } from 'old-http';\nexport const a = <T,>(x: T) => <b>{get(x)}</b>;\n`;
    expect((await run(module, before, '/p/a.tsx')).text).toBe(before.replace('old-http', 'new-http'));
    const parsed: string[] = [];
    const parser = {
      parse(source: string) {
        parsed.push(source);
        throw new SyntaxError('the parser was asked');
      },
    };
    await expect(run({ default: renameImport, parser }, 'a();\n')).rejects.toThrow('the parser was asked');
    expect(parsed).toHaveLength(1);
  });

  it('reads TypeScript when it asks for no parser', async () => {
    const before = 'var a: number = 1 as const;\n';
    expect((await run(varToConst, before)).text).toBe(before.replace('var', 'const'));
  });

  it('throws to its caller, who says which file failed', async () => {
    await expect(run(broken, 'a();\n')).rejects.toThrow('no idea what this is');
  });

  it('reports what it says', async () => {
    const { findings, safety } = await run((_: FileInfo, { report }: API) => {
      report('look at this by hand');
    }, 'a();\n');
    expect(findings.map(({ title }) => title)).toEqual(['look at this by hand']);
    expect(safety).toBe('report');
  });

  it('is refused when it is no function', () => {
    expect(() => asTransform('codemod.js', { default: 1 })).toThrow(TypeError);
  });
});

describe('what is refused', () => {
  it('is a template literal with other indentation', async () => {
    const before = 'function f() {\n\treturn sql`\n\t\tSELECT *\n\t\tFROM t\n\t`;\n}\n';
    const { text, claims, safety } = await run(reindent, before);
    expect(text).toBe(before);
    expect(safety).toBe('report');
    expect(claims).toEqual([
      'the whitespace in the template literal would change, which is part of its value',
    ]);
  });

  it('is what recast makes of a template literal in a function that it prints anew', async () => {
    const before = 'function f() {\n        return `\n  a\n    b`;\n}\n';
    const { text, claims } = await run(functionsToAsync, before);
    expect(text).toBe(before);
    expect(claims).toEqual([
      'the whitespace in the template literal would change, which is part of its value',
    ]);
  });

  it('is a lost comment whose code is still there', async () => {
    const before = '// why this is here\nvar a = 1;\nb(); // and this\n';
    const { text, claims, safety } = await run(dropFirstStatementComments, before);
    expect(text).toBe(before);
    expect(safety).toBe('report');
    expect(claims).toEqual(['the comment `// why this is here` would be lost']);
  });

  it('is a text that does not parse', async () => {
    const { text, claims, safety } = await run(() => 'const = 1;\n', 'a();\n');
    expect(text).toBe('a();\n');
    expect(safety).toBe('report');
    expect(claims[0]).toMatch(/does not parse: .* \(line 1 of it\)/);
  });

  it('is a lost #! line and a lost directive', async () => {
    const before = `#!/usr/bin/env node\n'use strict';\na();\n`;
    const { claims } = await run(() => 'a(1);\n', before, '/p/a.js');
    expect(claims).toEqual(['the directive `use strict` would be lost', 'the `#!` line would be lost']);
  });

  it('is not the directive of a file that becomes a module', async () => {
    const { text, safety } = await run(
      () => `import a from 'a';\na();\n`,
      `'use strict';\nconst a = require('a');\na();\n`,
      '/p/a.js',
    );
    expect(text).toBe(`import a from 'a';\na();\n`);
    expect(safety).toBe('review');
  });
});

describe('a run with an ordinary codemod', () => {
  it('applies it once, also where it would change its own output again', async () => {
    const { changes, failures } = await planOn(addArgument, { 'a.ts': 'fetchUser(1);\n' }, 'review');
    expect(failures).toEqual([]);
    expect(changes.map(({ after }) => after)).toEqual([`fetchUser(1, 'full');\n`]);
  });

  it('changes nothing where only what is safe is wanted', async () => {
    const { changes, findings } = await planOn(addArgument, { 'a.ts': 'fetchUser(1);\n' }, 'safe');
    expect(changes).toEqual([]);
    expect(findings.map(({ safety }) => safety)).toEqual(['review']);
  });

  it('tells which file failed, and goes on with the others', async () => {
    const files = { 'a.ts': `import 'odd';\n`, 'b.ts': `import 'old-http';\n` };
    const { changes, failures } = await planOn(picky, files, 'review');
    expect(failures.map(({ path, reason }) => [basename(path), reason])).toEqual([
      ['a.ts', expect.stringContaining('no idea what this is')],
    ]);
    expect(changes.map(({ after }) => after)).toEqual([`import 'new-http';\n`]);
  });

  it('keeps a byte order mark', async () => {
    const { changes } = await planOn(renameImport, { 'a.ts': `\uFEFFimport 'old-http';\r\n` }, 'review');
    expect(changes.map(({ after }) => after)).toEqual([`\uFEFFimport 'new-http';\r\n`]);
  });
});
