/** Which decorators are those of TypeORM, and how their arguments are told apart. */

import type { ts } from 'ts-morph';
import { bareExpression, isFunctionNode } from '../../../effects/symbols.ts';
import { constructorNamed } from '../column-types.ts';
import type { Decorator, DecoratorFamily } from '../package-decorators.ts';
import type { Options } from '../values.ts';

/** Whether a name is that of TypeORM, or of a module of it. */
export const isTypeOrm = (name: string): boolean => /^typeorm(?:\/|$)/.test(name);

/** The first argument of a decorator, where it is a type, and its options. */
export function typeAndOptions({ values, args }: Decorator): {
  readonly type: ts.Expression | undefined;
  readonly options: Options;
} {
  const [first, second] = args;
  const isType =
    first !== undefined &&
    (second !== undefined ||
      isFunctionNode(bareExpression(first)) ||
      constructorNamed(first) !== undefined ||
      values.isText(first));
  return isType
    ? { type: first, options: values.optionsOf(second) }
    : { type: undefined, options: values.optionsOf(first) };
}

/** The first argument of a decorator, where it is a text, and its options. */
export function textAndOptions({ values, args }: Decorator): {
  readonly text: string | undefined;
  readonly options: Options;
} {
  const [first, second] = args;
  const text = first === undefined ? undefined : values.textOf(first);
  return { text, options: values.optionsOf(text === undefined ? first : second) };
}

/** The decorators of TypeORM: https://typeorm.io/docs/help/decorator-reference */
export const TYPEORM: DecoratorFamily = {
  isFrom: isTypeOrm,
  given:
    /\b(?:\w*Column|OneToOne|OneToMany|ManyToOne|ManyToMany|JoinTable|RelationId|Index|Unique|Generated|TreeParent|TreeChildren|AfterLoad)\s*\(/,
  resembling: /(?:Column|OneToOne|OneToMany|ManyToOne|ManyToMany|JoinTable|Index)$/,
};
