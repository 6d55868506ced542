import { ts } from 'ts-morph';
import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import { nameOf } from '../effects/conflicts.ts';
import type { Summaries } from '../effects/summaries.ts';
import { keyOf } from '../effects/summary.ts';
import { bareExpression, isMember, memberName, type FunctionNode, type Symbols } from '../effects/symbols.ts';
import { awaitsAnything } from './pauses.ts';
import { shortText, siteOf } from './sites.ts';
import { isReturned, isWaitedFor, outermost } from './waiting.ts';

/** What is begun together with a call that did its work at once until now: `Promise.all([load(a), load(b)])`. */
export function* whyOthersAreFree(node: ts.Expression, summaries: Summaries): Generator<Evidence> {
  const outer = outermost(node);
  const list = outer.parent;
  if (!ts.isArrayLiteralExpression(list)) return;
  const own = [...summaries.ofCode(outer).effects.values()];
  for (const other of list.elements) {
    if (other === outer) continue;
    for (const effect of summaries.ofCode(other).effects.values()) {
      const mine = own.find(
        (one) =>
          keyOf(one.resource) === keyOf(effect.resource) &&
          (one.access === 'write' || effect.access === 'write') &&
          one.resource.kind !== 'log',
      );
      if (mine === undefined) continue;
      const claim = `\`${shortText(outer, 40)}\` and \`${shortText(other, 40)}\` would run beside each other, and both are about ${nameOf(mine.resource)}`;
      yield mine.resource.kind === 'variable' || mine.resource.kind === 'field'
        ? fails(claim, siteOf(outer))
        : assumed(`It does not matter that ${claim}`, siteOf(outer));
      return;
    }
  }
  yield assumed(
    `It does not matter that the others begin where \`${shortText(outer, 40)}\` fails`,
    siteOf(outer),
  );
}

/** What the turns of a `map` do beside each other that they did one after the other. */
export function* whyTurnsAreFree(
  fn: FunctionNode,
  what: string,
  summaries: Summaries,
  isBeside = false,
): Generator<Evidence> {
  const { effects, unknown } = summaries.ofCode(fn.body ?? fn);
  const inTurn = (pos: number, path: string): boolean =>
    path === fn.getSourceFile().fileName && pos >= fn.pos && pos < fn.end;
  const isOwn = (id: string): boolean => {
    const found = /(?:variable )?([^ ]*):(\d+)$/.exec(id);
    return found !== null && inTurn(Number(found[2]), found[1] ?? '');
  };
  let isFree = true;
  for (const { access, resource, by, node } of effects.values()) {
    if (access !== 'write') continue;
    if (resource.kind === 'variable' || resource.kind === 'field') {
      if (isOwn(resource.kind === 'variable' ? resource.id : resource.owner)) continue;
      isFree = false;
      // Where somebody waits for all turns, it is asked for each wait in them whether others may come between.
      if (isBeside && ts.isCallExpression(fn.parent) && !isLeftAlone(fn.parent)) continue;
      yield fails(
        `The turns of ${what} would run beside each other, and \`${by}\` changes what they share`,
        siteOf(node),
      );
    } else if (resource.kind === 'file' && resource.name !== '*') {
      isFree = false;
      yield fails(
        `The turns of ${what} would run beside each other, and each \`${by}\` changes \`${resource.name}\``,
        siteOf(node),
      );
    } else if (resource.kind !== 'log') {
      isFree = false;
      yield assumed(
        `The turns of ${what} may run beside each other: each \`${by}\` changes something of its own`,
        siteOf(node),
      );
    }
  }
  for (const { callee, node, guess } of unknown.values()) {
    if (guess === 'read') continue;
    isFree = false;
    yield assumed(
      `The turns of ${what} may run beside each other: \`${callee}\` does nothing that others need`,
      siteOf(node),
    );
  }
  if (isFree) yield holds(`The turns of ${what} change nothing that they share`);
  // Turns that ran beside each other already began all at once; those that waited for nothing ended one after the other.
  if (isBeside) {
    const { parent } = fn;
    const combinator = ts.isCallExpression(parent) ? outermost(parent).parent : parent;
    const isRace = ts.isCallExpression(combinator) && /\.(race|any)$/.test(combinator.expression.getText());
    if (isRace || !awaitsAnything(fn.body ?? fn))
      yield assumed(
        `It does not matter which of the turns of ${what} ${isRace ? 'is done' : 'fails'} first, which was the first of the list until now`,
        siteOf(fn),
      );
    return;
  }
  yield assumed(
    `The list of ${what} is short enough to work on all of it at once, and where several turns fail it does not matter which error comes out`,
  );
}

