/** What code of migrations looks like: chains of calls, branches, functions by their names. */

import { ts } from 'ts-morph';
import {
  bareExpression,
  isFunctionNode,
  isMember,
  memberName,
  type FunctionNode,
} from '../../../effects/symbols.ts';

/** A call in a chain: `.notNullable()`. */
export interface Link {
  readonly name: string;
  readonly args: readonly ts.Expression[];
  readonly call: ts.CallExpression;
}

/** The calls of a chain with what it begins at: `knex.schema` and `createTable(…)`, `table` and `.string('a')`, `.unique()`. */
export function chainOf(call: ts.CallExpression): {
  readonly root: ts.Expression;
  readonly links: readonly Link[];
} {
  const links: Link[] = [];
  let at: ts.Expression = call;
  while (ts.isCallExpression(at) && !isSchema(at)) {
    const { expression: callee } = at;
    const name = isMember(callee) ? (memberName(callee) ?? '*') : '';
    links.unshift({ name, args: at.arguments, call: at });
    at = isMember(callee) ? bareExpression(callee.expression) : callee;
  }
  return { root: at, links };
}

/** Whether it is a schema builder: `knex.schema`, `db.schema.withSchema('x')`, `schema`. */
export function isSchema(node: ts.Expression): boolean {
  const bare = bareExpression(node);
  if (ts.isIdentifier(bare)) return /^schema(?:Builder)?$/i.test(bare.text);
  if (ts.isCallExpression(bare))
    return (
      isMember(bare.expression) &&
      memberName(bare.expression) === 'withSchema' &&
      isSchema(bare.expression.expression)
    );
  return isMember(bare) && memberName(bare) === 'schema';
}

/** The function that an argument is. */
export const functionOf = (node: ts.Expression | undefined): FunctionNode | undefined => {
  const bare = node === undefined ? undefined : bareExpression(node);
  return bare !== undefined && isFunctionNode(bare) ? bare : undefined;
};

/** The first function of a name that a file declares, exports or has in an object or a class. */
export function functionNamed(source: ts.SourceFile, name: string): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  const visit = (node: ts.Node): void => {
    if (found === undefined && isFunctionNode(node) && nameOf(node) === name) found = node;
    if (found === undefined) ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a function is called: by itself, or by what it is assigned to. */
function nameOf(node: FunctionNode): string | undefined {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  if (ts.isBinaryExpression(parent) && isMember(parent.left)) return memberName(parent.left);
  return undefined;
}

/** Whether a function undoes what was done: no part of what is left behind. */
export const isUndoing = (node: FunctionNode): boolean => {
  const { parent } = node;
  if (/^(?:down|drop\w*|rollback\w*|tear\w*|clean\w*)$/i.test(nameOf(node) ?? '')) return true;
  return ts.isCallExpression(parent) && /^after(?:All|Each)?$/.test(parent.expression.getText());
};

/** The parts of a statement of which one runs, and what decides. */
export function branchesOf(
  node: ts.Node,
): { readonly condition: ts.Expression | undefined; readonly branches: readonly ts.Node[] } | undefined {
  if (ts.isIfStatement(node))
    return {
      condition: node.expression,
      branches: [node.thenStatement, ...(node.elseStatement === undefined ? [] : [node.elseStatement])],
    };
  if (ts.isConditionalExpression(node))
    return { condition: node.condition, branches: [node.whenTrue, node.whenFalse] };
  if (ts.isSwitchStatement(node)) return { condition: node.expression, branches: node.caseBlock.clauses };
  if (ts.isTryStatement(node))
    return {
      condition: undefined,
      branches: [node.tryBlock, ...(node.catchClause === undefined ? [] : [node.catchClause])],
    };
  if (ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText()))
    return { condition: node.left, branches: [node.right] };
  return undefined;
}

/** Whether a call runs only where what it makes is not there. */
export const isAskedFor = (call: ts.CallExpression): boolean =>
  ts.findAncestor(call, (one) => {
    const found = branchesOf(one);
    return found?.condition !== undefined && /\bhasTable\b|exist/i.test(found.condition.getText());
  }) !== undefined;

/** The values of an object by the names of its properties. */
export function propertiesOf(object: ts.ObjectLiteralExpression): ReadonlyMap<string, ts.Expression> {
  return new Map(
    object.properties.flatMap((one) =>
      ts.isPropertyAssignment(one)
        ? [[one.name.getText(), one.initializer] as const]
        : ts.isShorthandPropertyAssignment(one)
          ? [[one.name.text, one.name] as const]
          : [],
    ),
  );
}

/** Whether a text holds a name as a word of its own. */
export const namesWord = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w$])${name.replace(/[$.*+?^()[\]{}|\\]/g, '\\$&')}(?![\\w$])`).test(text);

/** How an expression is written, on one line and shortened. */
export function written(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 60 ? `…${text.slice(-59)}` : text;
}

/** How a column's type is written: `string(20)` of `table.string('name', 20)`. */
export function writtenType(link: Link): string {
  const args = (link.name === 'timestamps' ? link.args : link.args.slice(1)).map((one) =>
    one.getText().replace(/\s+/g, ' '),
  );
  return args.length === 0 ? link.name : `${link.name}(${args.join(', ')})`;
}
