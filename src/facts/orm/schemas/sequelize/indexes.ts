/** Reads the indexes in the options of models. */

import type { ts } from 'ts-morph';
import { shortText } from '../nodes.ts';
import { UNKNOWN, type Members, type WrittenValues } from '../written-values.ts';

/** An index of whole columns, by the names that it is written with. */
export interface Index {
  readonly fields: readonly string[];
  readonly isUnique: boolean;
}

/** The indexes of a list. Those of parts of the rows, of expressions, and of words (GIN) are none of whole columns. */
export function indexesOf(node: ts.Node, values: WrittenValues, unread: string[]): readonly Index[] {
  const elements = values.elements(node);
  if (elements === undefined) unread.push('the option `indexes`');
  return (elements ?? []).flatMap((one) => {
    const members = values.members(one);
    const fields = members?.of.get('fields');
    if (members === undefined || members.unread.length > 0 || fields === undefined) {
      unread.push(`the index \`${shortText(one)}\``);
      return [];
    }
    return indexOf(members, values.elements(fields) ?? [], values, unread) ?? [];
  });
}

/** Whether an index is one of rows and values as they are. */
export function isPlainIndex({ of }: Members, values: WrittenValues): boolean {
  const using = values.text(of.get('using'));
  return !of.has('where') && (using === undefined || (using !== UNKNOWN && /^(?:btree|hash)$/i.test(using)));
}

function indexOf(
  members: Members,
  fields: readonly ts.Expression[],
  values: WrittenValues,
  unread: string[],
): Index | undefined {
  const names = fields.map((one) => {
    const text = values.text(one);
    if (text !== UNKNOWN) return text;
    const field = values.members(one)?.of;
    const name = values.text(field?.get('name') ?? field?.get('attribute'));
    return name === UNKNOWN ? undefined : name;
  });
  const known = names.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < names.length || !isPlainIndex(members, values)) return undefined;
  return { fields: known, isUnique: isUniqueIndex(members, known, values, unread) };
}

/** Whether an index is unique. Where that cannot be read, a clause goes to `unread`. */
export function isUniqueIndex(
  { of }: Members,
  fields: readonly string[],
  values: WrittenValues,
  unread: string[],
): boolean {
  const unique = values.flag(of.get('unique'));
  const type = values.text(of.get('type'));
  if (unique === UNKNOWN || type === UNKNOWN)
    unread.push(`whether the index of \`${fields.join(', ')}\` is unique`);
  return unique === true || (typeof type === 'string' && type.toLowerCase() === 'unique');
}
