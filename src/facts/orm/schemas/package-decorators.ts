/** Finds the decorators of one package, also those that functions of the project give. For TypeORM and MikroORM. */

import { ts } from 'ts-morph';
import { bareExpression, isFunctionNode } from '../../effects/symbols.ts';
import { returnedBy, shortText } from './nodes.ts';
import { UNREAD, type Values } from './values.ts';

/** Whose decorators are looked for. */
export interface DecoratorFamily {
  isFrom(packageName: string): boolean;
  /** What the text of a function holds that gives one of them. */
  readonly given: RegExp;
  /** The names of decorators that cannot be looked into and may well give one of them. */
  readonly resembling: RegExp;
}

/** A call of a decorator of a library. */
export interface Decorator {
  readonly name: string;
  readonly args: readonly ts.Expression[];
  /** Reads its arguments, which may be parameters of a function of the project that gives the decorator. */
  readonly values: Values;
  readonly node: ts.Node;
}

/** The decorators of a library on a class or a member, in the order in which they are run, and a clause for each that may hold one. */
export function decoratorsOf(
  node: ts.Node,
  values: Values,
  family: DecoratorFamily,
): { readonly decorators: readonly Decorator[]; readonly unread: readonly string[] } {
  const unread: string[] = [];
  const written = (ts.canHaveDecorators(node) ? ts.getDecorators(node) : undefined) ?? [];
  const decorators = [...written].toReversed().flatMap(({ expression }) => {
    const found = decoratorsGivenBy(expression, values, family, 0);
    if (found !== UNREAD) return found;
    unread.push(`what the decorator \`${shortText(expression)}\` stands for`);
    return [];
  });
  return { decorators, unread };
}

function decoratorsGivenBy(
  expression: ts.Expression,
  values: Values,
  family: DecoratorFamily,
  depth: number,
): readonly Decorator[] | typeof UNREAD {
  const call = bareExpression(expression);
  if (!ts.isCallExpression(call)) return [];
  const meaning = values.meaningOf(call.expression);
  if (meaning !== undefined && 'package' in meaning) {
    if (family.isFrom(meaning.package))
      return [{ name: meaning.name, args: [...call.arguments], values, node: call }];
    if (meaning.name === 'applyDecorators' && meaning.package.startsWith('@nestjs/'))
      return allGivenBy(call.arguments, values, family, depth);
  }
  if (meaning === undefined || 'package' in meaning)
    return family.resembling.test(call.expression.getText()) ? UNREAD : [];
  if (!isFunctionNode(meaning.node) || !family.given.test(meaning.node.getText())) return [];
  const returned = returnedBy(meaning.node);
  if (returned === undefined || depth > 4) return UNREAD;
  const { parameters } = meaning.node;
  const bound = values.bound(new Map(parameters.map((one, at) => [one, call.arguments[at]])));
  const given = decoratorsGivenBy(returned, bound, family, depth + 1);
  return given === UNREAD || given.length === 0 ? UNREAD : given;
}

function allGivenBy(
  expressions: readonly ts.Expression[],
  values: Values,
  family: DecoratorFamily,
  depth: number,
): readonly Decorator[] | typeof UNREAD {
  const all: Decorator[] = [];
  for (const one of expressions) {
    const given = ts.isSpreadElement(one) ? UNREAD : decoratorsGivenBy(one, values, family, depth + 1);
    if (given === UNREAD) return UNREAD;
    all.push(...given);
  }
  return all;
}
