/** A lookup must tell keys apart as the database does. */

import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { ValueKind } from '../../facts/types.ts';
import type { t } from '../../syntax/ast.ts';
import type { Batch, Key } from '../batches.ts';
import { short } from '../keys.ts';
import type { File } from '../query.ts';
import { rowsIn } from '../sites.ts';
import { isCastList, isTyped } from '../values.ts';
import { columnRead, propertyRead } from './key-columns.ts';

/** What a key may be when the program runs, as far as types and schemas tell. */
export function kindsOfKey(file: File, key: Key, batch: Batch): ReadonlySet<ValueKind> {
  // A cast, or a mark that it is there, says what the code wishes for.
  const value = withoutWishes(key.condition.value);
  const isCast =
    (value !== key.condition.value && key.condition.value.type === 'TSAsExpression') ||
    (key.dependence.on === 'element' && isCastList(file, key.dependence.walk.list));
  const typed: ReadonlySet<ValueKind> =
    isTyped(file) && !isCast ? file.facts.typeOf(file.path, value).kinds : new Set<ValueKind>(['unknown']);
  const kinds = new Set<ValueKind>(typed.has('unknown') ? (kindsOfColumn(file, key, batch) ?? typed) : typed);
  // A row that may be missing.
  if (value.type === 'OptionalMemberExpression') kinds.add('undefined');
  // Documents need not have what a type says of them.
  const ofDocument = batch.site.query.orm === 'mongoose' && propertyRead(key.dependence) !== '_id';
  if (ofDocument && (key.dependence.on === 'row' || rowsIn(file, key.dependence.walk.list) !== undefined))
    kinds.add('undefined');
  // What a type says of any index need not be there.
  if (key.dependence.text.includes('[')) kinds.add('undefined');
  return kinds;
}

const withoutWishes = (node: t.Node): t.Node =>
  node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression'
    ? withoutWishes(node.expression)
    : node;

/** The kinds of the values of the column that a key reads. */
function kindsOfColumn(file: File, key: Key, batch: Batch): ReadonlySet<ValueKind> | undefined {
  const column = columnRead(file, key, batch);
  const kind = column === undefined ? undefined : batch.site.dialect.javaScriptOf(column.type);
  if (column === undefined || kind === undefined || column.isList) return undefined;
  return new Set<ValueKind>([kind, ...(column.isNullable !== false ? (['null'] as const) : [])]);
}

/** Types of texts that a database gives in another form than it is asked for: padded, shortened, without regard to case. */
const NORMALISED =
  /(^|[^a-z])(n?char|bpchar|character(?!\s*varying)|inet|cidr|macaddr8?|bit|varbit|xml|citext|time(?:tz)?|interval|money|ltree|tsvector|tsquery|jsonb?|point|name)\b(?!\s*varying)/i;

/** A lookup must find what the database finds by the same key, and nothing else. */
export function* whyKeysCompare(file: File, batch: Batch): Generator<Evidence> {
  const { query, dialect } = batch.site;
  for (const key of batch.keys) {
    const { column } = key.condition;
    const declared = query.model?.columns.find((one) => one.name === column);
    const value = short(file.textOf(key.condition.value));
    const site = file.siteOf(key.condition.value);
    const isNormalised =
      declared?.type === 'float' || (declared?.type === 'string' && NORMALISED.test(declared.written));
    const kind = declared === undefined || isNormalised ? undefined : dialect.javaScriptOf(declared.type);
    if (declared?.type === 'boolean')
      yield fails(`\`${column}\` has two values: by hand, ask for both before the loop`, site);
    if (declared?.isList === true)
      yield fails(`\`${column}\` is a list, which no lookup by one value finds`, site);
    if (
      declared !== undefined &&
      kind === undefined &&
      (declared.type !== 'unknown' || declared.written !== '')
    ) {
      yield fails(
        `\`${column}\` is \`${declared.written}\`, whose values JavaScript does not compare as the database does`,
        site,
      );
      continue;
    }
    const kinds = new Set<ValueKind>(
      [...kindsOfKey(file, key, batch)].filter((one) => one !== 'null' && one !== 'undefined'),
    );
    if (dialect.mapKey !== undefined && kind === 'object') continue;
    if (kind === undefined || kinds.has('unknown') || kinds.size === 0) {
      const type =
        kind === undefined
          ? `of the type that \`${column}\` has in rows`
          : `a ${kind}, as \`${column}\` is in rows`;
      yield assumed(
        `\`${value}\` is ${type}: a lookup tells \`1\` from \`'1'\`, the database does not`,
        site,
      );
    } else if (kinds.size > 1 || !kinds.has(kind))
      yield fails(
        `\`${value}\` is a ${[...kinds].join(' or ')}, and \`${column}\` is a ${kind} in rows: a lookup would not find it`,
        site,
      );
    else
      yield holds(
        `\`${value}\` and \`${column}\` are both a ${kind}`,
        declared?.name === undefined ? site : query.model?.seenAt,
      );
    const isOwnUuid = columnRead(file, key, batch)?.type === 'uuid';
    const isOwn = columnRead(file, key, batch)?.type === declared?.type;
    if (declared?.type === 'bigint' && kind === 'string' && !isOwn)
      yield assumed(
        `\`${value}\` is written as the database gives \`${column}\`: without zeros or a sign in front`,
        site,
      );
    if (declared?.type === 'uuid' && !isOwnUuid)
      yield assumed(
        `\`${value}\` is written in small letters, as the database gives \`${column}\`: it finds capitals too, and a lookup does not`,
        site,
      );
    else if (kind === 'string' && declared?.type !== 'uuid' && isCaseBlind(file)) {
      yield assumed(
        `\`${value}\` is written as it is in the table, letter case and blanks too: this database may take \`a\` for \`A\``,
        site,
      );
    }
  }
}

/** Whether the package may use a database that does not tell capitals from small letters by default. */
function isCaseBlind(file: File): boolean {
  const { dependencies } = file.facts.packageOf(file.path);
  return ['mysql', 'mysql2', 'mariadb', 'tedious', 'mssql'].some((one) => dependencies.has(one));
}
