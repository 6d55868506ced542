import { ts } from 'ts-morph';
import {
  bareExpression,
  functionAround,
  isAssignment,
  isMember,
  memberName,
  type FunctionNode,
} from '../effects/symbols.ts';
import { fileNameOf, calleeText } from './sites.ts';

/** Where an expression stands whose value becomes a promise, and who can wait for it there. */
export type Waiting =
  /** It is waited for already, or its promise is handed to who waits. */
  | { readonly kind: 'done' }
  /** A function that is asynchronous. `isAwaited` is false where its promise can be returned as it is. */
  | { readonly kind: 'in'; readonly fn: FunctionNode; readonly isAwaited: boolean }
  /** Nobody can wait there: one sentence. */
  | { readonly kind: 'stop'; readonly why: string; readonly isStart: boolean };

const has = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((one) => one.kind === kind);

/** Whether a function is asynchronous. */
export const isAsync = (fn: ts.Node): boolean => has(fn, ts.SyntaxKind.AsyncKeyword);

/** Methods that the language or Node calls, and whose results it uses at once. */
const PROTOCOL = /^(toString|toJSON|valueOf|toLocaleString|inspect|next|then)$/;

/** What a function is called in a sentence. */
export function nameOfFunction(fn: ts.Node): string {
  if (ts.isConstructorDeclaration(fn)) return `the constructor of \`${classNameOf(fn.parent)}\``;
  const { parent } = fn;
  const own = (fn as ts.FunctionDeclaration).name;
  if (own !== undefined) {
    const holder = ts.isClassLike(parent) && !ts.isFunctionExpression(fn) ? `${classNameOf(parent)}.` : '';
    return `\`${holder}${own.getText()}\``;
  }
  if ((ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) && parent.initializer === fn)
    return `\`${parent.name.getText()}\``;
  if (ts.isPropertyDeclaration(parent)) return `\`${classNameOf(parent.parent)}.${parent.name.getText()}\``;
  if (ts.isBinaryExpression(parent)) return `\`${parent.left.getText()}\``;
  if (ts.isCallExpression(parent)) return `the callback of \`${calleeText(parent.expression)}\``;
  if (ts.isExportAssignment(parent) || (ts.isFunctionDeclaration(fn) && ts.isSourceFile(parent)))
    return `what \`${fileNameOf(fn)}\` exports`;
  const outer = ts.isReturnStatement(parent) || ts.isArrowFunction(parent) ? functionAround(fn) : undefined;
  return outer === undefined ? 'a function' : `what ${nameOfFunction(outer)} gives`;
}

const classNameOf = (node: ts.Node): string => (node as ts.ClassLikeDeclaration).name?.text ?? 'a class';

/** Whether a function is put into an object where it is written: `this.onData = () => …`. */
export const isMemberValue = (fn: FunctionNode): boolean =>
  ts.isMethodDeclaration(fn) ||
  ts.isPropertyAssignment(fn.parent) ||
  (ts.isBinaryExpression(fn.parent) && isAssignment(fn.parent) && isMember(fn.parent.left));

