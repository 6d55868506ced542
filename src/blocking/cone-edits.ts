import { code, joinCode } from '../edits/code.ts';
import { spanOf, type Edit, type Span } from '../edits/edit.ts';
import type { Cone, ConeFunction, ConeGuard, ConeType, ConeWalk, Place } from '../facts/cones/cone.ts';
import type { Path, t } from '../syntax/ast.ts';
import type { ParsedFile } from '../syntax/file.ts';
import { ensureImport } from '../syntax/imports.ts';
import { opensOpenLine } from '../syntax/semicolons.ts';
import { styleOf } from '../syntax/style.ts';
import { addAwait, catchErrors, makeAsync, type AsyncableFunction } from '../syntax/functions.ts';
import type { FileContext } from '../transform.ts';

type Call = t.CallExpression | t.OptionalCallExpression;

const FUNCTIONS = [
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
] as const;

/** The node of one of some types that stands at a place. */
function nodeAt<N extends t.Node>(paths: readonly Path<N>[], [start, end]: Span): Path<N> | undefined {
  return paths.find(({ node }) => node.start === start && node.end === end);
}

const callAt = (file: ParsedFile, span: Span): Path<Call> | undefined =>
  nodeAt<Call>(file.find('CallExpression'), span) ?? nodeAt<Call>(file.find('OptionalCallExpression'), span);

/** The function that ends where the cone says, and whose body begins there: it may begin at an `export` that is not its own. */
function functionAt(file: ParsedFile, { span, body }: ConeFunction): AsyncableFunction | undefined {
  for (const type of FUNCTIONS)
    for (const { node } of file.find(type)) {
      const start =
        node.body.extra?.parenthesized === true ? (node.body.extra.parenStart as number) : node.body.start;
      if (node.end === span[1] && start === body) return node;
    }
  return undefined;
}

/** What kept a cone from being written: a place that was not found again. */
export class LostPlace extends Error {
  readonly place: Place;
  constructor(place: Place) {
    super('a place of the cone was not found again');
    this.place = place;
  }
}

/** The edits of a cone, those of the call itself left out. @throws {LostPlace} */
export function* coneEdits(context: FileContext<unknown>, cone: Cone): Generator<Edit> {
  const fileOf = (place: Place): ParsedFile => {
    const file = context.fileAt(place.path);
    if (file === undefined) throw new LostPlace(place);
    return file;
  };
  const loops = cone.walks.filter(({ method }) => method === 'forEach');
  const isLoop = ({ path, span }: ConeFunction): boolean =>
    loops.some(
      ({ callback }) =>
        callback.path === path && callback.span[1] === span[1] && callback.span[0] === span[0],
    );
  for (const one of cone.functions) {
    if (isLoop(one)) continue;
    const file = fileOf(one);
    const fn = functionAt(file, one);
    if (fn === undefined) throw new LostPlace(one);
    yield* makeAsync(file, fn);
  }
  for (const wait of cone.waits) {
    const file = fileOf(wait);
    const call = callAt(file, wait.span);
    if (call === undefined) throw new LostPlace(wait);
    yield* addAwait(file, call.node);
  }
  for (const guard of cone.guards) {
    const file = fileOf(guard);
    const fn = functionAt(file, guard);
    if (fn === undefined) throw new LostPlace(guard);
    yield* guardEdits(file, fn, guard);
  }
  for (const type of cone.types) yield typeEdit(type, fileOf(type));
  for (const walk of cone.walks) {
    const file = fileOf(walk);
    const call = callAt(file, walk.span);
    if (call === undefined) throw new LostPlace(walk);
    yield* walkEdits(file, call, walk);
  }
}

/** Hands the errors of a handler to `next`, as Express 4 did with what it threw. */
function* guardEdits(file: ParsedFile, fn: AsyncableFunction, { next, isAdded }: ConeGuard): Generator<Edit> {
  yield* catchErrors(file, fn, `${next}(error)`);
  const last = fn.params.at(-1);
  if (!isAdded || last === undefined) return;
  const at = spanOf(last)[1];
  const isTyped = (last as t.Identifier).typeAnnotation != null;
  const { text: annotation, edits } = isTyped ? nextType(file, fn) : { text: '', edits: [] };
  yield* edits;
  yield { file: file.path, span: [at, at], code: [`, ${next}${annotation}`], once: `next ${at}` };
}

