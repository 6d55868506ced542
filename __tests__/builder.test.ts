import { describe, expect, test } from 'vitest';
import { textOf } from '../src/edits/code.ts';
import { applyEdits } from '../src/edits/compose.ts';
import type { t } from '../src/syntax/ast.ts';
import { codeOf, type BuilderNode } from '../src/syntax/builder.ts';
import { parseFile, type ParsedFile } from '../src/syntax/file.ts';
import { provideBuilders } from '../src/syntax/builders.ts';
import { j } from '../src/syntax/j.ts';
import { replace } from '../src/syntax/replace.ts';
import { append, insertAfter } from '../src/syntax/statements.ts';

provideBuilders(j);

/** The widest node whose text is `text`, for use in a builder. */
function quoted(file: ParsedFile, text: string): never {
  const path = file.paths.find(({ node }) => file.text.slice(node.start ?? 0, node.end ?? 0) === text);
  if (path === undefined) throw new Error(`There is no node ${text}.`);
  return path.node as never;
}

type Build = (file: ParsedFile) => BuilderNode;

const rows: readonly (readonly [name: string, input: string, build: Build, output: string])[] = [
  ['a node of the file', 'x = ( a  +  b );\n', (f) => quoted(f, 'a  +  b'), '( a  +  b )'],
  ['an expression', 'a;\n', () => j.callExpression(j.identifier('f'), [j.literal('x')]), "f('x')"],
  ['double quotes', 'a("b");\n', () => j.literal('x'), '"x"'],
  [
    'an argument',
    'g( 1,2 );\n',
    (f) => j.callExpression(j.identifier('f'), [quoted(f, 'g( 1,2 )')]),
    'f(g( 1,2 ))',
  ],
  [
    'a callee that needs parentheses',
    'x = a  || b;\n',
    (f) => j.memberExpression(quoted(f, 'a  || b'), j.identifier('c')),
    '(a  || b).c',
  ],
  [
    'an argument that needs none',
    'x = (a  || b);\n',
    (f) => j.callExpression(j.identifier('f'), [quoted(f, 'a  || b')]),
    'f(a  || b)',
  ],
  [
    'parentheses that hold a comment',
    'x = (/* why */ a);\n',
    (f) => j.callExpression(j.identifier('f'), [quoted(f, 'a')]),
    'f((/* why */ a))',
  ],
  [
    'await of a conditional',
    'x = a ? b  : c;\n',
    (f) => j.awaitExpression(quoted(f, 'a ? b  : c')),
    'await (a ? b  : c)',
  ],
  [
    'an arrow with an object for its body',
    'x = { a:1 };\n',
    (f) => j.arrowFunctionExpression([], quoted(f, '{ a:1 }')),
    '() => ({ a:1 })',
  ],
  [
    'a parameter and a body',
    'x = y => { z( y ) };\n',
    (f) => j.functionExpression(null, [quoted(f, 'y')], quoted(f, '{ z( y ) }')),
    'function(y) { z( y ) }',
  ],
  [
    'a statement',
    'f( 1 );\n',
    (f) => j.ifStatement(j.identifier('a'), j.blockStatement([quoted(f, 'f( 1 );')])),
    'if (a) {\n  f( 1 );\n}',
  ],
  [
    'a template literal',
    'q(`\n  a\n    ${b}\n`);\n',
    (f) => j.awaitExpression(j.callExpression(j.identifier('q'), [quoted(f, '`\n  a\n    ${b}\n`')])),
    'await q(`\n  a\n    ${b}\n`)',
  ],
  [
    'parts of a template literal',
    '`a\n\t${ b  }`;\n',
    (f) => {
      const literal = quoted(f, '`a\n\t${ b  }`') as t.TemplateLiteral;
      return j.templateLiteral(literal.quasis as never, [
        j.callExpression(j.identifier('f'), literal.expressions as never),
      ]);
    },
    '`a\n\t${f(b)}`',
  ],
  [
    'a built template literal',
    'a;\n',
    () =>
      j.templateLiteral(
        [
          j.templateElement({ raw: 'x\n  ', cooked: 'x\n  ' }, false),
          j.templateElement({ raw: '', cooked: '' }, true),
        ],
        [j.identifier('a')],
      ),
    '`x\n  ${a}`',
  ],
  [
    'a short object',
    'a;\n',
    () =>
      j.objectExpression([
        j.property('init', j.identifier('a'), j.literal(1)),
        j.property('init', j.identifier('b'), j.literal(2)),
      ]),
    '{ a: 1, b: 2 }',
  ],
  [
    'an object in a call',
    'x( y );\n',
    (f) =>
      j.callExpression(j.identifier('f'), [
        j.objectExpression([j.property('init', j.identifier('err'), quoted(f, 'x( y )'))]),
        j.literal('m'),
      ]),
    "f({ err: x( y ) }, 'm')",
  ],
  [
    'properties of an object',
    'x = { a:1, get b() { return 1 }, ...c };\n',
    (f) =>
      j.objectExpression([
        ...(quoted(f, '{ a:1, get b() { return 1 }, ...c }') as t.ObjectExpression).properties,
        j.property('init', j.identifier('d'), j.literal(1)),
      ] as never),
    '{ a:1, get b() { return 1 }, ...c, d: 1 }',
  ],
  [
    'spread arguments',
    'g(... a, b);\n',
    (f) =>
      j.callExpression(j.identifier('f'), (quoted(f, 'g(... a, b)') as t.CallExpression).arguments as never),
    'f(... a, b)',
  ],
  [
    'a shorthand that is not one any more',
    'x = { a };\n',
    (f) => j.callExpression(j.identifier('f'), [quoted(f, '{ a }')]),
    'f({ a })',
  ],
  [
    'a copy of a node with a change',
    'x = (a, b) => { c( a ) };\n',
    (f) => ({ ...(quoted(f, '(a, b) => { c( a ) }') as t.ArrowFunctionExpression), async: true }),
    'async (a, b) => { c( a ) }',
  ],
  [
    'an element',
    'x = <p a="&quot;" {...b}>It&apos;s {y}  z</p>;\n',
    (f) => {
      const element = quoted(f, '<p a="&quot;" {...b}>It&apos;s {y}  z</p>') as t.JSXElement;
      return j.jsxElement(
        j.jsxOpeningElement(j.jsxIdentifier('q'), element.openingElement.attributes as never),
        j.jsxClosingElement(j.jsxIdentifier('q')),
        element.children as never,
      );
    },
    '<q a="&quot;" {...b}>It&apos;s {y}  z</q>',
  ],
  [
    'an element in an element',
    'x = <p>a&nbsp;</p>;\n',
    (f) =>
      j.jsxElement(j.jsxOpeningElement(j.jsxIdentifier('q'), []), j.jsxClosingElement(j.jsxIdentifier('q')), [
        quoted(f, '<p>a&nbsp;</p>'),
      ]),
    '<q><p>a&nbsp;</p></q>',
  ],
];