/** Why a function can never be asynchronous; one sentence. */
export function whyNeverAsync(fn: FunctionNode): string | undefined {
  const name = nameOfFunction(fn);
  if (ts.isConstructorDeclaration(fn)) return `A constructor cannot wait: ${name}`;
  if (ts.isGetAccessorDeclaration(fn)) return `A getter cannot wait: ${name}`;
  if (ts.isSetAccessorDeclaration(fn)) return `A setter cannot wait: ${name}`;
  if (fn.asteriskToken !== undefined) return `A generator gives its values at once: ${name}`;
  if (fn.type !== undefined && ts.isTypePredicateNode(fn.type))
    return `${name} narrows a type by what it returns, which a promise cannot`;
  if (fn.type?.kind === ts.SyntaxKind.NeverKeyword)
    return `${name} is declared never to return, which narrows types where it is called, and a promise of it does not`;
  if (fn.name !== undefined && ts.isComputedPropertyName(fn.name))
    return `${name} is called by the language, which uses what it returns at once`;
  const own = fn.name?.getText() ?? '';
  const isMethod = ts.isMethodDeclaration(fn);
  if (isMethod && PROTOCOL.test(own))
    return `${name} is called by the language, which uses what it returns at once`;
  if (/[a-z]Sync$/.test(own) || /[a-z]Sync`$/.test(name))
    return `The name ${name} says that it is synchronous`;
  return undefined;
}

const COMBINATORS = /^Promise\.(all|allSettled|race|any)$/;

/** Whether a call is one of `Promise.all` and its like. */
const isCombinator = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && COMBINATORS.test(node.expression.getText());

/** The `Promise.race` or `Promise.any` in whose list an expression stands. */
export function raceOf(node: ts.Expression): ts.CallExpression | undefined {
  const list = outermost(node).parent;
  const call = ts.isArrayLiteralExpression(list) ? outermost(list).parent : undefined;
  return call !== undefined && isCombinator(call) && /\.(race|any)$/.test(call.expression.getText())
    ? call
    : undefined;
}

/** The outermost expression that is the same value, through parentheses and assertions. */
export function outermost(node: ts.Expression): ts.Expression {
  let at = node;
  while (ts.isExpression(at.parent) && at.parent !== bareExpression(at.parent)) at = at.parent;
  return at;
}

/** Whether nobody uses what an expression gives, or what is waited for in it. */
export function isDropped(node: ts.Expression): boolean {
  let outer = outermost(node);
  while (ts.isAwaitExpression(outer.parent)) outer = outermost(outer.parent);
  return ts.isExpressionStatement(outer.parent) || ts.isVoidExpression(outer.parent);
}

/** Whether the value of a function is only tested or compared there. */
export function isHarmless(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isTypeOfExpression(parent) || ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent))
    return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  return (
    ts.isBinaryExpression(parent) &&
    /^(===?|!==?|&&|instanceof)$/.test(parent.operatorToken.getText()) &&
    parent.left === node
  );
}

/** Whether a promise in that place is waited for, or handed to who handles promises. */
export function isWaitedFor(node: ts.Expression): boolean {
  const outer = outermost(node);
  const { parent } = outer;
  if (ts.isAwaitExpression(parent)) return true;
  if (isMember(parent) && parent.expression === outer)
    return /^(then|catch|finally)$/.test(memberName(parent) ?? '') && ts.isCallExpression(parent.parent);
  if (ts.isArrayLiteralExpression(parent)) return isCombinator(outermost(parent).parent);
  if (ts.isCallExpression(parent) && parent.expression !== outer) return isCombinator(parent);
  return ts.isForOfStatement(parent) && parent.awaitModifier !== undefined && parent.expression === outer;
}

const isForEach = (fn: ts.ArrowFunction): boolean =>
  ts.isCallExpression(fn.parent) &&
  isMember(fn.parent.expression) &&
  memberName(fn.parent.expression) === 'forEach';

const isUsing = (node: ts.Statement): boolean =>
  ts.isVariableStatement(node) && (node.declarationList.flags & ts.NodeFlags.Using) !== 0;

/** Whether the expression is what its function returns, and no `try` around it catches or cleans up. */
export function isReturned(node: ts.Expression): boolean {
  const outer = outermost(node);
  const { parent } = outer;
  // What a callback of `forEach` gives is dropped, and it becomes the body of a loop.
  if (ts.isArrowFunction(parent)) return parent.body === outer && !isForEach(parent);
  if (!ts.isReturnStatement(parent)) return false;
  for (let at: ts.Node = parent; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    const around = at.parent;
    // What is disposed of at the end of the block has to last until then.
    if (ts.isBlock(around) && around.statements.some(isUsing)) return false;
    if (!ts.isTryStatement(around)) continue;
    if (around.tryBlock === at) return false;
    if (around.catchClause === at && around.finallyBlock !== undefined) return false;
  }
  return true;
}

/** Whether a part of a pattern is one of a parameter. */
function isOfParameter(element: ts.BindingElement): boolean {
  let at: ts.Node = element;
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at))
    at = at.parent;
  return ts.isParameter(at);
}

/** Who can wait for an expression where it stands. */
export function waitingAt(node: ts.Expression): Waiting {
  if (isWaitedFor(node)) return { kind: 'done' };
  let below: ts.Node = node;
  for (let at = node.parent as ts.Node; !ts.isSourceFile(at); below = at, at = at.parent) {
    if (ts.isParameter(at) && at.initializer === below)
      return { kind: 'stop', why: 'The default of a parameter cannot wait', isStart: false };
    if (ts.isBindingElement(at) && at.initializer === below && isOfParameter(at))
      return { kind: 'stop', why: 'The default of a parameter cannot wait', isStart: false };
    if (ts.isPropertyDeclaration(at) && at.initializer === below)
      return {
        kind: 'stop',
        why: `The initialiser of a field cannot wait: \`${classNameOf(at.parent)}.${at.name.getText()}\``,
        isStart: has(at, ts.SyntaxKind.StaticKeyword),
      };
    if (ts.isClassStaticBlockDeclaration(at))
      return { kind: 'stop', why: 'A static block cannot wait', isStart: true };
    // The key of a member is computed where its class or object is made.
    if (ts.isComputedPropertyName(at)) {
      at = at.parent;
      continue;
    }
    if (ts.isDecorator(at) || ts.isHeritageClause(at))
      return { kind: 'stop', why: 'It runs when the class is declared, which cannot wait', isStart: true };
    if (!ts.isFunctionLike(at)) continue;
    if (!('body' in at) || at.body === undefined) break;
    const fn = at as FunctionNode;
    if (isAsync(fn))
      return { kind: 'in', fn, isAwaited: fn.asteriskToken !== undefined || !isReturned(node) };
    const why = whyNeverAsync(fn);
    return why === undefined
      ? { kind: 'in', fn, isAwaited: !isReturned(node) }
      : { kind: 'stop', why, isStart: false };
  }
  return { kind: 'stop', why: 'It runs once, when its module is loaded', isStart: true };
}
