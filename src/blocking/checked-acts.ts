import { spanOf, type Edit } from '../edits/edit.ts';
import { assumed, type Evidence } from '../evidence.ts';
import type { ArgsChange, BlockingCall, Twin } from '../facts/libraries/blocking/blocking-call.ts';
import type { Path, t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';

type Call = t.CallExpression | t.OptionalCallExpression;

/** `if (existsSync(path)) unlinkSync(path);`: a look whether something is there, and what it is for. */
export interface CheckedAct {
  readonly check: t.Expression;
  readonly act: t.Expression;
  /** Whether it acts where nothing is there. */
  readonly isNegated: boolean;
  readonly statement: t.IfStatement;
  readonly actStatement: t.ExpressionStatement;
  /** What is asked before the look: `isTemporary` in `isTemporary && existsSync(path)`. */
  readonly before: t.Expression | undefined;
}

const isCall = (node: t.Node | null | undefined): node is Call =>
  node?.type === 'CallExpression' || node?.type === 'OptionalCallExpression';

/** Calls that only put paths together, so that it does not matter how often they are made. */
const JOINS = /^(path\.(posix\.|win32\.)?)?(join|resolve|normalize|dirname|basename)$/;

/** Whether an expression gives the same path however often it is asked. */
function isPlain(file: FileContext<unknown>, node: t.Node | null | undefined): boolean {
  switch (node?.type) {
    case 'Identifier':
    case 'StringLiteral':
    case 'ThisExpression':
      return true;
    case 'MemberExpression':
      return !node.computed && isPlain(file, node.object);
    case 'TemplateLiteral':
      return node.expressions.every((one) => isPlain(file, one));
    case 'BinaryExpression':
      return node.operator === '+' && isPlain(file, node.left) && isPlain(file, node.right);
    case 'CallExpression':
      return JOINS.test(file.textOf(node.callee)) && node.arguments.every((one) => isPlain(file, one));
    default:
      return false;
  }
}

/** The only statement of a branch. */
function onlyStatement(node: t.Statement): t.Statement | undefined {
  if (node.type !== 'BlockStatement') return node;
  return node.directives.length === 0 && node.body.length === 1 ? node.body[0] : undefined;
}

/** The shape alone: which calls they are is not asked here. */
function checkedActOf(file: FileContext<unknown>, path: Path<t.IfStatement>): CheckedAct | undefined {
  const { node: statement, parent } = path;
  const isInList = parent !== null && /^(BlockStatement|Program|SwitchCase)$/.test(parent.node.type);
  const actStatement = onlyStatement(statement.consequent);
  if (!isInList || statement.alternate != null || actStatement?.type !== 'ExpressionStatement')
    return undefined;
  const { test } = statement;
  const isAnd = test.type === 'LogicalExpression' && test.operator === '&&';
  const last = isAnd ? test.right : test;
  const isNegated = last.type === 'UnaryExpression' && last.operator === '!';
  const check = isNegated ? last.argument : last;
  const act = actStatement.expression;
  if (!isCall(check) || !isCall(act) || check.arguments.length !== 1) return undefined;
  const [looked] = check.arguments;
  const [changed] = act.arguments;
  if (looked === undefined || changed === undefined || !isPlain(file, looked)) return undefined;
  if (file.textOf(looked) !== file.textOf(changed)) return undefined;
  const [start, end] = spanOf(statement);
  const hasComment = file.comments.some((one) => (one.start ?? 0) >= start && (one.end ?? 0) <= end);
  if (hasComment) return undefined;
  return { check, act, isNegated, statement, actStatement, before: isAnd ? test.left : undefined };
}

/** All places of a file where something is done only if a file is there, or is not. */
export const checkedActsIn = (file: FileContext<unknown>): readonly CheckedAct[] =>
  file.find('IfStatement').flatMap((path) => checkedActOf(file, path) ?? []);

/** An act that needs no look before it. */
export interface Unchecked {
  readonly twin: Twin;
  readonly evidence: readonly Evidence[];
}

const LOOKS = /^(fs|fs-extra|graceful-fs)\.(existsSync|pathExistsSync)$/;

/** The twin with a property of its options set. Undefined where the options are no object that is written there. */
function withOption(act: t.Expression, twin: Twin, property: string): Twin | undefined {
  if (twin.kind !== 'promise' || !isCall(act)) return undefined;
  const options = act.arguments[1];
  if (act.arguments.length > 2 || (options !== undefined && options.type !== 'ObjectExpression'))
    return undefined;
  const set: ArgsChange = [{ kind: 'set', at: 1, property, value: 'true' }];
  return { ...twin, args: [...(twin.args ?? []), ...set] };
}

/**
 * What does the same as a look and an act in one call, which no other turn can come between: to remove with `force`, to make a folder
 * with `recursive`. See https://nodejs.org/docs/latest-v20.x/api/fs.html#fspromisesrmpath-options and
 * https://nodejs.org/docs/latest-v20.x/api/fs.html#fspromisesmkdirpath-options. Undefined where no call does.
 */
export function unchecked(
  { act, isNegated }: CheckedAct,
  check: BlockingCall,
  call: BlockingCall,
): Unchecked | undefined {
  const { twin } = call;
  if (!LOOKS.test(check.id) || twin?.kind !== 'promise') return undefined;
  const name = call.id.replace(/^[^.]*\./, '');
  if (isNegated) {
    if (!/^(mkdirSync|ensureDirSync|mkdirsSync|mkdirpSync)$/.test(name)) return undefined;
    const made = name === 'mkdirSync' ? withOption(act, twin, 'recursive') : twin;
    const claim =
      'What is there already is a folder: `mkdir` fails at anything else, and makes the folders above it too';
    return made === undefined ? undefined : { twin: made, evidence: [assumed(claim)] };
  }
  if (!/^(unlinkSync|rmSync|removeSync)$/.test(name)) return undefined;
  const from = name === 'unlinkSync' ? { ...twin.from, name: 'rm' } : twin.from;
  const made = name === 'removeSync' ? twin : withOption(act, { ...twin, from }, 'force');
  const claim =
    'What is there is no link to nothing, which `existsSync` does not see, and no folder that it may not look into';
  return made === undefined ? undefined : { twin: made, evidence: [assumed(claim)] };
}

/** Takes the look away, so that only the act is left, with what is asked before the look. */
export function withoutCheck(
  file: FileContext<unknown>,
  { statement, actStatement, before }: CheckedAct,
): readonly Edit[] {
  const once = `unchecked ${spanOf(statement)[0]}`;
  const removed = (start: number, end: number, name: string): Edit => ({
    file: file.path,
    span: [start, end],
    code: [],
    once: `${once} ${name}`,
  });
  const [start, end] = spanOf(statement);
  if (before !== undefined) {
    const test = statement.test as t.LogicalExpression;
    const operator = file.text.indexOf('&&', spanOf(test.left)[1]);
    const kept = file.text.slice(0, operator).trimEnd().length;
    return [removed(kept, spanOf(test)[1], 'look')];
  }
  const [first, last] = spanOf(actStatement);
  return [removed(start, first, 'head'), removed(last, end, 'tail')];
}
