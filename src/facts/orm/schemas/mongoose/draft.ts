/** What is known of a schema while it is read, and how it grows. */

import type { ts } from 'ts-morph';
import type { Column, ColumnType, Relation } from '../../schema.ts';
import type { Origins } from '../origins.ts';
import { entriesOf, isFalse, isTrue, isTrueKeyword } from './written.ts';

/** An index as it is declared: it makes unique, or finds, only where it is of the ordinary kind and for all documents. */
export interface Index {
  readonly fields: readonly string[];
  readonly isUnique: boolean;
  readonly isOrdinary: boolean;
  readonly isPartial: boolean;
  readonly name: string | undefined;
}

/** A relation before the other model is looked up. */
export interface Reference {
  readonly name: string;
  readonly kind: Relation['kind'];
  /** The name of the other model, or what makes it. */
  readonly target: string | ts.Node;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly isEager: boolean;
  readonly isFiltered: boolean;
}

/** A column whose options are still being read. */
export interface MutableColumn extends Column {
  isNullable: boolean | undefined;
  isHidden: boolean;
}

/** What is known of a schema while it is read. */
export interface Draft {
  readonly columns: Map<string, MutableColumn>;
  readonly references: Map<string, Reference>;
  /** Those that paths declare, by the path. */
  readonly pathIndexes: Map<string, Index>;
  readonly indexes: Index[];
  readonly hooks: Set<string>;
  readonly virtuals: Set<string>;
  readonly unread: string[];
  readonly options: Map<string, ts.Node>;
  /** Whether `_id` was added because nothing else was said. */
  hasAutomaticId: boolean;
}

/** Those that run for subdocuments too. */
const OF_SUBDOCUMENTS = /^(?:pre|post) (?:save|validate|remove|updateOne|deleteOne|init)$|^plugin /;

/** A schema of which nothing is known. */
export const emptyDraft = (): Draft => ({
  columns: new Map(),
  references: new Map(),
  pathIndexes: new Map(),
  indexes: [],
  hooks: new Set(),
  virtuals: new Set(),
  unread: [],
  options: new Map(),
  hasAutomaticId: false,
});

/** Adds a path, in the place of what was declared for it before. */
export function setColumn(
  draft: Draft,
  name: string,
  type: ColumnType,
  text: string,
  isList: boolean,
): MutableColumn {
  removePath(draft, name);
  const column: MutableColumn = {
    name,
    column: name,
    type,
    written: text,
    isNullable: name !== '_id',
    isList,
    isHidden: false,
  };
  draft.columns.set(name, column);
  return column;
}

/** Takes a path away, with what is said of it. */
export function removePath(draft: Draft, path: string): void {
  draft.columns.delete(path);
  draft.references.delete(path);
  draft.pathIndexes.delete(path);
}

/** Whether a path is another one, or is in what that holds. */
export const isAtOrBelow = (path: string, above: string): boolean =>
  path === above || path.startsWith(`${above}.`);

/** Adds what another schema declares, as `schema.add(other)` does. */
export function merge(draft: Draft, other: Draft): void {
  for (const [name, column] of other.columns)
    if (name !== '_id' || !other.hasAutomaticId) draft.columns.set(name, { ...column });
  for (const [name, one] of other.references) draft.references.set(name, one);
  for (const [path, index] of other.pathIndexes) draft.pathIndexes.set(path, index);
  for (const [key, value] of other.options) if (!draft.options.has(key)) draft.options.set(key, value);
  draft.indexes.push(...other.indexes);
  for (const one of other.hooks) draft.hooks.add(one);
  for (const one of other.virtuals) if (one !== 'id') draft.virtuals.add(one);
  draft.unread.push(...other.unread);
}

const prefixed = (index: Index, prefix: string): Index => ({
  ...index,
  fields: index.fields.map((one) => prefix + one),
});

/** A hook with its path below another: `get items.price`. */
const onPath = (hook: string, prefix: string): string =>
  hook.replace(/^(get|set|transform) /, `$1 ${prefix}`);

function addReference(draft: Draft, one: Reference, prefix: string, isInList: boolean): void {
  const name = prefix + one.name;
  const from = one.from.map((path) => prefix + path);
  draft.references.set(name, { ...one, name, from, kind: isInList ? 'many' : one.kind });
}

/** Adds the paths of a subdocument below the path that holds it. */
export function mergePart(
  draft: Draft,
  holder: MutableColumn,
  part: Draft,
  { isWithoutId, isWithoutIndexes }: { readonly isWithoutId: boolean; readonly isWithoutIndexes: boolean },
): void {
  const prefix = `${holder.name}.`;
  for (const [key, column] of part.columns) {
    if (key === '_id' && isWithoutId) continue;
    const name = prefix + key;
    const isOptional = !holder.isList && holder.isNullable !== false;
    draft.columns.set(name, {
      ...column,
      name,
      column: name,
      isList: column.isList || holder.isList,
      isHidden: column.isHidden || holder.isHidden,
      isNullable: isOptional ? true : column.isNullable,
    });
  }
  for (const one of part.references.values()) addReference(draft, one, prefix, holder.isList);
  if (!isWithoutIndexes)
    for (const index of [...part.pathIndexes.values(), ...part.indexes]) {
      const below = prefixed(index, prefix);
      draft.indexes.push(below);
    }
  for (const one of part.hooks)
    if (OF_SUBDOCUMENTS.test(one) || /^(?:get|set|transform) /.test(one))
      draft.hooks.add(onPath(one, prefix));
  for (const one of part.virtuals) if (one !== 'id' || !isWithoutId) draft.virtuals.add(prefix + one);
  draft.unread.push(...part.unread.map((one) => `${one}, in \`${holder.name}\``));
}

/** Adds what a schema has by default: https://mongoosejs.com/docs/guide.html#options */
export function finish(draft: Draft, origins: Origins): void {
  const { options, columns } = draft;
  const id = options.get('_id');
  if (!columns.has('_id') && (id === undefined || !isFalse(id))) {
    const before = [...columns];
    columns.clear();
    setColumn(draft, '_id', 'object-id', 'ObjectId', false);
    for (const [name, column] of before) columns.set(name, column);
    draft.hasAutomaticId = true;
  }
  for (const [name, text] of timestampsOf(options.get('timestamps'), origins, draft.unread))
    if (name !== undefined && !columns.has(name)) setColumn(draft, name, 'date', text, false);
  const isIdWanted = !options.has('id') || !isFalse(options.get('id'));
  if (isIdWanted && columns.has('_id') && !columns.has('id')) draft.virtuals.add('id');
}

/** The names of the columns that `timestamps` adds: https://mongoosejs.com/docs/timestamps.html */
function timestampsOf(
  node: ts.Node | undefined,
  origins: Origins,
  unread: string[],
): readonly (readonly [name: string | undefined, text: string])[] {
  if (node === undefined || isFalse(node)) return [];
  const entries = isTrue(node) ? new Map<string, ts.Node>() : entriesOf(node, origins, unread);
  return ['createdAt', 'updatedAt'].map((name) => {
    const value = entries.get(name);
    if (value === undefined || isTrueKeyword(value)) return [name, 'timestamps'];
    if (isFalse(value)) return [undefined, 'timestamps'];
    const renamed = origins.textOf(value);
    if (renamed === undefined) unread.push(`the name of \`${name}\``);
    return [renamed, 'timestamps'];
  });
}
