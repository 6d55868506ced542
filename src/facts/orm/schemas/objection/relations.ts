/** Reads relation mappings, and joins up their two sides: https://vincit.github.io/objection.js/guide/relations.html */

import { join } from 'node:path';
import { ts } from 'ts-morph';
import { classAround } from '../../../effects/symbols.ts';
import type { Relation } from '../../schema.ts';
import { UNKNOWN, type Members, type MemberValue } from '../written-values.ts';
import { staticValue } from './classes.ts';
import type { Catalog, Draft } from './drafts.ts';
import { textOf, textsOf } from './texts.ts';

/** A relation as it is declared, with the columns of the join table. */
export interface Mapping {
  readonly owner: Draft;
  readonly related: Draft;
  readonly relation: Omit<Relation, 'inverse'>;
  /** The columns of the join table that lead to the two models. */
  readonly join: readonly [toOwner: readonly string[], toRelated: readonly string[]] | undefined;
}

const KINDS: readonly (readonly [pattern: RegExp, kind: Relation['kind']])[] = [
  [/\b(?:BelongsToOneRelation|HasOneRelation|HasOneThroughRelation)$/, 'one'],
  [/\b(?:HasManyRelation|ManyToManyRelation)$/, 'many'],
];

/** The relations that a model declares. */
export function mappingsOf(draft: Draft, catalog: Catalog): readonly Mapping[] {
  const value = staticValue(draft, 'relationMappings', catalog.values);
  if (value === undefined) return [];
  const members = value === UNKNOWN ? undefined : inherited(value, draft, catalog);
  if (members === undefined) draft.unread.add('its relations');
  for (const one of members?.unread ?? []) draft.unread.add(`relations from ${one}`);
  return [...(members?.of ?? [])].flatMap(([name, mapping]) => {
    const read = mappingOf(name, mapping, draft, catalog);
    if (typeof read !== 'string') return [read];
    draft.unread.add(`the relation \`${name}\`: ${read}`);
    return [];
  });
}

/** The members of a mapping, in which `...super.relationMappings` is looked up above. */
function inherited(value: ts.Expression, draft: Draft, { values }: Catalog): Members | undefined {
  const members = values.members(value);
  const fromAbove =
    members?.unread.filter((one) => /`\.\.\.super\.relationMappings(?:\(\))?`/.test(one)) ?? [];
  const around = classAround(value) ?? draft.node;
  const above = draft.lineage.classes.slice(draft.lineage.classes.indexOf(around) + 1);
  if (members === undefined || fromAbove.length === 0 || above.length === 0) return members;
  const lineage = { ...draft.lineage, classes: above };
  const base = staticValue({ lineage, given: draft.given }, 'relationMappings', values);
  const found = base === undefined || base === UNKNOWN ? undefined : values.members(base);
  if (found === undefined) return members;
  const others = members.unread.filter((one) => !fromAbove.includes(one));
  return { of: new Map([...found.of, ...members.of]), unread: [...found.unread, ...others] };
}

/** The relation, or what of it cannot be read. */
function mappingOf(name: string, node: MemberValue, owner: Draft, catalog: Catalog): Mapping | string {
  const { values } = catalog;
  const members = values.members(node);
  const [relationNode, modelNode, joinNode] = ['relation', 'modelClass', 'join'].map((one) =>
    members?.of.get(one),
  );
  const whole = joinNode === undefined ? undefined : values.members(joinNode);
  if (members === undefined || members.unread.length > 0) return 'its mapping';
  const kind = relationNode === undefined ? undefined : kindOf(relationNode);
  if (kind === undefined) return 'its kind';
  const related = modelNode === undefined ? undefined : modelAt(modelNode, owner, catalog);
  if (related === undefined) return 'its model, which is not found';
  const sides = whole === undefined ? undefined : sidesOf(whole, owner, related, catalog);
  if (sides === undefined) return 'its keys';
  const through = whole?.of.get('through');
  const filters = [members, through === undefined ? undefined : values.members(through)];
  return {
    owner,
    related,
    join: sides.join,
    relation: {
      name,
      kind,
      model: related.name,
      from: sides.from,
      to: sides.to,
      ...(sides.through === undefined ? {} : { through: sides.through }),
      isEager: false,
      isLazy: false,
      isFiltered: filters.some((one) => one?.of.has('modify') === true || one?.of.has('filter') === true),
    },
  };
}

const kindOf = (node: MemberValue): Relation['kind'] | undefined =>
  KINDS.find(([pattern]) => pattern.test(node.getText()))?.[1];

/** The model that a class, a thunk, or the path of a file stands for. */
function modelAt(node: MemberValue, owner: Draft, catalog: Catalog): Draft | undefined {
  const { values, drafts } = catalog;
  const thunk = values.function(node);
  const value = (thunk === undefined ? undefined : values.result(thunk)) ?? node;
  const found = value.kind === ts.SyntaxKind.ThisKeyword ? owner.node : values.follow(value);
  if (ts.isClassLike(found)) return drafts.find((one) => one.node === found);
  const path = textOf(value, catalog);
  if (path !== undefined) return modelInFile(path, owner, catalog);
  return onlyModelOf(drafts.filter((one) => one.node.getSourceFile() === found));
}

