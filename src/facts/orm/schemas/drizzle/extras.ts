/** Reads the third argument of a table: indexes, uniques and keys of several columns. */

import { ts } from 'ts-morph';
import { bareExpression, isMember, memberName } from '../../../effects/symbols.ts';
import { builtBy, propertyOf, type Built } from './built.ts';
import {
  isFunctionWithResult,
  objectOf,
  propertyValue,
  resultOf,
  short,
  textOf,
  valuesOf,
  withParameter,
} from './expressions.ts';
import { readForeignKey } from './foreign-keys.ts';
import { resolve, type Reading } from './names.ts';
import { tableOf, type Table, type Tables } from './tables.ts';

/** https://orm.drizzle.team/docs/indexes-constraints */
export function readExtras(table: Table, tables: Tables): void {
  const { extras, at } = table.call;
  if (extras === undefined) return;
  const known = resolve(extras, at);
  const unreadable = (node: ts.Node): void => {
    table.unread.push(`a key or an index: \`${short(node)}\``);
  };
  if (known?.kind !== 'node' || !isFunctionWithResult(known.node)) return unreadable(extras);
  const inside = withParameter(known.node, at, { kind: 'row' }, (name) => ({ kind: 'column', name }));
  const result = resultOf(known.node);
  const list = valuesOf(result, inside);
  const object = objectOf(result, inside);
  const entries = list ?? object?.object.properties;
  if (entries === undefined) return unreadable(extras);
  for (const entry of entries) {
    const value = ts.isExpression(entry) ? entry : propertyValue(entry);
    const built = value === undefined ? undefined : builtBy(value, inside);
    if (built === undefined || !readExtra(table, built, tables)) unreadable(entry);
  }
}

/** Adds the key or index that a chain declares; false where it cannot be read. */
function readExtra(table: Table, built: Built, tables: Tables): boolean {
  const { name, call, calls, at } = built;
  if (name === 'foreignKey') readForeignKey(table, built, tables);
  if (!/^(?:primaryKey|unique|uniqueIndex|index)$/.test(name)) {
    return /^(?:foreignKey|check|pgPolicy|gelPolicy|spatialIndex|fulltextIndex|vectorIndex)$/.test(name);
  }
  const named = (list: readonly ts.Expression[]): readonly string[] | undefined => {
    const names = list.map((one) => columnIn(one, table, tables, at));
    return names.every((one) => one !== undefined) && names.length > 0 ? names : undefined;
  };
  if (name === 'primaryKey') {
    const config = objectOf(call.arguments[0], at);
    const listed =
      config === undefined
        ? call.arguments
        : valuesOf(propertyOf(config.object, 'columns', config.at), config.at);
    const columns = listed === undefined ? undefined : named(listed);
    if (columns === undefined) return false;
    table.primaryKey.push(...columns);
    return true;
  }
  // What holds for some of the rows, or for what is computed from them, tells nothing of the columns.
  if (calls.some((one) => one.name === 'where')) return true;
  const on = calls.find((one) => one.name === 'on' || one.name === 'onOnly');
  const using = calls.find((one) => one.name === 'using');
  const [method, ...rest] = using?.args ?? [];
  // PostgreSQL alone has indexes that find no rows by their values.
  if (method !== undefined && !/^(?:btree|hash|brin)$/.test(textOf(method, at) ?? '')) return true;
  const listed = on?.args ?? rest;
  if (listed.some((one) => isSql(one, at))) return true;
  const columns = named(listed);
  if (columns === undefined) return false;
  (name === 'index' ? table.indexes : table.uniques).push(columns);
  return true;
}

/** Whether a part of an index is an expression in SQL. */
function isSql(expression: ts.Expression, at: Reading): boolean {
  const node = bareExpression(expression);
  if (ts.isTaggedTemplateExpression(node)) return true;
  const known = resolve(node, at);
  return known?.kind === 'node' && ts.isTaggedTemplateExpression(known.node);
}

/** The column of `table` that an expression names, whatever order it gives it. */
export function columnIn(
  expression: ts.Expression,
  table: Table,
  tables: Tables,
  at: Reading,
): string | undefined {
  let node = bareExpression(expression);
  while (
    ts.isCallExpression(node) &&
    isMember(node.expression) &&
    /^(?:asc|desc|nullsFirst|nullsLast|op)$/.test(memberName(node.expression) ?? '')
  )
    node = bareExpression(node.expression.expression);
  const known = resolve(node, at);
  const name =
    known?.kind === 'column'
      ? known.name
      : isMember(node) && tableOf(node.expression, tables, at) === table
        ? memberName(node)
        : undefined;
  return name !== undefined && table.columns.has(name) ? name : undefined;
}
