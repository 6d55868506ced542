/** Reads what foreign keys do when what they refer to is deleted. */

import { ts } from 'ts-morph';
import { bareExpression, isMember } from '../../../effects/symbols.ts';
import { deleteRuleOf } from '../delete-rules.ts';
import { propertyOf, type Built } from './built.ts';
import { isFunctionWithResult, objectOf, resultOf, textOf, valuesOf } from './expressions.ts';
import { resolve, type Reading } from './names.ts';
import { tableOf, type Table, type Tables } from './tables.ts';

/** `references(() => users.id, { onDelete: 'cascade' })`: https://orm.drizzle.team/docs/relations-schema-declaration#foreign-key-actions */
export function readReference(
  table: Table,
  [reference, options]: readonly ts.Expression[],
  tables: Tables,
  at: Reading,
): void {
  const known = reference === undefined ? undefined : resolve(reference, at);
  const config = objectOf(options, at);
  if (known?.kind !== 'node' || !isFunctionWithResult(known.node) || config === undefined) return;
  addRule(table, resultOf(known.node), textOf(propertyOf(config.object, 'onDelete', config.at), config.at), {
    tables,
    at,
  });
}

/** `foreignKey({ columns, foreignColumns }).onDelete('cascade')`: https://orm.drizzle.team/docs/indexes-constraints#foreign-key */
export function readForeignKey(table: Table, { call, calls, at }: Built, tables: Tables): void {
  const config = objectOf(call.arguments[0], at);
  const columns = config && valuesOf(propertyOf(config.object, 'foreignColumns', config.at), config.at);
  const rule = calls.find(({ name }) => name === 'onDelete')?.args[0];
  addRule(table, columns?.[0], textOf(rule, at), { tables, at });
}

function addRule(
  table: Table,
  column: ts.Expression | undefined,
  written: string | undefined,
  { tables, at }: { readonly tables: Tables; readonly at: Reading },
): void {
  const rule = deleteRuleOf(written);
  const node = column && bareExpression(column);
  const target = node !== undefined && isMember(node) ? tableOf(node.expression, tables, at) : undefined;
  if (rule !== undefined && target !== undefined) table.deleteRules.push({ model: target.name, rule });
}
