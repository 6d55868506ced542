import { ts } from 'ts-morph';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import {
  functionAround,
  isAssignment,
  isFunctionNode,
  isInside,
  isMember,
  type FunctionNode,
  type Symbols,
} from '../effects/symbols.ts';
import { callsIn, lineOf, type Asked, type Parts } from './parts.ts';
import { awaitsAnything } from './pauses.ts';
import { siteOf } from './sites.ts';
import { outermost } from './waiting.ts';

/** Calls that have a function run in a turn of its own. */
const BEGINS = /^(setTimeout|setInterval|setImmediate|queueMicrotask|process\.nextTick)$/;
/** Of those, what is due as soon as anybody waits. */
const AT_ONCE = /^(setImmediate|queueMicrotask|process\.nextTick)$/;
const CANCELS = /^clear(Timeout|Interval|Immediate)$/;

/** The names on which a function calls something or sets a property: `res` of `res.status(503).end()`. */
function changedBy(fn: FunctionNode): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    const on = ts.isCallExpression(node)
      ? node.expression
      : ts.isBinaryExpression(node) && isAssignment(node)
        ? node.left
        : undefined;
    let root: ts.Node | undefined = on !== undefined && isMember(on) ? on.expression : undefined;
    while (root !== undefined && (isMember(root) || ts.isCallExpression(root))) root = root.expression;
    if (root !== undefined && ts.isIdentifier(root)) found.push(root);
    ts.forEachChild(node, visit);
  };
  if (fn.body !== undefined) visit(fn.body);
  return found;
}

/** What runs after a place before anybody waits again, as far as that is seen. */
function untilNextWait(later: readonly ts.Node[]): readonly ts.Node[] {
  const inOrder = [...later].sort((a, b) => a.pos - b.pos);
  const end = inOrder.findIndex(awaitsAnything);
  return end === -1 ? inOrder : inOrder.slice(0, end);
}

/** Tells of timers that a function has begun: none was due before it was done, as long as it did not wait. */
export class TimersMeanwhile {
  private readonly symbols: Symbols;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  /** What stands against waiting while timers run, and what is taken for granted. */
  *between(fn: FunctionNode, { earlier, later }: Parts, { isRecent }: Asked): Generator<Evidence> {
    const begun = earlier
      .flatMap(callsIn)
      .filter((call) => BEGINS.test(call.expression.getText()) && isRecent(call));
    if (begun.length === 0) return;
    const next = untilNextWait(later);
    for (const call of begun) {
      const name = call.expression.getText();
      const what = `the function of \`${name}\` (line ${String(lineOf(call))})`;
      const cancelled = this.cancelled(call, next);
      if (cancelled !== undefined) {
        const line = String(lineOf(cancelled));
        yield AT_ONCE.test(name)
          ? fails(
              `While it waits other turns run: ${what} would run, which is cancelled at once until now (line ${line})`,
              siteOf(call),
            )
          : assumed(
              `${what.replace('the', 'The')} is not due before it is cancelled (line ${line})`,
              siteOf(call),
            );
        continue;
      }
      const used = this.usedToo(call, fn, next);
      if (used !== undefined)
        yield assumed(
          `It does not matter that ${what} may run first, which uses \`${used.text}\` as line ${String(lineOf(used))} does`,
          siteOf(call),
        );
    }
  }

  /** Where a timer is cancelled in a piece of code. */
  private cancelled(call: ts.CallExpression, pieces: readonly ts.Node[]): ts.CallExpression | undefined {
    const holder = outermost(call).parent;
    const name = ts.isVariableDeclaration(holder)
      ? holder.name
      : ts.isBinaryExpression(holder) && isAssignment(holder)
        ? holder.left
        : undefined;
    return name === undefined
      ? undefined
      : pieces
          .flatMap(callsIn)
          .find(
            ({ expression, arguments: [given] }) =>
              CANCELS.test(expression.getText()) && given?.getText() === name.getText(),
          );
  }

  /** A name of the function around that its timer changes, where a piece of code uses it as well. */
  private usedToo(
    call: ts.CallExpression,
    fn: FunctionNode,
    pieces: readonly ts.Node[],
  ): ts.Identifier | undefined {
    const [callback] = call.arguments;
    if (callback === undefined || !isFunctionNode(callback)) return undefined;
    const own = changedBy(callback).filter((name) =>
      this.symbols
        .declarationsOf(this.symbols.at(name))
        .some((one) => isInside(one, fn) && !isInside(one, callback)),
    );
    const names = new Map(own.map((name) => [name.text, this.symbols.at(name)]));
    let found: ts.Identifier | undefined;
    const visit = (node: ts.Node): void => {
      if (found !== undefined || (isFunctionNode(node) && functionAround(node) !== fn)) return;
      if (ts.isIdentifier(node) && names.has(node.text) && names.get(node.text) === this.symbols.at(node))
        found = node;
      ts.forEachChild(node, visit);
    };
    pieces.forEach(visit);
    return found;
  }
}
