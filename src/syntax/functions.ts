import { joinCode, outerSpanOf } from '../edits/code.ts';
import { spanOf, type Edit, type Span } from '../edits/edit.ts';
import type { Path, t } from './ast.ts';
import { nextCode, previousCode } from './comments.ts';
import type { ParsedFile } from './file.ts';
import { indentLines } from './layout.ts';
import { indentAt } from './lines.ts';
import { levelOf, LEVEL, needsParentheses } from './precedence.ts';
import { opensOpenLine } from './semicolons.ts';
import { styleOf } from './style.ts';

/** Every kind of function that can be made asynchronous. */
export type AsyncableFunction =
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod;

/** Where `async` goes in a method: before its `*`, its `[`, or its name, after decorators and modifiers. */
function methodStart(
  file: ParsedFile,
  method: t.ObjectMethod | t.ClassMethod | t.ClassPrivateMethod,
): number {
  const { text } = file;
  let at = spanOf(method.key)[0];
  if (method.computed) {
    at = outerSpanOf(method.key)[0];
    while (text[at] !== '[') at = previousCode(file, at) - 1;
  }
  const before = previousCode(file, at);
  return text[before - 1] === '*' && method.generator ? before - 1 : at;
}

/** Why `fn` cannot be asynchronous: an accessor, a constructor, or a function that narrows a type by its result. */
function whyNeverAsync(fn: AsyncableFunction): string | undefined {
  if ('kind' in fn && fn.kind !== 'method') return `A ${fn.kind}`;
  const result = fn.returnType?.type === 'TSTypeAnnotation' ? fn.returnType.typeAnnotation.type : undefined;
  return result === 'TSTypePredicate' ? 'A type predicate' : undefined;
}

/** Whether `fn` is asynchronous or can be made so. */
export const canBeAsync = (fn: AsyncableFunction): boolean => whyNeverAsync(fn) === undefined;

/**
 * Puts `async` before a function, and nothing else: its return type and what it returns are not touched. No edit for one that
 * is asynchronous already.
 * @throws {TypeError} where it can never be: see `canBeAsync`.
 */
export function makeAsync(file: ParsedFile, fn: AsyncableFunction): readonly Edit[] {
  if (fn.async === true) return [];
  const isMethod =
    fn.type === 'ObjectMethod' || fn.type === 'ClassMethod' || fn.type === 'ClassPrivateMethod';
  const why = whyNeverAsync(fn);
  if (why !== undefined) throw new TypeError(`${why} cannot be asynchronous.`);
  const start = isMethod ? methodStart(file, fn) : spanOf(fn)[0];
  return [{ file: file.path, span: [start, start], code: joinCode(['async '], ''), once: `async ${start}` }];
}

/** Whether the value of `node` may be cut short by a `?.` in it. */
const isChain = (node: t.Node): boolean =>
  node.type === 'OptionalMemberExpression' || node.type === 'OptionalCallExpression';

/** The `?.` that keeps the rest of a chain from running when the awaited part of it was cut short. */
function keepChain(file: ParsedFile, path: Path<t.Node>): readonly Edit[] {
  const parent = path.parent?.node;
  if (parent === undefined || !isChain(path.node) || path.node.extra?.parenthesized === true) return [];
  if (path.key !== 'object' && path.key !== 'callee') return [];
  if (!isChain(parent) || (parent as t.OptionalMemberExpression).optional === true) return [];
  const at = nextCode(file, spanOf(path.node)[1]);
  // A replaced stretch, since an insertion at the end of what is awaited belongs inside its parentheses.
  const span: Span = [at, at + 1];
  const code = file.text[at] === '.' ? joinCode(['?.'], '') : joinCode(['?.', span], '');
  return [{ file: file.path, span, code, once: `chain ${at}` }];
}

const APART: ReadonlySet<string> = new Set([
  'UnaryExpression',
  'LogicalExpression',
  'BinaryExpression',
  'SpreadElement',
  'TSAsExpression',
  'TSSatisfiesExpression',
]);

