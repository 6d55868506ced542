import { ts } from 'ts-morph';
import { bareExpression } from '../../../effects/symbols.ts';
import type { Column, Model, Relation } from '../../schema.ts';
import { isStatic, plainName } from '../nodes.ts';
import { withDeleteRules } from '../delete-rules.ts';
import { isUndefined, UNKNOWN, WrittenValues, type MemberValue, type Written } from '../written-values.ts';
import { associationOf } from './associations.ts';
import type { Attribute } from './attributes.ts';
import { Catalog } from './catalog.ts';
import { applyCall } from './changes.ts';
import { decoratedAssociations } from './decorated-associations.ts';
import type { Draft } from './draft.ts';
import { Connections } from './options.ts';
import { relate } from './relations.ts';
import { findSites } from './sites.ts';

/**
 * The models that `sources` declare for Sequelize and sequelize-typescript: with `define`, `init` or `@Table`, with the relations that
 * are set up anywhere in the sources. Defaults are those of version 6. Options of the connection hold for all models; where no
 * connection is among the sources, it is taken to have none.
 * Sources: https://sequelize.org/docs/v6/core-concepts/model-basics/, https://sequelize.org/docs/v6/core-concepts/assocs/
 */
export function readSequelizeModels(
  sources: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): readonly Model[] {
  const files = sources.filter(({ text }) => MENTION.test(text));
  if (!files.some(({ text }) => PACKAGE.test(text))) return [];
  const values = new WrittenValues(checker);
  const found = findSites(files);
  const connections = new Connections(found, values);
  const catalog = new Catalog(values);
  for (const site of found.declarations) catalog.declare(site, connections);
  for (const node of found.decorated) catalog.declareDecorated(node, connections);
  catalog.bind(found.bindings);
  for (const call of found.calls) applyCall(call, catalog, values);
  const associations = [
    ...found.associations.flatMap((call) => associationOf(call, catalog, values) ?? []),
    ...catalog.drafts.flatMap((draft) => decoratedAssociations(draft, catalog, values)),
  ];
  const relations = relate(associations, catalog);
  return catalog.drafts.map((draft) => modelOf(draft, relations.get(draft) ?? [], values));
}

