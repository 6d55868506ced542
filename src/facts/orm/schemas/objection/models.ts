import { ts } from 'ts-morph';
import type { Column, Model } from '../../schema.ts';
import { isStatic, siteOf } from '../nodes.ts';
import { UNKNOWN, WrittenValues } from '../written-values.ts';
import { classesIn, givenMembers, nameOf, PACKAGE, staticMember, staticValue } from './classes.ts';
import { draftOf, membersOf, type Catalog, type Draft } from './drafts.ts';
import { schemaColumns } from './json-schema.ts';
import { mappingsOf, withInverse, type Mapping } from './relations.ts';
import { readTable, textsOf } from './texts.ts';

/**
 * The models that `sources` declare for Objection: the classes below its `Model` that say which table is theirs. Objection knows no
 * columns but those that its JSON schemas, keys and relations name.
 * Source: https://vincit.github.io/objection.js/api/model/static-properties.html
 */
export function readObjectionModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  if (!sources.some(({ text }) => PACKAGE.test(text))) return [];
  const values = new WrittenValues(checker);
  const files = sources.filter(({ text }) => /\bextends\b|\btableName\b/.test(text));
  const given = givenMembers(files, values);
  const isSnakeInDatabase = sources.some(({ text }) => /\bknexSnakeCaseMappers\s*\(/.test(text));
  const drafts = files
    .flatMap(classesIn)
    .flatMap((node) => draftOf(node, values, given, isSnakeInDatabase) ?? []);
  const catalog: Catalog = { drafts, values, files: sources };
  for (const draft of drafts) readTable(draft, catalog);
  const mappings = drafts.flatMap((draft) => mappingsOf(draft, catalog));
  return drafts.map((draft) => modelOf(draft, mappings, catalog));
}

function modelOf(draft: Draft, mappings: readonly Mapping[], catalog: Catalog): Model {
  const { values } = catalog;
  const own = mappings.filter(({ owner }) => owner === draft);
  const primaryKey = primaryKeyOf(draft, catalog);
  const query = ownQuery(draft);
  return {
    orm: 'objection',
    name: draft.name,
    table: draft.table,
    columns: columnsOf(draft, primaryKey, mappings, catalog),
    primaryKey,
    uniques: [],
    indexes: [],
    relations: own.map((one) => withInverse(one, mappings)),
    hooks: [
      ...new Set(
        membersOf(draft)
          .filter(isHook)
          .flatMap((one) => nameOf(one) ?? []),
      ),
    ],
    defaultScope: query === undefined ? undefined : scopeOf(query, values),
    softDelete: undefined,
    virtuals: virtualsOf(draft, catalog),
    unread: [...draft.unread, ...unreadQueries(draft)],
    seenAt: siteOf(draft.node),
  };
}

/** Hooks of instances and of queries. Source: https://vincit.github.io/objection.js/guide/hooks.html */
const isHook = (member: ts.ClassElement): boolean =>
  isStatic(member)
    ? /^(?:before|after)(?:Find|Insert|Update|Delete)$/.test(nameOf(member) ?? '')
    : /^\$(?:(?:before|after)(?:Find|Insert|Update|Delete|Validate)|(?:parse|format)(?:Database)?Json|setDatabaseJson)$/.test(
        nameOf(member) ?? '',
      );

/** The `query` that a class has instead of the library's. */
const ownQuery = (draft: Draft): ts.ClassElement | undefined =>
  membersOf(draft).find((one) => isStatic(one) && nameOf(one) === 'query');

/** What every query begins with, as it is written. */
function scopeOf(query: ts.ClassElement, values: WrittenValues): string {
  const called = values.function(query);
  return ((called === undefined ? undefined : values.result(called)) ?? query).getText();
}

function unreadQueries(draft: Draft): readonly string[] {
  const builder = staticMember(draft.lineage, draft.given, 'QueryBuilder');
  return builder === undefined ? [] : ['what its own `QueryBuilder` adds to queries'];
}

function primaryKeyOf(draft: Draft, catalog: Catalog): readonly string[] {
  const value = staticValue(draft, 'idColumn', catalog.values);
  if (value === undefined) return ['id'];
  if (value !== UNKNOWN && value.kind === ts.SyntaxKind.NullKeyword) return [];
  const columns = value === UNKNOWN ? undefined : textsOf(value, catalog);
  if (columns === undefined) draft.unread.add('its primary key');
  return (columns ?? []).map((one) => draft.names.inCode(one));
}

function virtualsOf(draft: Draft, catalog: Catalog): readonly string[] {
  const value = staticValue(draft, 'virtualAttributes', catalog.values);
  const listed = value === undefined || value === UNKNOWN ? [] : textsOf(value, catalog);
  if (value === UNKNOWN || listed === undefined) draft.unread.add('its virtual attributes');
  const getters = membersOf(draft).filter((one) => ts.isGetAccessor(one) && !isStatic(one));
  return [...new Set([...(listed ?? []), ...getters.flatMap((one) => nameOf(one) ?? [])])];
}

/** The columns that the JSON schema, the keys and the relations name. */
function columnsOf(
  draft: Draft,
  primaryKey: readonly string[],
  mappings: readonly Mapping[],
  catalog: Catalog,
): readonly Column[] {
  const columns = new Map<string, Column>();
  const add = (name: string, column: Partial<Column> = {}): void => {
    const isKey = primaryKey.includes(name);
    const known = columns.get(name) ?? {
      name,
      column: draft.names.inDatabase(name),
      type: 'unknown',
      written: '',
      isNullable: undefined,
      isList: false,
      isHidden: false,
    };
    columns.set(name, { ...known, ...column, ...(isKey ? { isNullable: false } : {}) });
  };
  for (const name of primaryKey) add(name);
  for (const [name, column] of schemaColumns(draft, catalog)) add(name, column);
  for (const name of jsonAttributes(draft, catalog)) add(name, { type: 'json' });
  for (const { owner, related, relation } of mappings) {
    if (owner === draft) for (const name of relation.from) add(name);
    if (related === draft) for (const name of relation.to) add(name);
  }
  return [...columns.values()];
}

function jsonAttributes(draft: Draft, catalog: Catalog): readonly string[] {
  const value = staticValue(draft, 'jsonAttributes', catalog.values);
  return value === undefined || value === UNKNOWN ? [] : (textsOf(value, catalog) ?? []);
}
