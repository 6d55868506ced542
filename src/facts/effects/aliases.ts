import { ts } from 'ts-morph';
import { builtInMethod } from './guesses.ts';
import { bareExpression, elementOfAll, isFunctionNode, isMember, memberName } from './symbols.ts';

/** Stands for all properties of an object, and for its elements. */
export const ANY = '*';

/** The object that another name is for: what `of` gives, or a part of that, by the names of the properties that lead to it. */
export interface Origin {
  readonly of: ts.Expression;
  readonly through: readonly string[];
  /** Whether it may be for a new object instead. */
  readonly isMaybe?: boolean;
}

/** Methods of lists and maps that give an element. */
const ELEMENTS = /^(find|findLast|at|pop|shift|get)$/;
/** Methods of lists whose result is the list itself, or has its elements. */
const LISTS =
  /^(filter|slice|flat|concat|reverse|sort|toSorted|toReversed|values|entries|with|splice|toSpliced)$/;

/** Calls that give what they are given first, or something that has all that belongs to it. */
const GIVES_FIRST = /^Object\.(create|assign|freeze|seal|preventExtensions|setPrototypeOf|defineProperty)$/;

/** What a method gives of the list that it is called on, as names that lead to it; undefined where it gives something new. */
export function partOf(method: string): readonly string[] | undefined {
  if (ELEMENTS.test(method)) return ['[]'];
  return LISTS.test(method) ? [] : undefined;
}

/** The name that a member goes by: `[]` for an element, `*` where it is not known. */
export function keyOfMember(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
  const name = memberName(node);
  if (name !== undefined) return name;
  if (!ts.isElementAccessExpression(node)) return ANY;
  const key = bareExpression(node.argumentExpression);
  const isIndex =
    ts.isNumericLiteral(key) || (ts.isIdentifier(key) && /^(i|j|k|n|index|idx)$/.test(key.text));
  return isIndex ? '[]' : ANY;
}

/** The object that a name is for where it is one that was there before; `either` where it may be one of several. */
export function originOf(node: ts.Declaration): Origin | 'either' | undefined {
  const through: string[] = [];
  let holder: ts.Node = node;
  while (
    ts.isBindingElement(holder) ||
    ts.isObjectBindingPattern(holder) ||
    ts.isArrayBindingPattern(holder)
  ) {
    if (ts.isBindingElement(holder)) through.unshift(keyOfElement(holder));
    holder = holder.parent;
  }
  if (ts.isBindingElement(node)) {
    const element = elementOfAll(node);
    if (element !== undefined) return sharedOf(element);
  }
  if (ts.isParameter(holder)) return below(originOfParameter(holder), through);
  if (!ts.isVariableDeclaration(holder)) return undefined;
  const loop = holder.parent.parent;
  if (ts.isForOfStatement(loop)) return { of: loop.expression, through: ['[]', ...through] };
  return holder.initializer === undefined ? undefined : below(sharedOf(holder.initializer), through);
}

const below = (
  origin: Origin | 'either' | undefined,
  through: readonly string[],
): Origin | 'either' | undefined =>
  typeof origin === 'object' ? { ...origin, through: [...origin.through, ...through] } : origin;

function keyOfElement(node: ts.BindingElement): string {
  if (ts.isArrayBindingPattern(node.parent)) return '[]';
  const name = node.propertyName ?? node.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ANY;
}

/** A parameter of a callback that a list or a map is asked with is for one of its elements. */
function originOfParameter(node: ts.ParameterDeclaration): Origin | 'either' | undefined {
  const fn = node.parent;
  const call = fn.parent as ts.Node | undefined;
  if (!(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) || call === undefined) return undefined;
  if (!ts.isCallExpression(call) || !isMember(call.expression) || call.arguments[0] !== fn) return undefined;
  const name = memberName(call.expression) ?? '';
  if (builtInMethod(name) === undefined) return undefined;
  const element: Origin = { of: call.expression.expression, through: ['[]'] };
  if (/^(then|catch|finally)$/.test(name)) return { of: element.of, through: [] };
  if (!name.startsWith('reduce')) return element;
  const [, initial] = call.arguments;
  if (fn.parameters.indexOf(node) !== 0 || initial === undefined) return element;
  const shared = sharedOf(initial);
  return shared ?? { of: initial, through: [] };
}

/** Whether an expression makes what it gives right there. */
function isMade(node: ts.Expression): boolean {
  const bare = bareExpression(node);
  return (
    ts.isObjectLiteralExpression(bare) ||
    ts.isArrayLiteralExpression(bare) ||
    ts.isLiteralExpression(bare) ||
    isFunctionNode(bare) ||
    bare.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(bare) && bare.text === 'undefined')
  );
}

function eitherOf(one: ts.Expression, other: ts.Expression): Origin | 'either' | undefined {
  const [first, second] = [sharedOf(one), sharedOf(other)];
  if (first === undefined && second === undefined) return undefined;
  const shared = isMade(other) ? first : isMade(one) ? second : 'either';
  return typeof shared === 'object' ? { ...shared, isMaybe: true } : shared;
}

/** What of an expression is an object that was there before; undefined where it gives a new one. */
export function sharedOf(node: ts.Expression): Origin | 'either' | undefined {
  const bare = bareExpression(node);
  if (ts.isIdentifier(bare) || isMember(bare) || bare.kind === ts.SyntaxKind.ThisKeyword)
    return { of: bare, through: [] };
  if (ts.isAwaitExpression(bare)) return sharedOf(bare.expression);
  if (ts.isConditionalExpression(bare)) return eitherOf(bare.whenTrue, bare.whenFalse);
  if (ts.isBinaryExpression(bare)) return eitherOf(bare.left, bare.right);
  if (ts.isCallExpression(bare) && isMember(bare.expression)) {
    const [first] = bare.arguments;
    if (first !== undefined && GIVES_FIRST.test(bare.expression.getText())) return sharedOf(first);
    const part = partOf(memberName(bare.expression) ?? '');
    if (part !== undefined) return below(sharedOf(bare.expression.expression), part);
  }
  return undefined;
}
