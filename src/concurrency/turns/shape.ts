import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { FileContext } from '../../transform.ts';
import { awaitsOf, runWith } from '../awaits.ts';

type File = FileContext<unknown>;

/** A loop over the elements of a list, taken apart. */
export interface ListLoop {
  readonly path: Path<t.Statement>;
  /** What is walked. */
  readonly list: t.Expression;
  /** The pattern or name that each element is bound to; undefined where only the index is used. */
  readonly element: t.Node | undefined;
  /** The name of the index, where the turns use it. */
  readonly index: string | undefined;
  /** The statements of a turn, without one that only takes the element out of the list. */
  readonly body: readonly t.Statement[];
  /** Whether it is a `for await`. */
  readonly isAsync: boolean;
}

/** A loop that awaits, of which it is known that its turns are no elements of a list, and why it is left alone. */
export interface OtherLoop {
  readonly path: Path<t.Statement>;
  readonly why: string;
  readonly byHand: string;
}

const bodyOf = (statement: t.Statement): readonly t.Statement[] =>
  statement.type === 'BlockStatement' ? statement.body : [statement];

/** The awaits that a turn of a loop runs, in its own function. */
export function awaitsInTurn(file: File, body: t.Node): readonly Path<t.AwaitExpression>[] {
  const found: Path<t.AwaitExpression>[] = [];
  for (const path of runWith(file, body)) if (isNode(path, 'AwaitExpression')) found.push(path);
  return found;
}

const TOGETHER = /^(Promise\.(all|allSettled|any|race)|pMap|pAll|mapLimit|eachLimit)$/;

/** Whether what is awaited begins several calls together. */
export function isTogether(file: File, { argument }: t.AwaitExpression): boolean {
  return argument.type === 'CallExpression' && TOGETHER.test(file.textOf(argument.callee));
}

/** Whether the awaits belong to this loop, and not to one inside of it. */
function isInnermost(file: File, loop: Path, body: t.Node): boolean {
  return awaitsInTurn(file, body).some((path) => {
    for (let at = path.parent; at !== null && at !== loop; at = at.parent)
      if (/^(For|While|DoWhile)/.test(at.node.type) && at.node !== body) return false;
    return true;
  });
}

/** A loop that counts from 0 to the length of a list, taken apart. */
export function indexLoopOf(file: File, path: Path<t.ForStatement>): ListLoop | undefined {
  const { init, test, update, body } = path.node;
  if (init?.type !== 'VariableDeclaration' || init.declarations.length !== 1) return undefined;
  const [declared] = init.declarations;
  if (
    declared?.id.type !== 'Identifier' ||
    declared.init?.type !== 'NumericLiteral' ||
    declared.init.value !== 0
  )
    return undefined;
  const { name } = declared.id;
  const isBound =
    test?.type === 'BinaryExpression' &&
    test.operator === '<' &&
    test.left.type === 'Identifier' &&
    test.left.name === name;
  if (!isBound || test.right.type !== 'MemberExpression' || test.right.computed) return undefined;
  const { object, property } = test.right;
  if (
    property.type !== 'Identifier' ||
    property.name !== 'length' ||
    !/^(Identifier|MemberExpression)$/.test(object.type)
  )
    return undefined;
  const isStep =
    (update?.type === 'UpdateExpression' &&
      update.operator === '++' &&
      update.argument.type === 'Identifier' &&
      update.argument.name === name) ||
    (update?.type === 'AssignmentExpression' &&
      update.operator === '+=' &&
      update.right.type === 'NumericLiteral' &&
      update.right.value === 1);
  if (!isStep) return undefined;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(declared.id), name);
  const inBody = (one: Path): boolean => (one.node.start ?? 0) >= (body.start ?? 0);
  if (binding === undefined || binding.writes.some(inBody)) return undefined;
  const list = file.textOf(object);
  const statements = bodyOf(body);
  const [first] = statements;
  const taken =
    first?.type === 'VariableDeclaration' && first.kind === 'const' && first.declarations.length === 1
      ? first.declarations[0]
      : undefined;
  const isTaken = taken?.init != null && file.textOf(taken.init).replace(/!$/, '') === `${list}[${name}]`;
  const rest = isTaken ? statements.slice(1) : statements;
  const isUsed = binding.reads.some(
    (one) =>
      inBody(one) &&
      rest.some(
        (statement) =>
          (statement.start ?? 0) <= (one.node.start ?? 0) && (one.node.end ?? 0) <= (statement.end ?? 0),
      ),
  );
  return {
    path: path as Path as Path<t.Statement>,
    list: object as t.Expression,
    element: isTaken ? taken?.id : undefined,
    index: isUsed || !isTaken ? name : undefined,
    body: rest,
    isAsync: false,
  };
}

