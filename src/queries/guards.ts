/** What decides in a turn whether it comes to a query. */
import { runWith } from '../concurrency/index.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { File } from './query.ts';

const EXITS = /^(Continue|Return|Throw|Break)Statement$/;

/** The test of what can leave a list of statements before they come to their end. */
function* exitsIn(file: File, statement: t.Node): Generator<t.Node> {
  for (const path of runWith(file, statement)) {
    if (!EXITS.test(path.node.type)) continue;
    let at: Path = path;
    while (
      at.node !== statement &&
      at.parent !== null &&
      !isNode(at.parent, 'IfStatement', 'SwitchStatement')
    )
      at = at.parent;
    if (isNode(at.parent, 'IfStatement')) yield at.parent.node.test;
    else yield isNode(at.parent, 'SwitchStatement') ? at.parent.node.discriminant : statement;
  }
}

/** The tests in the code around `path`, up to `outer`, and of what may leave that code before it comes to `path`. */
export function* guardsOf(file: File, path: Path, outer: Path): Generator<t.Node> {
  for (let at: Path = path; at.parent !== null && at !== outer; at = at.parent) {
    const { node } = at.parent;
    if ((node.type === 'IfStatement' || node.type === 'ConditionalExpression') && at.key !== 'test')
      yield node.test;
    if (node.type === 'LogicalExpression' && at.key === 'right') yield node.left;
    if (node.type === 'SwitchCase' && at.key === 'consequent' && isNode(at.parent.parent, 'SwitchStatement'))
      yield at.parent.parent.node.discriminant;
    if (node.type === 'TryStatement' && at.key === 'handler') yield node;
    if (node.type === 'CatchClause' && at.key === 'body') yield node;
    if (node.type === 'BlockStatement' || node.type === 'SwitchCase') {
      const statements = node.type === 'BlockStatement' ? node.body : node.consequent;
      for (const one of statements) {
        if ((one.start ?? 0) >= (at.node.start ?? 0)) break;
        yield* exitsIn(file, one);
      }
    }
  }
}

/** The statements that a turn runs before it comes to the one that `path` stands in. */
export function* statementsBefore(path: Path, outer: Path): Generator<t.Node> {
  for (let at: Path = path; at.parent !== null && at !== outer; at = at.parent) {
    const { node } = at.parent;
    const statements =
      node.type === 'BlockStatement' ? node.body : node.type === 'SwitchCase' ? node.consequent : [];
    for (const one of statements) {
      if ((one.start ?? 0) >= (at.node.start ?? 0)) break;
      yield one;
    }
  }
}

/** The expressions that a test asks whether they are there: `post.author` of `!post.author || post.isDraft`. */
export function* askedForPresence(file: File, test: t.Node): Generator<string> {
  switch (test.type) {
    case 'LogicalExpression':
      yield* askedForPresence(file, test.left);
      yield* askedForPresence(file, test.right);
      return;
    case 'UnaryExpression':
      if (test.operator === '!' || test.operator === 'typeof') yield* askedForPresence(file, test.argument);
      return;
    case 'BinaryExpression':
      if (/^(null|undefined)$/.test(file.textOf(test.right))) yield file.textOf(test.left);
      if (test.left.type === 'UnaryExpression' && test.left.operator === 'typeof')
        yield file.textOf(test.left.argument);
      return;
    case 'Identifier':
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      yield file.textOf(test);
      return;
    default:
  }
}

/** Whether a test only asks whether some of `texts` are there: what a flag says, by being true, is another matter. */
export function asksOnlyForPresence(file: File, test: t.Node, texts: ReadonlySet<string>): boolean {
  switch (test.type) {
    case 'LogicalExpression':
      return asksOnlyForPresence(file, test.left, texts) && asksOnlyForPresence(file, test.right, texts);
    case 'UnaryExpression':
      return test.operator === '!' && asksOnlyForPresence(file, test.argument, texts);
    case 'BinaryExpression':
      return (
        /^[!=]==?$/.test(test.operator) &&
        (test.right.type === 'NullLiteral' ||
          (test.right.type === 'Identifier' && test.right.name === 'undefined'))
      );
    default:
      return texts.has(file.textOf(test).replaceAll('?.', '.'));
  }
}

/** A chain of properties, with `?.` behind each part of it that is asked for its presence: `post.author?.id`. */
export function withPresence(text: string, present: ReadonlySet<string>): string {
  if (!/^[\w$]+(\??\.[\w$]+(\(\))?)+$/.test(text)) return text;
  const parts = text.split(/\??\./);
  let plain = '';
  let written = '';
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      plain = part;
      written = part;
      continue;
    }
    written += (present.has(plain) ? '?.' : '.') + part;
    plain += `.${part}`;
  }
  return written;
}
