/** Relations from foreign keys, from both sides. */

import type { Relation } from '../../schema.ts';
import type { ForeignKey } from './tables.ts';
import { areSideBySide, type Draft } from './variants.ts';

/** A foreign key with the tables at its ends. */
interface Edge {
  readonly key: ForeignKey;
  readonly holder: Draft;
  readonly target: Draft;
}

/** The relations of a table: its foreign keys, and those of other tables that lead to it. */
export function relationsOf(draft: Draft, all: readonly Draft[], unread: string[]): readonly Relation[] {
  const own: Edge[] = [];
  for (const key of draft.foreign) {
    const target = targetOf(draft, key, all);
    if (target === undefined)
      unread.push(`the table \`${key.table}\` that \`${key.columns.join(', ')}\` refers to`);
    else own.push({ key, holder: draft, target });
  }
  const others = all.flatMap((holder) =>
    holder.foreign.flatMap((key): Edge[] =>
      key.table === draft.name && targetOf(holder, key, all) === draft
        ? [{ key, holder, target: draft }]
        : [],
    ),
  );
  const common = { isEager: false, isLazy: false, isFiltered: false };
  return [
    ...own.map(({ key, holder, target }): Relation => ({
      name: nameToOne(key),
      kind: 'one',
      model: target.name,
      from: key.columns,
      to: key.to,
      inverse: nameBack(key, holder, target),
      ...common,
    })),
    ...others.map(({ key, holder, target }): Relation => ({
      name: nameBack(key, holder, target),
      kind: isUniqueIn(holder, key.columns) ? 'one' : 'many',
      model: holder.name,
      from: key.to,
      to: key.columns,
      inverse: nameToOne(key),
      ...common,
    })),
  ];
}

/** The table that a foreign key leads to, with the columns that it names. */
function targetOf(holder: Draft, key: ForeignKey, all: readonly Draft[]): Draft | undefined {
  const target = all.find(
    (one) =>
      one.name === key.table && (one.folder === holder.folder || areSideBySide(one.folder, holder.folder)),
  );
  return key.to.every((one) => target?.columns.has(one) ?? false) &&
    key.columns.every((one) => holder.columns.has(one))
    ? target
    : undefined;
}

/** Whether no two rows have the same values in some columns. */
const isUniqueIn = ({ primaryKey, keys }: Draft, columns: readonly string[]): boolean =>
  [primaryKey, ...keys.filter((one) => one.isUnique).map((one) => one.columns)].some(
    (unique) => unique.length > 0 && unique.every((one) => columns.includes(one)),
  );

/** `author` of `author_id` and `authorId`; the table where nothing is left. */
function nameToOne({ columns, table }: ForeignKey): string {
  const [column] = columns;
  if (column === undefined || columns.length > 1) return table;
  const name = column.replace(/_?id$|(?<=[a-z\d])I[dD]$/, '');
  return name === '' ? table : name;
}

/** The table that holds the key; with the column, where it holds several to the same table. */
const nameBack = (key: ForeignKey, holder: Draft, target: Draft): string =>
  holder.foreign.filter((one) => one.table === target.name).length > 1
    ? `${holder.name}.${key.columns.join('.')}`
    : holder.name;
