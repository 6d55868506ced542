import { describe, expect, test } from 'vitest';
import { applyEdits } from '../src/edits/compose.ts';
import type { Edit } from '../src/edits/edit.ts';
import type { t } from '../src/syntax/ast.ts';
import { parseFile, type ParsedFile } from '../src/syntax/file.ts';
import {
  append,
  insertAfter,
  insertBefore,
  prepend,
  removeStatement,
  wrapStatements,
} from '../src/syntax/statements.ts';

function statement(file: ParsedFile, text: string): t.Node {
  const path = file.paths.find(({ node }) => file.text.slice(node.start ?? 0, node.end ?? 0) === text);
  if (path === undefined) throw new Error(`There is no ${text}.`);
  return path.node;
}

const wrap = (file: ParsedFile, text: string): Edit =>
  wrapStatements(file, [statement(file, text)], 'try {', '} catch {}');

const rows: readonly (readonly [
  name: string,
  input: string,
  act: (file: ParsedFile) => Edit,
  output: string,
])[] = [
  [
    'prepend below directives',
    "'use strict';\na();\n",
    (f) => prepend(f, f.tree.program, 'x();'),
    "'use strict';\nx();\na();\n",
  ],
  [
    'prepend below a licence',
    '/* License */\na();\n',
    (f) => prepend(f, f.tree.program, 'x();'),
    '/* License */\nx();\na();\n',
  ],
  [
    'append below comments',
    'a();\n// end\n',
    (f) => append(f, f.tree.program, 'x();'),
    'a();\n// end\nx();\n',
  ],
  ['append to an empty file', '', (f) => append(f, f.tree.program, 'x();'), 'x();\n'],
  ['wrap one of a line', '{ a(); }\n', (f) => wrap(f, 'a();'), '{ try { a(); } catch {} }\n'],
  [
    'wrap one without braces',
    'if (a)\n  b();\n',
    (f) => wrap(f, 'b();'),
    'if (a) {\n  try {\n    b();\n  } catch {}\n}\n',
  ],
  [
    'wrap with comments',
    '// about a\na(); // on a\nb();\n',
    (f) => wrap(f, 'a();'),
    'try {\n  // about a\n  a(); // on a\n} catch {}\nb();\n',
  ],
  [
    'wrap a drawn comment',
    'a(\n/*\n  +-+\n   |\n*/\n  1,\n);\n',
    (f) => wrap(f, 'a(\n/*\n  +-+\n   |\n*/\n  1,\n);'),
    'try {\n  a(\n  /*\n  +-+\n   |\n*/\n    1,\n  );\n} catch {}\n',
  ],
  [
    'wrap in tabs',
    'function f() {\n\ta(\n\t\t1,\n\t);\n}\n',
    (f) => wrap(f, 'a(\n\t\t1,\n\t);'),
    'function f() {\n\ttry {\n\t\ta(\n\t\t\t1,\n\t\t);\n\t} catch {}\n}\n',
  ],
  [
    'insert several lines',
    'function f() {\n    a();\n}\n',
    (f) => insertBefore(f, statement(f, 'a();'), 'if (b) {\n  c("d")\n}'),
    "function f() {\n    if (b) {\n        c('d');\n    }\n    a();\n}\n",
  ],
  [
    'insert before an export',
    '// about a\nexport const a = 1;\n',
    (f) => insertBefore(f, statement(f, 'const a = 1;'), 'x();'),
    'x();\n// about a\nexport const a = 1;\n',
  ],
  [
    'insert into a case',
    'switch (a) {\n  case 1:\n    b();\n    break;\n}\n',
    (f) => insertAfter(f, statement(f, 'b();'), 'x();'),
    'switch (a) {\n  case 1:\n    b();\n    x();\n    break;\n}\n',
  ],
  [
    'keep lines apart after a removal',
    'const a = b\nfunction f() {}\n(c)()\n',
    (f) => removeStatement(f, statement(f, 'function f() {}')),
    'const a = b\n;(c)()\n',
  ],
  [
    'end what would run on',
    'function f() {}\n(c)()\nd()\n',
    (f) => insertAfter(f, statement(f, 'function f() {}'), 'x()'),
    'function f() {}\nx();\n(c)()\nd()\n',
  ],
];

describe('statements', () => {
  test.each(rows)('%s', (_name, input, act, output) => {
    expect(applyEdits(input, [act(parseFile('/a.js', input))])).toBe(output);
    expect(() => parseFile('/a.js', output)).not.toThrow();
  });
});
