import { ts } from 'ts-morph';
import { assumed, fails, type Evidence } from '../../evidence.ts';
import { isLogCall } from '../effects/guesses.ts';
import { chainOf, isFunctionNode, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import type { Surroundings } from './around.ts';
import { lineOf, type Parts } from './parts.ts';
import { nextOf, type Registration, type RequestChains } from './request-chains.ts';
import { fileNameOf, siteOf } from './sites.ts';
import { isReturned, isWaitedFor, nameOfFunction, outermost } from './waiting.ts';

/** A call of `next` after which a function does not wait for what comes after it. */
interface Passing {
  readonly call: ts.CallExpression;
  /** Whether nobody waits for the promise that it gives. */
  readonly isDropped: boolean;
}

/** Whether a statement only logs, and nothing of the answer. */
const isLogging = (node: ts.Statement): boolean =>
  ts.isExpressionStatement(node) &&
  ts.isCallExpression(node.expression) &&
  isLogCall(chainOf(node.expression.expression)) &&
  !/\b(res|response|reply|ctx|context|c)\b/.test(
    node.expression.arguments.map((one) => one.getText()).join(),
  );

/** Whether a statement does nothing where the function is done anyway. */
const isNothing = (node: ts.Statement): boolean =>
  ts.isEmptyStatement(node) ||
  isLogging(node) ||
  ts.isBreakStatement(node) ||
  ts.isFunctionDeclaration(node) ||
  (ts.isReturnStatement(node) && (node.expression === undefined || ts.isIdentifier(node.expression)));

/** Whether a function does anything more after a place, in a block around it or on its way out. */
function goesOnAfter(node: ts.Node): boolean {
  let isLeft = false;
  for (let at = node; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isReturnStatement(at)) isLeft = true;
    if (ts.isTryStatement(parent) && parent.finallyBlock !== at && parent.finallyBlock !== undefined)
      return true;
    if (isLeft || !(ts.isBlock(parent) || ts.isCaseClause(parent) || ts.isDefaultClause(parent))) continue;
    const next = parent.statements.slice(parent.statements.indexOf(at as ts.Statement) + 1);
    const end = next.findIndex((one) => ts.isReturnStatement(one) || ts.isBreakStatement(one));
    const reached = end === -1 ? next : next.slice(0, end + 1);
    if (!reached.every(isNothing)) return true;
    if (end !== -1 && ts.isReturnStatement(next[end] as ts.Statement)) isLeft = true;
  }
  return false;
}

/** Whether a place is come to whenever the function is called, as far as nothing is thrown or returned before. */
function isAlways(node: ts.Node, fn: FunctionNode): boolean {
  for (let at = node; at !== fn; at = at.parent) {
    const { parent } = at;
    const isBranch =
      ts.isIfStatement(parent) ||
      ts.isConditionalExpression(parent) ||
      ts.isCaseOrDefaultClause(parent) ||
      ts.isCatchClause(parent) ||
      ts.isIterationStatement(parent, false) ||
      (ts.isBinaryExpression(parent) && parent.right === at);
    if (isBranch || (isFunctionNode(at) && (at as ts.Node) !== fn)) return false;
  }
  return true;
}

/** Whether two functions are handed over in one file: others may be of another application. */
const isOneFile = (one: Registration, other: Registration): boolean =>
  one.call.getSourceFile() === other.call.getSourceFile();

/**
 * Tells which functions of a request go on at once after they have called `next`. As long as nobody behind them waits, all of these are done
 * by then.
 */
export class AfterNext {
  private readonly symbols: Symbols;
  private readonly chains: RequestChains;
  private readonly around: Surroundings;
  private readonly known = new Map<FunctionNode, readonly Passing[]>();

  constructor(symbols: Symbols, chains: RequestChains, around: Surroundings) {
    this.symbols = symbols;
    this.chains = chains;
    this.around = around;
  }

  /** What stands against waiting in a function that comes after others, and what is taken for granted. */
  *between(fn: FunctionNode, { isPausedBefore }: Parts): Generator<Evidence> {
    // Where it waits today before that, those before it go on today.
    if (isPausedBefore) return;
    const own = this.chains.all().filter((one) => one.fn === fn);
    const seen = new Set<FunctionNode>();
    for (const one of own.length === 0 ? [] : this.chains.all()) {
      if (seen.has(one.fn) || !own.some((registered) => this.isBehind(one, registered))) continue;
      seen.add(one.fn);
      for (const { call, isDropped } of this.passingsOf(one)) {
        const place = `\`${call.getText()}\` (line ${String(lineOf(call))} of \`${fileNameOf(call)}\`)`;
        if (!isDropped)
          yield assumed(
            `What follows ${place} needs nothing that ${nameOfFunction(fn)} does once it has waited`,
            siteOf(call),
          );
        else if (isAlways(call, one.fn) && own.some((registered) => isOneFile(one, registered)))
          yield fails(
            `Nobody waits for the promise of ${place}: the request would be answered before ${nameOfFunction(fn)} is done`,
            siteOf(call),
          );
        else
          yield assumed(
            `No request that ${nameOfFunction(fn)} answers comes to ${place}, for whose promise nobody waits`,
            siteOf(call),
          );
      }
    }
  }

  /** Whether one request may come to both, in one package. */
  private isBehind(one: Registration, other: Registration): boolean {
    return this.packageOf(one) === this.packageOf(other) && this.chains.isBehind(one, other);
  }

  private packageOf({ call }: Registration): ReturnType<Surroundings['packageOf']> {
    return this.around.packageOf(call.getSourceFile().fileName);
  }

  private passingsOf(one: Registration): readonly Passing[] {
    const known = this.known.get(one.fn);
    if (known !== undefined) return known;
    const found: Passing[] = [];
    const next = nextOf(one.fn);
    const name = next?.name;
    // Where `next` is the second parameter it gives a promise, which the framework has to be given.
    const givesPromise = next !== undefined && one.fn.parameters.indexOf(next) === 1;
    const symbol = name === undefined ? undefined : this.symbols.at(name);
    const visit = (node: ts.Node): void => {
      if (
        ts.isCallExpression(node) &&
        // An error goes to those who handle errors.
        node.arguments.every((given) => ts.isStringLiteralLike(given)) &&
        ts.isIdentifier(node.expression) &&
        this.symbols.at(node.expression) === symbol
      ) {
        const isKept = isWaitedFor(node) || isReturned(node) || ts.isReturnStatement(outermost(node).parent);
        const isDropped = givesPromise && !isKept && ts.isExpressionStatement(outermost(node).parent);
        const isFollowed = givesPromise ? !isWaitedFor(node) && goesOnAfter(node) : goesOnAfter(node);
        if (isDropped || isFollowed) found.push({ call: node, isDropped });
      }
      ts.forEachChild(node, visit);
    };
    if (symbol !== undefined && one.fn.body !== undefined) visit(one.fn.body);
    this.known.set(one.fn, found);
    return found;
  }
}
