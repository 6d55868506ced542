/** Finds the places of a project that have to do with models. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { isAssigned, plainName } from '../nodes.ts';
import { decoratorsOf } from './decorators.ts';

/** A call that declares a model. */
export interface Declaration {
  readonly kind: 'define' | 'init';
  readonly call: ts.CallExpression;
  /** What `define` or `init` is called on. */
  readonly receiver: ts.Expression;
}

/** A name that an object gives to a value: `db.users = …`, `{ users: … }`. */
export interface Binding {
  readonly key: string;
  readonly value: ts.Expression;
}

/** The places of a project that have to do with models, in the order in which they are found. */
export interface Sites {
  readonly declarations: readonly Declaration[];
  readonly decorated: readonly ts.ClassLikeDeclaration[];
  readonly associations: readonly ts.CallExpression[];
  /** Calls that change a model after it is declared: hooks, scopes, `removeAttribute`. */
  readonly calls: readonly ts.CallExpression[];
  readonly bindings: readonly Binding[];
  /** What a connection is made by. */
  readonly connections: readonly (ts.NewExpression | ts.CallExpression)[];
}

/** The methods that set up relations: https://sequelize.org/docs/v6/core-concepts/assocs/ */
export const ASSOCIATES = /^(?:hasMany|hasOne|belongsTo|belongsToMany)$/;

/** Hooks that run for models. Source: https://sequelize.org/docs/v6/other-topics/hooks/ */
export const HOOK =
  /^(?:(?:before|after)(?:Validate|Create|Destroy|Restore|Update|Save|Upsert|BulkCreate|BulkDestroy|BulkRestore|BulkUpdate|Find|Sync|BulkSync|Associate|Query)|validationFailed|beforeFindAfterExpandIncludeAll|beforeFindAfterOptions|beforeCount)$/;

/** Hooks of a connection that may change what is declared. */
export const DECLARATION_HOOK = /^before(?:Define|Init)$/;

const isChange = (name: string): boolean =>
  /^(?:addHook|hook|addScope|removeAttribute)$/.test(name) || HOOK.test(name) || DECLARATION_HOOK.test(name);

/** Finds the places in files that declare models, change or relate them, or give them names. */
export function findSites(files: readonly ts.SourceFile[]): Sites {
  const declarations: Declaration[] = [];
  const decorated: ts.ClassLikeDeclaration[] = [];
  const associations: ts.CallExpression[] = [];
  const calls: ts.CallExpression[] = [];
  const bindings: Binding[] = [];
  const connections: (ts.NewExpression | ts.CallExpression)[] = [];
  const visitCall = (node: ts.CallExpression): void => {
    const callee = bareExpression(node.expression);
    if (!isMember(callee)) return;
    const name = memberName(callee) ?? '';
    const receiver = callee.expression;
    if ((name === 'define' || name === 'init') && node.arguments.length >= 2)
      declarations.push({ kind: name, call: node, receiver });
    if (ASSOCIATES.test(name) && node.arguments.length > 0) associations.push(node);
    if (isChange(name)) calls.push(node);
    if (/^SequelizeModule\.forRoot(?:Async)?$/.test(callee.getText())) connections.push(node);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) visitCall(node);
    else if (ts.isNewExpression(node) && /(?:^|\.)Sequelize$/.test(node.expression.getText()))
      connections.push(node);
    else if (ts.isClassLike(node) && decoratorsOf(node).some(({ name }) => name === 'Table'))
      decorated.push(node);
    bindings.push(...bindingsAt(node));
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return { declarations, decorated, associations, calls, bindings, connections };
}

function bindingsAt(node: ts.Node): readonly Binding[] {
  if (isAssigned(node) && isMember(node.left)) {
    const key = memberName(node.left);
    return key === undefined ? [] : [{ key, value: node.right }];
  }
  if (!ts.isObjectLiteralExpression(node) || !isContainer(node)) return [];
  return node.properties.flatMap((one) => {
    const key = one.name === undefined ? undefined : plainName(one.name);
    if (key === undefined) return [];
    if (ts.isPropertyAssignment(one)) return [{ key, value: one.initializer }];
    return ts.isShorthandPropertyAssignment(one) ? [{ key, value: one.name }] : [];
  });
}

/** Whether an object is kept by a name, exported or returned, as collections of models are. */
function isContainer(node: ts.ObjectLiteralExpression): boolean {
  let at: ts.Node = node.parent;
  while (ts.isParenthesizedExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at))
    at = at.parent;
  return (
    ts.isVariableDeclaration(at) || ts.isExportAssignment(at) || ts.isReturnStatement(at) || isAssigned(at)
  );
}