describe('codeOf', () => {
  test.each(rows)('%s', (_name, input, build, output) => {
    const file = parseFile('/a.jsx', input);
    expect(textOf(codeOf(build(file), file), input)).toBe(output);
  });

  test('quotes types', () => {
    const input = 'const a: Map< string, A > = b;\n';
    const file = parseFile('/a.ts', input);
    const id = j.identifier('c');
    id.typeAnnotation = quoted(file, ': Map< string, A >');
    const built = j.variableDeclaration('let', [j.variableDeclarator(id, null)]);
    expect(textOf(codeOf(built, file), input)).toBe('let c: Map< string, A >;');
  });

  test('quotes, so that other edits inside still apply', () => {
    const input = 'f(a.b());\n';
    const file = parseFile('/a.js', input);
    const call = quoted(file, 'f(a.b())');
    const outer = replace(file, call, j.awaitExpression(call));
    const inner = replace(file, quoted(file, 'a'), 'c');
    expect(applyEdits(input, [outer, inner])).toBe('await f(c.b());\n');
  });

  test('follows tabs, CRLF and quotes where it is inserted', () => {
    const input = 'function f() {\r\n\ta("x")\r\n}\r\n';
    const file = parseFile('/a.js', input);
    const block = file.find('BlockStatement')[0]?.node;
    if (block === undefined) throw new Error('A block is expected.');
    const built = j.ifStatement(
      j.identifier('b'),
      j.blockStatement([j.expressionStatement(j.callExpression(j.identifier('c'), [j.literal('d')]))]),
    );
    expect(applyEdits(input, [append(file, block, built)])).toBe(
      'function f() {\r\n\ta("x")\r\n\tif (b) {\r\n\t\tc("d")\r\n\t}\r\n}\r\n',
    );
  });

  test('inserts a built expression as a statement', () => {
    const file = parseFile('/a.js', 'a();\n');
    const statement = file.tree.program.body[0];
    if (statement === undefined) throw new Error('A statement is expected.');
    const built = j.callExpression(j.identifier('b'), []);
    expect(applyEdits(file.text, [insertAfter(file, statement, built)])).toBe('a();\nb();\n');
  });
});
