/** The columns that keys are read from, as far as schemas tell. */

import type { Column } from '../../facts/orm/schema.ts';
import type { Path } from '../../syntax/ast.ts';
import type { Batch, Key } from '../batches.ts';
import { nameOfKey } from '../objects.ts';
import type { File, Query } from '../query.ts';
import { rowsIn, rowsOf, type Rows } from '../sites.ts';
import { fateOf } from '../uses.ts';
import { isOfAnother, statementsBetween } from './reading.ts';

/** The property of its row that a key is: `authorId` of `post.authorId`, or of `{ authorId: id }`. */
export function propertyRead(dependence: Key['dependence']): string | undefined {
  const pattern = dependence.on === 'element' ? dependence.walk.element : undefined;
  if (pattern?.type !== 'ObjectPattern') return /^[\w$]+\??\.(\w+)!?$/.exec(dependence.text)?.[1];
  const property = pattern.properties.find(
    (one) =>
      one.type === 'ObjectProperty' && one.value.type === 'Identifier' && one.value.name === dependence.text,
  );
  return property === undefined ? undefined : nameOfKey(property);
}

/** The query of a batch, where its rows are rows of its model. */
const ownRowsOf = (batch: Batch | undefined): Query | undefined =>
  batch?.site.query.derived === undefined ? batch?.site.query : undefined;

/** Hooks that are handed rows before the query gives them, and may give their properties other values. */
const CHANGES_ROWS =
  /^(?:AfterLoad|\$?afterFind|\$(?:parse|set)DatabaseJson|onLoad|post (?:find|findOne|init))$/i;

/** The model's column that an expression reads: `post.authorId`, where `posts` are the rows of a query. */
export function columnRead(file: File, { dependence }: Key, batch: Batch): Column | undefined {
  const query = dependence.on === 'row' ? ownRowsOf(batch.after) : rowsIn(file, dependence.walk.list);
  const name = propertyRead(dependence);
  if (name === undefined || query?.selected?.includes(name) === false) return undefined;
  if (query?.model?.hooks.some((one) => CHANGES_ROWS.test(one)) === true) return undefined;
  const rows = dependence.on === 'row' ? undefined : rowsOf(file, dependence.walk.list);
  if (rows !== undefined && isSetSince(file, rows, name, batch.anchor)) return undefined;
  return query?.model?.columns.find((one) => one.name === name);
}

/** Whether a property of rows may be another one by the time of the statement `until` than their query gave. */
function isSetSince(file: File, rows: Rows, name: string, until: Path): boolean {
  if (fateOf(file, rows.binding).kind === 'read') return false;
  return statementsBetween(rows.statement, until).some((one) =>
    file.facts
      .codeOf(file.path, one)
      .effects.some(
        ({ access, resource }) =>
          access === 'write' &&
          resource.kind === 'field' &&
          [name, '[]', '*'].includes(resource.name) &&
          !isOfAnother(file, resource.owner, rows.binding),
      ),
  );
}

/** Whether no two turns ask for the same rows: each element is a row of its own, and it is told by its key. */
export function areKeysDistinct(file: File, { keys: [{ dependence }], path, anchor }: Batch): boolean {
  if (dependence.on !== 'element' || path.length > 1) return false;
  const rows = rowsOf(file, dependence.walk.list);
  const name = propertyRead(dependence);
  if (rows?.query.model === undefined || rows.query.derived !== undefined || name === undefined) return false;
  const { primaryKey, uniques } = rows.query.model;
  return (
    [primaryKey, ...uniques].some((one) => one.length === 1 && one[0] === name) &&
    !isSetSince(file, rows, name, anchor)
  );
}