/** The model that the file at a path exports; what is no whole path is looked up below `modelPaths`. */
function modelInFile(path: string, owner: Draft, catalog: Catalog): Draft | undefined {
  const paths = path.startsWith('/') ? undefined : staticValue(owner, 'modelPaths', catalog.values);
  const folders = paths === undefined || paths === UNKNOWN ? [] : (textsOf(paths, catalog) ?? []);
  const places = path.startsWith('/') ? [path] : folders.map((folder) => join(folder, path));
  const file = places
    .flatMap((place) => catalog.files.filter(({ fileName }) => isModule(fileName, place)))
    .at(0);
  return onlyModelOf(catalog.drafts.filter((one) => one.node.getSourceFile() === file));
}

/** Whether a file is the module that a path without extension stands for. */
const isModule = (file: string, path: string): boolean =>
  file === path ||
  [path, path.replace(/\.[cm]?[jt]s$/, '')].includes(file.replace(/(?:\/index)?\.[cm]?[jt]s$/, ''));

const onlyModelOf = ([only, second]: readonly Draft[]): Draft | undefined =>
  second === undefined ? only : undefined;

/** The keys of the two sides of a relation, and those of its join table. */
interface Sides {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly through: string | undefined;
  readonly join: Mapping['join'];
}

function sidesOf(whole: Members, owner: Draft, related: Draft, catalog: Catalog): Sides | undefined {
  const [from, to] = [keyOf(whole.of.get('from'), catalog), keyOf(whole.of.get('to'), catalog)];
  const throughNode = whole.of.get('through');
  const through = throughNode === undefined ? undefined : catalog.values.members(throughNode);
  if (from === undefined || to === undefined || whole.unread.length > 0) return undefined;
  if (owner.names.unread !== undefined || related.names.unread !== undefined) return undefined;
  // `from` may be the key of either side.
  const isForward = from.table === owner.table;
  const [own, other] = isForward ? [from, to] : [to, from];
  if (own.table !== owner.table || other.table !== related.table) return undefined;
  const sides = {
    from: own.columns.map((one) => owner.names.inCode(one)),
    to: other.columns.map((one) => related.names.inCode(one)),
  };
  if (throughNode === undefined)
    return hasSameLength(own, other) ? { ...sides, through: undefined, join: undefined } : undefined;
  const [first, second] = [keyOf(through?.of.get('from'), catalog), keyOf(through?.of.get('to'), catalog)];
  if (first === undefined || second === undefined || first.table !== second.table) return undefined;
  const [toOwner, toRelated] = isForward ? [first, second] : [second, first];
  if (!hasSameLength(own, toOwner) || !hasSameLength(other, toRelated)) return undefined;
  return { ...sides, through: first.table, join: [toOwner.columns, toRelated.columns] };
}

interface Key {
  readonly table: string;
  readonly columns: readonly string[];
}

const hasSameLength = (one: Key, other: Key): boolean => one.columns.length === other.columns.length;

/** The columns that `'persons.id'`, or a list of such, names. Parts of documents are none. */
function keyOf(node: MemberValue | undefined, catalog: Catalog): Key | undefined {
  const references = node === undefined ? undefined : referencesOf(node, catalog);
  const parts = references?.map((one) => /^([^:]+)\.([^.:]+)$/.exec(one));
  const table = parts?.[0]?.[1];
  if (parts === undefined || table === undefined || parts.some((one) => one?.[1] !== table)) return undefined;
  return { table, columns: parts.flatMap((one) => one?.[2] ?? []) };
}

/** The texts of references, which `ref('persons.id')` may hold. */
function referencesOf(node: MemberValue, catalog: Catalog): readonly string[] | undefined {
  const elements = catalog.values.elements(node) ?? [node];
  const texts = elements.map((one) => {
    const isRef = ts.isCallExpression(one) && /(?:^|\.)ref$/.test(one.expression.getText());
    const text = isRef ? one.arguments[0] : one;
    return text === undefined ? undefined : textOf(text, catalog);
  });
  const known = texts.filter((one) => one !== undefined);
  return known.length === texts.length ? known : undefined;
}

/** The relation with that of the other model which has the same keys the other way round, where there is one such. */
export function withInverse(one: Mapping, mappings: readonly Mapping[]): Relation {
  const candidates = mappings.filter((other) => isInverse(one, other));
  const plain = candidates.filter(({ relation }) => !relation.isFiltered);
  const [only, second] = plain.length > 0 ? plain : candidates;
  const inverse = second === undefined ? only?.relation.name : undefined;
  return { ...one.relation, ...(inverse === undefined ? {} : { inverse }) };
}

function isInverse(one: Mapping, other: Mapping): boolean {
  const [a, b] = [one.relation, other.relation];
  return (
    one !== other &&
    one.owner === other.related &&
    one.related === other.owner &&
    a.through === b.through &&
    a.from.join() === b.to.join() &&
    a.to.join() === b.from.join() &&
    one.join?.join('/') === other.join?.toReversed().join('/')
  );
}