/** Whether a function is the callback of a walk, whose turns all begin before the first of them ends. */
export function isTurn(fn: FunctionNode): boolean {
  const { parent } = fn;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments.some((one) => one === fn) &&
    isMember(parent.expression) &&
    /^(map|forEach|flatMap|filter|some|every|find|reduce)$/.test(memberName(parent.expression) ?? '')
  );
}

/** Whether a function always waits for something before it comes to a place. */
export function waitsBefore(fn: FunctionNode, place: ts.Node): boolean {
  const { body } = fn;
  if (body === undefined || !ts.isBlock(body)) return false;
  const awaits = (node: ts.Node): boolean => {
    // What may be left out does not count.
    if (
      ts.isFunctionLike(node) ||
      ts.isIfStatement(node) ||
      ts.isConditionalExpression(node) ||
      ts.isTryStatement(node)
    )
      return false;
    if (ts.isIterationStatement(node, false) || ts.isSwitchStatement(node)) return false;
    return ts.isAwaitExpression(node) || (ts.forEachChild(node, (one) => awaits(one) || undefined) ?? false);
  };
  return body.statements.some((one) => one.end <= place.pos && awaits(one));
}

/** Whether nobody waits for what a walk with an asynchronous callback begins: `pages.forEach(async …)`. */
export function isLeftAlone(call: ts.CallExpression): boolean {
  if (!isMember(call.expression)) return false;
  const name = memberName(call.expression) ?? '';
  if (name === 'forEach') return true;
  return /^(map|flatMap)$/.test(name) && !isWaitedFor(call) && !isReturned(call);
}

/** Whether code changes how long a list is: `forEach` walks what was there when it began. */
function changesList(list: string, code: string): boolean {
  const name = list
    .replace(/[^\w$.]/g, (one) => `\\${one}`)
    .replaceAll('$', '\\$')
    .replaceAll('.', '\\.');
  return new RegExp(`(?<![\\w$.])${name}\\.(push|unshift|pop|shift|splice|length\\s*=)`).test(code);
}

/** Whether a list is made without elements: `forEach` leaves out those that nobody has set, and a loop does not. */
export function mayHaveHoles(call: ts.CallExpression, symbols: Symbols): boolean {
  if (!isMember(call.expression)) return false;
  const list = bareExpression(call.expression.expression);
  return symbols
    .declarationsOf(symbols.at(list))
    .some(
      (one) =>
        ts.isVariableDeclaration(one) &&
        one.initializer !== undefined &&
        /^(new\s+)?Array(<[^(]*>)?\([^,]+\)$/.test(one.initializer.getText()),
    );
}

/** Why `list.forEach(…)` is no loop in other words: one clause. */
export function whyNoLoop(call: ts.CallExpression, callback: ts.Expression): string | undefined {
  if (!ts.isExpressionStatement(call.parent)) return 'its value is used';
  if (call.arguments.length > 1) return 'it is given a `this`';
  if (ts.isPropertyAccessExpression(call.expression) && call.expression.questionDotToken !== undefined)
    return 'the list may be missing';
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback))
    return 'its callback is written elsewhere';
  if (callback.parameters.length > 2) return 'its callback takes the list as well';
  if (callback.parameters.some((one) => one.initializer !== undefined || one.dotDotDotToken !== undefined))
    return 'a parameter of its callback has a default';
  if (callback.parameters.length === 0) return 'its callback takes no element';
  if (ts.isFunctionExpression(callback) && /\bthis\b|\barguments\b/.test(callback.body.getText()))
    return 'its callback has a `this` of its own';
  const list = (call.expression as ts.PropertyAccessExpression).expression.getText();
  if (changesList(list, callback.body.getText())) return 'its turns change the list';
  const names = callback.parameters.map(({ name }) => name.getText());
  if (names.some((name) => new RegExp(`(?<![\\w$.])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`).test(list)))
    return 'what it walks has the name of its element';
  if (!ts.isBlock(callback.body)) return undefined;
  let why: string | undefined;
  const visit = (node: ts.Node, isInLoop: boolean): void => {
    if (ts.isFunctionLike(node)) return;
    // `return` becomes `continue`, which means something else in a loop or a `switch` inside.
    if (ts.isReturnStatement(node) && isInLoop) why = 'a loop in it is left by `return`';
    if (ts.isReturnStatement(node) && node.expression !== undefined) why = 'its callback returns a value';
    if (ts.isVariableStatement(node) && (node.declarationList.flags & ts.NodeFlags.BlockScoped) === 0)
      why = 'it declares a `var`, which all turns would share';
    const opens =
      ts.isIterationStatement(node, false) || ts.isSwitchStatement(node) || ts.isTryStatement(node);
    ts.forEachChild(node, (one) => visit(one, isInLoop || (opens && !ts.isTryStatement(node))));
  };
  visit(callback.body, false);
  return why;
}
