import { isDeclaration, isExpression } from '@babel/types';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { spanOf } from '../src/edits/edit.ts';
import { nodeAt } from '../src/facts/bridge.ts';
import { isNode, type Path } from '../src/syntax/ast.ts';
import { parseFile } from '../src/syntax/file.ts';

const root = join(import.meta.dirname, '..');
const sources = ['src', 'transforms', '__tests__'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name)),
);

const TRICKY: Readonly<Record<string, string>> = {
  'exports.ts': `#!/usr/bin/env node
export function f() {}
export default class A {}
export abstract class B { abstract m(): void; }
export async function* g() { yield* g(); }
export const x = 1, y = (2);
export declare const z: number;
export enum E { A, 'b-c' = 2 }
export namespace N.M { export const q = 1 }
export interface I<T> { (x: T): T; readonly [key: string]: unknown }
export type U = typeof x | (new () => A) | \`a\${string}\`;
export { f as g2 };
export /* why */ const noted = 1;
`,
  'decorated.ts': `@dec export class A { @dec() private readonly x = 1; @dec m(@dec() p: string) {} constructor(private y?: number) {} }
export default @dec class B {}
@dec
class C { accessor a = 1; static { f(); } #p = 1; get q() { return this.#p; } }
`,
  'annotated.ts': `function f(this: Window, a: number, b?: string, { c, d = 1, ...e }: P = {}, [g, , h = 2]: Q, ...rest: R[]): asserts a is 1 {}
let v!: string; const [p]: number[] = q, { k: { l } }: S = s;
const arrow = async <T,>(x: T): Promise<void> => { await x; };
`,
  'expressions.ts': `const a = (b, c), d = ((e)), f = !(g as H), i = j!.k?.[l]?.(m).n, o = <P>q, r = s satisfies T, u = v<W>;
x ||= y ?? (z && 1n); /re/gu.test(\`a\${\`b\${c}\`}d\`); tag\`t\`; tag<string>\`t\${1}\`;
new Foo; new Foo<T>(1); new.target; import('x'); import.meta.url; void 0, typeof a, delete b.c; i++; --j;
({ a, b: c, 'd': e, [f]: g, h() {}, get i() { return 1 }, set i(v) {}, async *j() {}, ...k });
({ a, b: c = 1, ...d } = e); [a, , b = 2, ...c] = d;
for (const x of y) for (let i = 0; ; ) for (k in l) break;
if (a) b; else (c)
d
;[e].map(f)
label: while (1) continue label;
throw (function () { return super.x }, class { static x = 1 })
`,
  'elements.tsx': `const a = <A.B.C x="1" {...p} y={<></>} z:w="q"> text {a} &amp; {...b} <br/></A.B.C>; const g = <T,>(x: T) => x; <D<string> />;
`,
  'plain.js': `'use strict'; var a = function b() {}, c = class D {}; exports.x = a; label: for (;;) { break label }
with (a) { b }
`,
  'unicode.ts': `const \\u0061b = 1, 名前 = '😀', c = 名前 + \\u0061b;\r\n\texport const d = c;\r\n`,
};

/** Identifiers of Babel that are a word of the syntax, or a part of what is one node for TypeScript: `new` of `new.target`, `p` of `#p`. */
function hasNoTwin(path: Path): boolean {
  if (isNode(path.parent, 'MetaProperty')) return path.key === 'meta';
  if (isNode(path, 'JSXEmptyExpression') || isNode(path.parent, 'PrivateName')) return true;
  return (
    isNode(path.parent, 'ClassMethod', 'TSDeclareMethod') &&
    path.key === 'key' &&
    path.parent.node.kind === 'constructor'
  );
}

const languageOf = (path: string): ts.ScriptKind =>
  path.endsWith('.tsx') ? ts.ScriptKind.TSX : path.endsWith('.js') ? ts.ScriptKind.JS : ts.ScriptKind.TS;

function check(path: string, text: string): { readonly checked: number; readonly faults: readonly string[] } {
  const file = parseFile(path, text);
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, languageOf(path));
  const faults: string[] = [];
  let checked = 0;
  for (const at of file.paths) {
    const { node } = at;
    if (!(
      isExpression(node) ||
      isDeclaration(node) ||
      isNode(at, 'Identifier') ||
      node.type === 'VariableDeclarator'
    ))
      continue;
    if (hasNoTwin(at)) continue;
    checked++;
    const [start, end] = spanOf(node);
    const found = nodeAt(source, [start, end], node.type);
    const told = `${node.type} ${JSON.stringify(text.slice(start, end).slice(0, 60))}`;
    if (found === undefined) {
      faults.push(`${told} has no twin`);
      continue;
    }
    if (node.type === 'Identifier') {
      const name = ts.isIdentifier(found) ? found.text : undefined;
      if (name !== node.name || found.getStart(source) !== start)
        faults.push(`${told} is ${found.getText(source)}`);
    } else if (!node.type.endsWith('Pattern') && found.end !== end) faults.push(`${told} ends elsewhere`);
    if (isExpression(node) && ts.isStatement(found) && !ts.isBlock(found))
      faults.push(`${told} is a statement`);
  }
  return { checked, faults };
}

describe('the bridge between the trees', () => {
  it.each(Object.entries(TRICKY))('finds every node of %s', (name, text) => {
    const { checked, faults } = check(name, text);
    expect(faults).toEqual([]);
    expect(checked).toBeGreaterThan(10);
  });

  it('finds every node of this project', () => {
    const results = sources.map((path) => ({ path, ...check(path, readFileSync(path, 'utf8')) }));
    expect(results.flatMap(({ path, faults }) => faults.map((fault) => `${path}: ${fault}`))).toEqual([]);
    expect(results.reduce((sum, { checked }) => sum + checked, 0)).toBeGreaterThan(10_000);
  });

  it('finds nothing where no node of that kind stands', () => {
    const source = ts.createSourceFile('a.ts', 'foo(bar);', ts.ScriptTarget.Latest, true);
    expect(nodeAt(source, [4, 7], 'Identifier')?.getText(source)).toBe('bar');
    expect(nodeAt(source, [4, 7], 'CallExpression')).toBeUndefined();
    expect(nodeAt(source, [3, 7], 'Identifier')).toBeUndefined();
    expect(nodeAt(source, [0, 7], 'CallExpression')).toBeUndefined();
  });
});