/** The type of `next` beside the types of the other parameters. */
function nextType(
  file: ParsedFile,
  fn: AsyncableFunction,
): { readonly text: string; readonly edits: readonly Edit[] } {
  const texts = fn.params.map((one) => file.text.slice(...spanOf(one)));
  const namespace = texts
    .map((text) => /:\s*(\w+)\.(?:Request|Response)\b/.exec(text)?.[1])
    .find((one) => one !== undefined);
  if (namespace !== undefined) return { text: `: ${namespace}.NextFunction`, edits: [] };
  const isExpress =
    /\bfrom\s*['"]express['"]/.test(file.text) && texts.some((text) => /:\s*(Request|Response)\b/.test(text));
  if (!isExpress) return { text: ': (error: unknown) => void', edits: [] };
  const { local, edits } = ensureImport(file, { from: 'express', name: 'NextFunction', typeOnly: true });
  return { text: `: ${local}`, edits };
}

function typeEdit({ path, span, becomes }: ConeType, file: ParsedFile): Edit {
  const text = file.text.slice(...span);
  if (becomes === 'comment') return { file: path, span, code: [`Promise<${text}>`], once: `type ${span[0]}` };
  const made = becomes === 'promise' ? ['Promise<', span, '>'] : [span, ' | Promise<', span, '>'];
  return { file: path, span, code: joinCode(made, ''), once: `type ${span[0]}` };
}

function* walkEdits(file: ParsedFile, path: Path<Call>, { method }: ConeWalk): Generator<Edit> {
  if (method === 'forEach') {
    yield* loopEdits(file, path);
    return;
  }
  const { node } = path;
  const span = spanOf(node);
  const isFlat = method === 'flatMap';
  const after = isFlat ? ').flat()' : '';
  if (isFlat && node.callee.type === 'MemberExpression')
    yield {
      file: file.path,
      span: spanOf(node.callee.property),
      code: ['map'],
      once: `map ${span[0]} ${span[1]}`,
    };
  if (!isFlat) yield* tupleEdits(file, path);
  const isPlain = isPassedOn(path);
  const [edit] = isPlain && !isFlat ? [undefined] : addAwait(file, node);
  const [open, close] = edit === undefined ? ['', ''] : [textBefore(edit), textAfter(edit)];
  const guard = opensOpenLine(file, path, span[0]) ? ';' : '';
  const [before, end] = isFlat
    ? [`${guard}(await Promise.all(`, `)${after}`]
    : [`${open}Promise.all(`, `)${close}`];
  yield {
    file: file.path,
    span,
    code: joinCode([before, span, end], ''),
    once: `await ${span[0]} ${span[1]}`,
  };
}

/** The pairs of a `new Map(list.map(…))` are tuples by where they stand, which they are no more inside of a promise. */
function* tupleEdits(file: ParsedFile, path: Path<Call>): Generator<Edit> {
  const parent = path.parent?.node;
  const [callback] = path.node.arguments;
  if (!/\.[cm]?tsx?$/.test(file.path) || parent?.type !== 'NewExpression' || path.key !== 'arguments') return;
  if (parent.callee.type !== 'Identifier' || !/^(Weak)?Map$/.test(parent.callee.name)) return;
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') return;
  const { body } = callback;
  const pairs =
    body.type === 'BlockStatement'
      ? ownReturns(file, callback).flatMap(({ argument }) => argument ?? [])
      : [body];
  for (const pair of pairs) {
    if (pair.type !== 'ArrayExpression') continue;
    const [, end] = spanOf(pair);
    yield { file: file.path, span: [end, end], code: [' as const'], once: `as const ${end}` };
  }
}

/** The `return` statements of a function, those of functions in it left out. */
function ownReturns(file: ParsedFile, fn: t.Function): readonly t.ReturnStatement[] {
  return file.find('ReturnStatement').flatMap(({ node, parent }) => {
    let up: Path | null = parent;
    while (up !== null && !/Function|Method/.test(up.node.type)) up = up.parent;
    return up?.node === fn ? [node] : [];
  });
}

const textBefore = ({ code: [first] }: Edit): string => (typeof first === 'string' ? first : '');
const textAfter = ({ code: pieces }: Edit): string => {
  const last = pieces.at(-1);
  return typeof last === 'string' && pieces.length > 1 ? last : '';
};

/** Whether the list of promises may be handed on as one promise: it is awaited there, or returned and not tried. */
function isPassedOn(path: Path): boolean {
  const parent = path.parent?.node;
  if (parent?.type === 'AwaitExpression') return true;
  if (parent?.type === 'ArrowFunctionExpression') return path.key === 'body';
  if (parent?.type !== 'ReturnStatement') return false;
  for (let at = path.parent; at !== null; at = at.parent) {
    if (at.node.type === 'TryStatement') return false;
    if (/Function|Method/.test(at.node.type)) return true;
  }
  return true;
}

/** A parameter without its type. */
const bare = (one: t.Node): Span => {
  const annotation = (one as t.Identifier).typeAnnotation;
  const [start, end] = spanOf(one);
  return annotation == null ? [start, end] : [start, spanOf(annotation)[0]];
};

/** `list.forEach((one) => { … })` → `for (const one of list) { … }` */
function* loopEdits(file: ParsedFile, path: Path<Call>): Generator<Edit> {
  const { node } = path;
  const [callback] = node.arguments;
  const { callee } = node;
  const statement = path.parent?.node;
  if (
    (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') ||
    callee.type !== 'MemberExpression' ||
    statement?.type !== 'ExpressionStatement'
  )
    throw new LostPlace({ path: file.path, span: spanOf(node) });
  const [element, index] = callback.params;
  if (element === undefined) throw new LostPlace({ path: file.path, span: spanOf(node) });
  const at = spanOf(statement);
  const list = spanOf(callee.object);
  const body = spanOf(callback.body);
  const keyword = isAssigned(file, callback) ? 'let' : 'const';
  const head =
    index === undefined
      ? code`for (${keyword} ${bare(element)} of ${list}) `
      : code`for (${keyword} [${bare(index)}, ${bare(element)}] of ${list}.entries()) `;
  // Two edits, so that what others do to the lines of the body still applies.
  // A semicolon before a `[` or `(` that begins a line is needed no more.
  const guard = /\n[ \t]*;$/.test(file.text.slice(Math.max(0, at[0] - 200), at[0])) ? 1 : 0;
  yield { file: file.path, span: [at[0] - guard, body[0]], code: head, once: `loop ${at[0]}` };
  const rest = callback.body.type === 'BlockStatement' || !styleOf(file).semicolons ? '' : ';';
  yield { file: file.path, span: [body[1], at[1]], code: rest === '' ? [] : [rest], once: `looped ${at[1]}` };
  for (const returned of ownReturns(file, callback)) {
    const [start] = spanOf(returned);
    yield {
      file: file.path,
      span: [start, start + 'return'.length],
      code: ['continue'],
      once: `continue ${start}`,
    };
  }
}

/** Whether a parameter of a callback is set in it. */
function isAssigned(file: ParsedFile, callback: t.ArrowFunctionExpression | t.FunctionExpression): boolean {
  const names = callback.params.map((one) => file.text.slice(...spanOf(one)).replace(/[^\w$].*$/s, ''));
  const [start, end] = spanOf(callback.body);
  const text = file.text.slice(start, end);
  return names.some(
    (name) =>
      name !== '' &&
      new RegExp(
        `(?<![\\w$.])${name.replace(/\$/g, '\\$')}\\s*(=(?![=>])|[-+*/%&|^?]+=|\\+\\+|--)|(\\+\\+|--)${name.replace(/\$/g, '\\$')}\\b`,
      ).test(text),
  );
}
