/** Decorators as they are written. */

import { ts } from 'ts-morph';
import { isMember, memberName } from '../../../effects/symbols.ts';

/** A decorator by its name alone: from which package it comes is not asked. */
export interface Decorator {
  readonly name: string;
  /** Undefined where it stands without parentheses. */
  readonly args: readonly ts.Expression[] | undefined;
  readonly expression: ts.Expression;
}

/** The decorators of a class or a member, in the order in which they are written. */
export function decoratorsOf(node: ts.Node): readonly Decorator[] {
  const all = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return all.map(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    return {
      name: isMember(callee) ? (memberName(callee) ?? '') : callee.getText(),
      args: ts.isCallExpression(expression) ? expression.arguments : undefined,
      expression,
    };
  });
}