const PACKAGE = /['"](?:sequelize|sequelize-typescript|@nestjs\/sequelize)['"]|\bsequelize\b.*\bDataTypes\b/i;

const MENTION =
  /sequelize|\bDataTypes?\b|\.(?:hasMany|hasOne|belongsTo|belongsToMany|addHook|addScope|removeAttribute)\(/i;

function modelOf(draft: Draft, relations: readonly Relation[], values: WrittenValues): Model {
  const attributes = [...draft.attributes.values()];
  const stored = attributes.filter(({ isVirtual }) => !isVirtual);
  const isHidden = hiddenBy(draft, values);
  const primaryKey = stored.filter((one) => one.isPrimaryKey).map(({ name }) => name);
  const indexes = draft.options.indexes.map((one) => ({
    ...one,
    fields: one.fields.map((field) => codeName(draft, field)),
  }));
  return {
    orm: 'sequelize',
    name: draft.name,
    table: draft.table,
    columns: stored.map((one) => columnOf(draft, one, isHidden(one.name))),
    primaryKey,
    uniques: withoutKey(
      [...uniqueTogether(stored), ...indexes.filter(({ isUnique }) => isUnique).map(({ fields }) => fields)],
      primaryKey,
    ),
    indexes: indexes.filter(({ isUnique }) => !isUnique).map(({ fields }) => fields),
    relations: withEager(draft, relations, values),
    ...withDeleteRules(draft.deleteRules),
    hooks: [...draft.hooks],
    defaultScope: scopeText(draft.defaultScope, values),
    softDelete: draft.options.isParanoid && draft.options.hasTimestamps ? draft.options.deletedAt : undefined,
    virtuals: [...new Set(virtualsOf(draft, attributes, values))],
    unread: [...draft.unread],
    seenAt: draft.site,
  };
}

const columnOf = (draft: Draft, attribute: Attribute, isHidden: boolean): Column => ({
  name: attribute.name,
  column: draft.columnOf(attribute),
  type: attribute.type,
  written: attribute.written,
  isNullable: attribute.isPrimaryKey
    ? false
    : attribute.allowsNull === UNKNOWN
      ? undefined
      : (attribute.allowsNull ?? true),
  isList: attribute.isList,
  isHidden,
});

/** The name in code of a column that an index names as code or as the database does. */
function codeName(draft: Draft, field: string): string {
  if (draft.attributes.has(field)) return field;
  return [...draft.attributes.values()].find((one) => draft.columnOf(one) === field)?.name ?? field;
}

function uniqueTogether(attributes: readonly Attribute[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { name, unique } of attributes) {
    if (unique === undefined) continue;
    const known = groups.get(unique);
    if (known === undefined) groups.set(unique, [name]);
    else known.push(name);
  }
  return [...groups.values()];
}

const setText = (names: readonly string[]): string => JSON.stringify(names.toSorted());

/** The sets without doubles, and without the primary key. */
function withoutKey(
  sets: readonly (readonly string[])[],
  primaryKey: readonly string[],
): readonly (readonly string[])[] {
  const different = new Map(sets.map((one) => [setText(one), one]));
  different.delete(setText(primaryKey));
  return [...different.values()];
}

/** Whether the default scope leaves a column out. */
function hiddenBy(draft: Draft, values: WrittenValues): (name: string) => boolean {
  const scope = draft.defaultScope;
  const attributes = scope === undefined ? undefined : values.members(scope)?.of.get('attributes');
  if (attributes === undefined) return () => false;
  const chosen = values.elements(attributes);
  const excluded = values.members(attributes)?.of.get('exclude');
  const names = (nodes: readonly ts.Expression[]): readonly Written<string>[] =>
    nodes.map((one) => values.text(one));
  if (chosen !== undefined) return (name) => !names(chosen).includes(name);
  const left = excluded === undefined ? [] : values.elements(excluded);
  if (left === undefined || values.members(attributes) === undefined)
    draft.unread.add('which columns the default scope leaves out');
  return (name) => names(left ?? []).includes(name);
}

/** A default scope as it is written; undefined where it says nothing. */
function scopeText(scope: ts.Expression | undefined, values: WrittenValues): string | undefined {
  if (scope === undefined) return undefined;
  const written = values.follow(scope);
  if (isUndefined(written)) return undefined;
  const members = values.members(scope);
  return members !== undefined && members.of.size + members.unread.length === 0
    ? undefined
    : written.getText();
}

/** The relations, of which those that the default scope includes are loaded by every query. */
function withEager(draft: Draft, relations: readonly Relation[], values: WrittenValues): readonly Relation[] {
  const scope = draft.defaultScope;
  const include = scope === undefined ? undefined : values.members(scope)?.of.get('include');
  if (include === undefined) return relations;
  const included = (values.elements(include) ?? [include]).map((one) => includedName(one, relations, values));
  if (included.includes(undefined)) draft.unread.add('what the default scope includes');
  return relations.map((one) => (included.includes(one.name) ? { ...one, isEager: true } : one));
}

/** The alias of what an `include` names. */
function includedName(
  node: MemberValue,
  relations: readonly Relation[],
  values: WrittenValues,
): string | undefined {
  const text = values.text(node);
  if (typeof text === 'string') return text;
  const members = values.members(node)?.of;
  const alias = values.text(members?.get('association') ?? members?.get('as'));
  if (typeof alias === 'string') return alias;
  const model = members?.get('model') ?? node;
  const name = ts.isExpression(model) ? bareExpression(model).getText().split('.').at(-1) : undefined;
  const [only, second] = relations.filter((one) => one.model === name);
  return second === undefined ? only?.name : undefined;
}

function* virtualsOf(
  draft: Draft,
  attributes: readonly Attribute[],
  values: WrittenValues,
): Generator<string> {
  yield* draft.virtuals;
  for (const { name, isVirtual, hasGetter } of attributes) if (isVirtual || hasGetter) yield name;
  for (const node of draft.declaredBy === undefined ? [] : values.lineage(draft.declaredBy)) {
    for (const member of node.members) {
      const name = ts.isGetAccessor(member) && !isStatic(member) ? plainName(member.name) : undefined;
      if (name !== undefined) yield name;
    }
  }
}
