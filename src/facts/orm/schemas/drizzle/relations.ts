/** Reads the relations of tables, and joins up their two sides. */

import { ts } from 'ts-morph';
import type { Relation } from '../../schema.ts';
import { builtBy, propertyOf } from './built.ts';
import {
  isFunctionWithResult,
  objectOf,
  propertyName,
  propertyValue,
  resultOf,
  short,
  textOf,
  valuesOf,
  withParameter,
} from './expressions.ts';
import { columnIn } from './extras.ts';
import { resolve, type Known, type Reading } from './names.ts';
import { tableOf, type Table, type Tables } from './tables.ts';

/** A relation as one table declares it. */
export interface DeclaredRelation {
  readonly name: string;
  readonly kind: 'one' | 'many';
  readonly source: Table;
  readonly target: Table;
  readonly relationName: string | undefined;
  /** The keys, where this side gives them. */
  readonly keys: Keys | undefined;
}

type Keys = Pick<Relation, 'from' | 'to'>;

/** Reads the calls of `relations` of a file into the tables that they are of: https://orm.drizzle.team/docs/relations */
export function readRelations(source: ts.SourceFile, tables: Tables, at: Reading): void {
  if (!/\brelations\b/.test(source.text)) return;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    const known = ts.isCallExpression(node) ? resolve(node.expression, at) : undefined;
    if (ts.isCallExpression(node) && known?.kind === 'library' && known.name === 'relations') {
      readRelationsOf(node, tables, at);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** `relations(posts, ({ one, many }) => ({ … }))`. */
function readRelationsOf(call: ts.CallExpression, tables: Tables, at: Reading): void {
  const [owner, declare] = call.arguments;
  const table = tableOf(owner, tables, at);
  if (table === undefined || declare === undefined) return;
  const known = resolve(declare, at);
  if (known?.kind !== 'node' || !isFunctionWithResult(known.node)) {
    table.unread.push(`its relations from \`${short(declare)}\``);
    return;
  }
  const helpers: Known = { kind: 'library', module: 'drizzle-orm', name: '*' };
  const inside = withParameter(known.node, at, helpers, (name) => ({ ...helpers, name }));
  readRelationObject(table, resultOf(known.node), tables, inside);
}

function readRelationObject(
  table: Table,
  expression: ts.Expression | undefined,
  tables: Tables,
  at: Reading,
): void {
  const found = objectOf(expression, at);
  if (found === undefined) {
    table.unread.push(`its relations from \`${expression === undefined ? '' : short(expression)}\``);
    return;
  }
  for (const property of found.object.properties) {
    if (ts.isSpreadAssignment(property)) {
      readRelationObject(table, property.expression, tables, found.at);
      continue;
    }
    const name = propertyName(property, found.at);
    const value = propertyValue(property);
    const relation =
      name === undefined || value === undefined
        ? undefined
        : declaredRelation(table, name, value, tables, found.at);
    if (relation === undefined) table.unread.push(`the relation \`${name ?? short(property)}\``);
    else table.relations.set(relation.name, relation);
  }
}

function declaredRelation(
  source: Table,
  name: string,
  value: ts.Expression,
  tables: Tables,
  at: Reading,
): DeclaredRelation | undefined {
  const built = builtBy(value, at);
  if (built === undefined || (built.name !== 'one' && built.name !== 'many')) return undefined;
  const [other, config] = built.call.arguments;
  const target = tableOf(other, tables, built.at);
  if (target === undefined) return undefined;
  const declared = { name, kind: built.name, source, target } as const;
  if (config === undefined) return { ...declared, relationName: undefined, keys: undefined };
  const found = objectOf(config, built.at);
  if (found === undefined) return undefined;
  const { object } = found;
  if (object.properties.some((property) => ts.isSpreadAssignment(property))) return undefined;
  const named = propertyOf(object, 'relationName', found.at);
  const relationName = textOf(named, found.at);
  if (named !== undefined && relationName === undefined) return undefined;
  const fields = propertyOf(object, 'fields', found.at);
  if (fields === undefined || built.name === 'many') return { ...declared, relationName, keys: undefined };
  const columns = (
    list: readonly ts.Expression[] | undefined,
    table: Table,
  ): readonly (string | undefined)[] =>
    list?.map((one) => columnIn(one, table, tables, found.at)) ?? [undefined];
  const from = columns(valuesOf(fields, found.at), source);
  const to = columns(valuesOf(propertyOf(object, 'references', found.at), found.at), target);
  const isRead = (names: readonly (string | undefined)[]): names is readonly string[] =>
    names.every((one) => one !== undefined) && names.length === from.length;
  return isRead(from) && isRead(to) && from.length > 0
    ? { ...declared, relationName, keys: { from, to } }
    : undefined;
}

/** The keys of a relation: its own, or those of the one that leads back. A clause that says what is missing otherwise. */
export function keysOf(relation: DeclaredRelation): Keys | string {
  if (relation.keys !== undefined) return relation.keys;
  const { name, source, target, relationName } = relation;
  // Where this side has no name, whatever leads back is meant, named or not.
  const back = [...target.relations.values()].filter((other) =>
    relationName === undefined
      ? other.target === source
      : other !== relation && other.relationName === relationName,
  );
  const [only] = back;
  if (back.length > 1) return `\`${name}\`: several relations of \`${target.name}\` lead back`;
  if (only?.keys === undefined || only.target !== source) {
    return `\`${name}\`: no relation of \`${target.name}\` that has keys leads back`;
  }
  return { from: only.keys.to, to: only.keys.from };
}

/** Whether two lists of columns are the same, in the same order. */
export const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.join('\0') === other.join('\0');

/** The relation of the other table over the same keys. */
export function inverseOf(relation: DeclaredRelation, keys: Keys): DeclaredRelation | undefined {
  const { source, target, relationName } = relation;
  const back = [...target.relations.values()].filter((other) => {
    if (other === relation || other.target !== source) return false;
    const theirs = keysOf(other);
    return typeof theirs !== 'string' && isSame(theirs.from, keys.to) && isSame(theirs.to, keys.from);
  });
  return back.find((other) => other.relationName === relationName) ?? back[0];
}