/** The loops of a file that await in their turns. */
export function* loopsOf(file: File): Generator<ListLoop | OtherLoop> {
  for (const path of file.find('ForOfStatement')) {
    const { left, right, body, await: isAsync } = path.node;
    if (!isInnermost(file, path, body) && !(isAsync && awaitsInTurn(file, body).length === 0)) continue;
    const declared = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : undefined;
    if (declared === undefined || (left.type === 'VariableDeclaration' && left.kind === 'var')) {
      yield {
        path: path as Path as Path<t.Statement>,
        why: 'the element is kept in a variable of the function',
        byHand: 'declare it in the head of the loop',
      };
      continue;
    }
    yield {
      path: path as Path as Path<t.Statement>,
      list: right,
      element: declared,
      index: undefined,
      body: bodyOf(body),
      isAsync,
    };
  }
  for (const path of file.find('ForStatement')) {
    if (!isInnermost(file, path, path.node.body)) continue;
    const list = indexLoopOf(file, path);
    // One slice of a list after the other, each all at once: that is a bound.
    if (list === undefined && awaitsInTurn(file, path.node.body).every(({ node }) => isTogether(file, node)))
      continue;
    yield (
      list ?? {
        path: path as Path as Path<t.Statement>,
        why: whyCounted(file, path.node),
        byHand: 'if the turns are independent, make a list of what they work on first',
      }
    );
  }
  for (const type of ['WhileStatement', 'DoWhileStatement'] as const) {
    for (const path of file.find(type)) {
      if (!isInnermost(file, path, path.node.body)) continue;
      yield {
        path: path as Path as Path<t.Statement>,
        why: whyRepeated(file, path.node),
        byHand: 'leave it, or ask for larger pages',
      };
    }
  }
  for (const path of file.find('ForInStatement')) {
    if (!isInnermost(file, path, path.node.body)) continue;
    yield {
      path: path as Path as Path<t.Statement>,
      why: 'it walks the keys of an object, inherited ones too',
      byHand: 'walk `Object.keys(…)` with `for…of`',
    };
  }
}

/** Why the turns of a counting loop are no elements of a list. */
function whyCounted(file: File, { test, body }: t.ForStatement): string {
  const text = test == null ? '' : file.textOf(test);
  const inside = file.textOf(body);
  if (/attempt|retr(y|ies)|tries/i.test(text) || /\bcatch\b[^]*\bcontinue\b/.test(inside))
    return 'it tries again until it succeeds';
  if (/page|offset|cursor|skip/i.test(text + inside.slice(0, 400))) return 'it walks from page to page';
  return 'its turns are not the elements of one list';
}

/** Why a `while` runs its turns one after the other. */
function whyRepeated(file: File, { test, body }: t.WhileStatement | t.DoWhileStatement): string {
  const inside = file.textOf(body);
  const head = file.textOf(test);
  if (/prompt|inquirer|question|confirm/i.test(inside)) return 'it asks a person until the answer will do';
  if (/token|cursor|page|offset|next|hasMore|has_more|continuation/i.test(head + inside))
    return 'it walks from page to page: each turn needs the cursor of the one before';
  if (/attempt|retr(y|ies)|tries|backoff/i.test(head + inside)) return 'it tries again until it succeeds';
  if (/sleep|delay|setTimeout|wait\(/i.test(inside))
    return 'it waits between its turns until something has happened';
  return 'whether there is another turn is known only after the one before';
}

/** What a statement writes first and awaits inside of itself can be lifted out of it: its awaits, if all of them can. */
export function liftableIn(file: File, statement: t.Statement): ReturnType<typeof awaitsOf> | undefined {
  const all = awaitsInTurn(file, statement);
  const found = awaitsOf(file, statement);
  return all.length === found.length ? found : undefined;
}