/** Whether an `await` in that place is written in parentheses by custom, and by prettier, though the grammar asks for none. */
const isWrittenApart = ({ parent, key }: Path<t.Node>): boolean =>
  parent !== null &&
  (APART.has(parent.node.type) || (parent.node.type === 'ConditionalExpression' && key === 'test'));

/**
 * Awaits an expression, with parentheses where the grammar asks for them: `readFile(p).length` becomes
 * `(await readFile(p)).length`. No edit where it is awaited already.
 */
export function addAwait(file: ParsedFile, expression: t.Expression): readonly Edit[] {
  const path = file.pathOf<t.Node>(expression);
  const { parent } = path;
  if (expression.type === 'AwaitExpression' || parent?.node.type === 'AwaitExpression') return [];
  if (parent?.node.type === 'ForOfStatement' && parent.node.await && path.key === 'right') return [];
  const isTight = levelOf(expression) >= LEVEL.unary;
  const isInParentheses = expression.extra?.parenthesized === true;
  const awaited: t.AwaitExpression = { type: 'AwaitExpression', argument: expression } as t.AwaitExpression;
  // Parentheses that stand there already serve the `await` too.
  const span = isTight ? spanOf(expression) : outerSpanOf(expression);
  const isBare = !isTight && !isInParentheses;
  const needsOuter =
    !(isTight && isInParentheses) && (needsParentheses(awaited, path) || isWrittenApart(path));
  const open = needsOuter ? '(await ' : 'await ';
  const guard = needsOuter && opensOpenLine(file, path, span[0]) ? ';' : '';
  const code = joinCode(
    [guard + open + (isBare ? '(' : ''), span, (isBare ? ')' : '') + (needsOuter ? ')' : '')],
    '',
  );
  return [{ file: file.path, span, code, once: `await ${span[0]} ${span[1]}` }, ...keepChain(file, path)];
}

/**
 * Wraps all that a function does in `try`, and what is thrown in `catch (error)` with the statement `handled`. The value of an arrow function
 * without a block is dropped. Others' edits in the body still apply.
 */
export function catchErrors(file: ParsedFile, fn: AsyncableFunction, handled: string): readonly Edit[] {
  const { text } = file;
  const { indent: step, eol, semicolons } = styleOf(file);
  const end = semicolons ? ';' : '';
  const insert = (at: number, code: string): Edit => ({
    file: file.path,
    span: [at, at],
    code: [code],
    once: `try ${at}`,
  });
  const { body } = fn;
  const [start, close] = body.type === 'BlockStatement' ? spanOf(body) : outerSpanOf(body);
  const outer = indentAt(text, start);
  const inner = outer + step;
  const caught = `${inner}} catch (error) {${eol}${inner}${step}${handled}${end}${eol}${inner}}`;
  if (body.type !== 'BlockStatement')
    return [
      insert(start, `{${eol}${inner}try {${eol}${inner}${step}`),
      ...indentLines(file, [start, close], step + step),
      insert(close, `${end}${eol}${caught}${eol}${outer}}`),
    ];
  const first = body.body[0];
  if (first === undefined) return [];
  const open = body.directives.length === 0 ? start + 1 : spanOf(body.directives.at(-1) as t.Directive)[1];
  if (!text.slice(open, close).includes('\n'))
    return [insert(open, ' try {'), insert(close - 1, `} catch (error) { ${handled}${end} } `)];
  const last = text.lastIndexOf('\n', close - 1);
  const isOwnLine = /^\s*$/.test(text.slice(last, close - 1));
  const at = isOwnLine ? (text[last - 1] === '\r' ? last - 1 : last) : close - 1;
  return [
    insert(open, `${eol}${inner}try {`),
    ...indentLines(file, [open + 1, at], step),
    insert(at, `${eol}${caught}${isOwnLine ? '' : eol + outer}`),
  ];
}
