import { ts } from 'ts-morph';
import type { FunctionNode } from '../effects/symbols.ts';
import type { ConeFunction, ConeGuard } from './cone.ts';
import { placeOf, siteOf } from './sites.ts';
import type { Use } from './uses.ts';
import { nameOfFunction } from './waiting.ts';

/** A function as a cone tells it. */
export function asConeFunction(fn: FunctionNode): ConeFunction {
  return {
    ...placeOf(fn),
    name: nameOfFunction(fn),
    body: fn.body?.getStart() ?? fn.end,
    seenAt: siteOf(fn),
  };
}

/** Whether all that a handler does is in a `try` whose `catch` calls `next` with the error. */
export function handsErrorsOn(fn: FunctionNode): boolean {
  const { body } = fn;
  if (body === undefined || !ts.isBlock(body) || body.statements.length !== 1) return false;
  const [only] = body.statements;
  if (only === undefined || !ts.isTryStatement(only) || only.catchClause === undefined) return false;
  const caught = only.catchClause.variableDeclaration?.name.getText();
  const next = fn.parameters.at(-1)?.name.getText() ?? '';
  const [first] = only.catchClause.block.statements;
  return (
    caught !== undefined &&
    first !== undefined &&
    only.catchClause.block.statements.length === 1 &&
    new RegExp(`^(return )?${next.replaceAll('$', '\\$')}\\(${caught.replaceAll('$', '\\$')}\\);?$`).test(
      first.getText(),
    )
  );
}

/** How the errors of a handler are handed on, or why they cannot be: one clause. */
export function guardOf(fn: FunctionNode, uses: readonly Use[]): ConeGuard | string {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn) && !ts.isFunctionDeclaration(fn))
    return 'it is a method, which others may call';
  if (uses.some(({ kind }) => kind !== 'argument' && kind !== 'export')) return 'it is called by others too';
  const { parameters, body } = fn;
  if (body === undefined || parameters.length < 2 || parameters.length > 4)
    return `it has ${parameters.length} parameters, where a handler has two to four`;
  if (fn.type !== undefined && !/^(void|any|unknown|Promise<(void|any|unknown)>)$/.test(fn.type.getText()))
    return 'its declared type asks for a value where an error is handed on';
  const last = parameters.at(-1);
  const isAdded = parameters.length === 2;
  if (last === undefined || last.dotDotDotToken !== undefined || (!isAdded && !ts.isIdentifier(last.name)))
    return 'its parameters are taken apart';
  const next = isAdded ? 'next' : last.name.getText();
  if (isAdded && /\bnext\b/.test(fn.getText())) return 'something else is called `next` in it';
  return { ...asConeFunction(fn), next, isAdded };
}
