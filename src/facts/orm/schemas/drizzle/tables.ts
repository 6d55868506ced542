/** Finds the calls that make tables. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import type { Column, DeleteRule, Model } from '../../schema.ts';
import { siteOf } from '../nodes.ts';
import { entered, isFunctionWithResult, resultOf, textOf, withParameter } from './expressions.ts';
import { resolve, type Known, type Reading } from './names.ts';
import type { DeclaredRelation } from './relations.ts';

/** A table while it is read. */
export interface Table {
  /** The name of its variable. */
  readonly name: string;
  readonly call: TableCall;
  readonly seenAt: Model['seenAt'];
  readonly columns: Map<string, Column>;
  readonly primaryKey: string[];
  readonly uniques: (readonly string[])[];
  readonly indexes: (readonly string[])[];
  readonly relations: Map<string, DeclaredRelation>;
  readonly deleteRules: DeleteRule[];
  readonly unread: string[];
}

/** Tables by what declares them: a variable, a property, an assignment. */
export type Tables = ReadonlyMap<ts.Node, Table>;

/** A call that makes a table: `pgTable('users', { … }, (t) => [ … ])`. */
interface TableCall {
  /** `drizzle-orm/pg-core`. */
  readonly module: string;
  readonly table: string | undefined;
  readonly columns: ts.Expression | undefined;
  readonly extras: ts.Expression | undefined;
  readonly at: Reading;
}

/** The tables that files declare outside of functions and classes, not yet read. */
export function tablesIn(sources: readonly ts.SourceFile[], at: Reading): Tables {
  const tables = new Map<ts.Node, Table>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    const declared = declaredBy(node);
    const call = declared === undefined ? undefined : tableCallOf(declared.value, at);
    if (declared === undefined || call === undefined) return ts.forEachChild(node, visit);
    tables.set(node, {
      name: declared.name,
      call,
      seenAt: siteOf(node),
      columns: new Map(),
      primaryKey: [],
      uniques: [],
      indexes: [],
      relations: new Map(),
      deleteRules: [],
      unread: [],
    });
  };
  for (const source of sources) visit(source);
  return tables;
}

/** What a node gives a name to. */
function declaredBy(node: ts.Node): { readonly name: string; readonly value: ts.Expression } | undefined {
  if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) {
    const { name, initializer } = node;
    return initializer !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))
      ? { name: name.text, value: initializer }
      : undefined;
  }
  const isExport =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    /^(?:module\.)?exports$/.test(node.left.expression.getText());
  return isExport && ts.isPropertyAccessExpression(node.left)
    ? { name: node.left.name.text, value: node.right }
    : undefined;
}

function tableCallOf(expression: ts.Expression, at: Reading): TableCall | undefined {
  const node = bareExpression(expression);
  if (!ts.isCallExpression(node)) return undefined;
  const callee = bareExpression(node.expression);
  // https://orm.drizzle.team/docs/rls
  if (isMember(callee) && memberName(callee) === 'enableRLS') return tableCallOf(callee.expression, at);
  const [name, columns, extras] = node.arguments;
  const made = (module: string, table: string | undefined): TableCall => ({
    module,
    table,
    columns,
    extras,
    at,
  });
  const known = resolve(
    isMember(callee) && memberName(callee) === 'withRLS' ? callee.expression : callee,
    at,
  );
  if (known?.kind === 'library') {
    return /^(?:pg|mysql|sqlite|singlestore|gel)Table$/.test(known.name)
      ? made(known.module, textOf(name, at))
      : undefined;
  }
  if (known?.kind !== 'node') return undefined;
  if (ts.isCallExpression(known.node)) {
    // https://orm.drizzle.team/docs/goodies#multi-project-schema
    const creator = resolve(known.node.expression, at);
    if (creator?.kind !== 'library' || !creator.name.endsWith('TableCreator')) return undefined;
    return made(creator.module, nameBy(known.node.arguments[0], name, at));
  }
  if (isMember(known.node) && memberName(known.node) === 'table') {
    const schema = makerOf(known.node.expression, at);
    return schema !== undefined && schema.name.endsWith('Schema')
      ? made(schema.module, textOf(name, at))
      : undefined;
  }
  const body = entered(node, at);
  return body === undefined ? undefined : tableCallOf(body.result, body.at);
}

/** The name that a function for names gives to a table. */
function nameBy(
  customize: ts.Expression | undefined,
  name: ts.Expression | undefined,
  at: Reading,
): string | undefined {
  const known = customize === undefined ? undefined : resolve(customize, at);
  if (name === undefined || known?.kind !== 'node' || !isFunctionWithResult(known.node)) return undefined;
  const given: Known = { kind: 'node', node: name, declaration: undefined };
  return textOf(
    resultOf(known.node),
    withParameter(known.node, at, given, () => given),
  );
}

/** The export of Drizzle that made what an expression stands for: `pgSchema` of a schema, `pgEnum` of an enum. */
export function makerOf(
  expression: ts.Expression,
  at: Reading,
): (Known & { readonly kind: 'library' }) | undefined {
  const known = resolve(expression, at);
  if (known?.kind !== 'node' || !ts.isCallExpression(known.node)) return undefined;
  const callee = bareExpression(known.node.expression);
  const maker = resolve(callee, at);
  if (maker?.kind === 'library') return maker;
  const schema =
    isMember(callee) && memberName(callee) === 'enum' ? makerOf(callee.expression, at) : undefined;
  return schema === undefined ? undefined : { ...schema, name: 'pgEnum' };
}

/** The table that an expression stands for. */
export function tableOf(
  expression: ts.Expression | undefined,
  tables: Tables,
  at: Reading,
): Table | undefined {
  const known = expression === undefined ? undefined : resolve(expression, at);
  return known?.kind === 'node' && known.declaration !== undefined
    ? tables.get(known.declaration)
    : undefined;
}
