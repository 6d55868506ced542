import { outerSpanOf } from '../../edits/code.ts';
import { spanOf, type Spanned } from '../../edits/edit.ts';
import { assumed, fails, holds, type Evidence, type Site } from '../../evidence.ts';
import type { DatabaseCall } from '../../facts/effects/effect.ts';
import type { ColumnType, Model, Relation } from '../../facts/orm/schema.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import { parseExpression } from '../../syntax/layout.ts';
import { indentAt, isFirstOnLine, lineEnd, lineStart } from '../../syntax/lines.ts';
import type { Binding } from '../../syntax/scopes.ts';
import { contains, nodesIn, short } from '../keys.ts';
import { walksAround } from '../loops.ts';
import { plural, singular } from '../names.ts';
import {
  keysOf,
  methodNode,
  methodOf,
  nameOfKey,
  propertyAdded,
  propertyOf,
  rewritten,
  valueOf,
  valueReplaced,
} from '../objects.ts';
import type {
  Condition,
  Dialect,
  EagerLoad,
  File,
  KeyList,
  Query,
  Replacement,
  Written,
  WrittenLoads,
} from '../query.ts';
import { rowsOf } from '../sites.ts';

interface Refusal {
  readonly why: string;
}

// How a query is read

const GIVES: Readonly<Record<string, Query['gives']>> = {
  findUnique: 'one',
  findUniqueOrThrow: 'one',
  findFirst: 'one',
  findFirstOrThrow: 'one',
  findMany: 'many',
  count: 'count',
  aggregate: 'one',
  groupBy: 'many',
  $queryRaw: 'many',
  $queryRawUnsafe: 'many',
};

/** Why a method is not asked once for all turns, whatever its options are. */
const UNREAD: Readonly<Record<string, string>> = {
  aggregate: 'it computes over the rows of one turn; by hand: ask for all of them by `groupBy`',
  groupBy: 'it groups the rows of one turn; by hand: group by the key too, in one query',
  $queryRaw: 'it is SQL, which is not read',
  $queryRawUnsafe: 'it is SQL, which is not read',
};

/** Options that limit the rows, and those that do not: https://www.prisma.io/docs/orm/reference/prisma-client-reference#findmany */
const LIMITS = /^(?:take|skip|cursor|distinct)$/;
const HARMLESS = /^(?:where|select|include|omit|orderBy|relationLoadStrategy)$/;

function read(file: File, path: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const { node: call } = path;
  const method = methodOf(call);
  const gives = method === undefined ? undefined : GIVES[method];
  if (method === undefined || gives === undefined) return relationOfRow(file, path, known);
  const model = file.facts.modelOf(file.path, 'prisma', known.table);
  const [options] = call.arguments;
  const where = valueOf(options, 'where');
  const { conditions, unread } =
    where === undefined ? { conditions: [], unread: undefined } : conditionsOf(where, model);
  const limit = limitIn(options);
  const order = valueOf(options, 'orderBy');
  return {
    orm: 'prisma',
    call,
    method,
    table: known.table,
    model,
    gives,
    missing: method.endsWith('OrThrow') ? 'throws' : 'null',
    conditions,
    unread: UNREAD[method] ?? whyOptionsUnread(call, method) ?? unread,
    selected: selectedIn(file, options),
    isOrdered: order !== undefined && !/^(?:\[\s*\]|\{\s*\}|undefined)$/.test(file.textOf(order)),
    limit: limit === undefined ? undefined : `its option \`${limit}\` limits the rows`,
    nullKey: nullKeyOf(method, conditions, model),
    reads: tablesOf(file, options, model, known),
  };
}

const limitIn = (options: t.Node | undefined): string | undefined =>
  options?.type === 'ObjectExpression'
    ? options.properties.map(nameOfKey).find((name) => name !== undefined && LIMITS.test(name))
    : undefined;

/** Why the options of a call are not all understood, the conditions left out. */
function whyOptionsUnread(call: t.CallExpression, method: string): string | undefined {
  const [options] = call.arguments;
  if (call.typeParameters != null) return 'the type of its options is written out';
  if (options === undefined) return undefined;
  if (options.type !== 'ObjectExpression') return 'its options are not written where it is called';
  const names = keysOf(options);
  if (names === undefined) return 'its options are spread or computed';
  if (method === 'count' && names.includes('select')) return 'it counts several columns at once';
  const odd = names.find((name) => !HARMLESS.test(name) && !LIMITS.test(name));
  return odd === undefined ? undefined : `its option \`${odd}\` is not understood`;
}

/** The columns that `select` asks for; undefined for all of them, or where it is written elsewhere. */
function selectedIn(file: File, options: t.Node | undefined): readonly string[] | undefined {
  const select = literalAt(file, valueOf(options, 'select'));
  return select === undefined ? undefined : keysOf(select);
}

/**
 * What a key that is null or undefined does. `undefined` leaves the condition out, and null is refused where the column has none:
 * https://www.prisma.io/docs/orm/prisma-client/special-fields-and-types/null-and-undefined
 */
function nullKeyOf(
  method: string,
  conditions: readonly Condition[],
  model: Model | undefined,
): Query['nullKey'] {
  if (method.startsWith('findUnique')) return 'throws';
  const mayHoldNull = conditions.some(
    ({ column }) =>
      column !== undefined && model?.columns.find(({ name }) => name === column)?.isNullable !== false,
  );
  return mayHoldNull ? 'null-rows' : 'any-row';
}

interface Conditions {
  readonly conditions: readonly Condition[];
  readonly unread: string | undefined;
}

/** The conditions in `where`: https://www.prisma.io/docs/orm/reference/prisma-client-reference#filter-conditions-and-operators */
function conditionsOf(where: t.Node, model: Model | undefined): Conditions {
  if (where.type !== 'ObjectExpression')
    return { conditions: [], unread: 'its conditions are not written where it is called' };
  const conditions: Condition[] = [];
  for (const [index, property] of where.properties.entries()) {
    const isBefore = where.properties.slice(0, index).every(({ type }) => type === 'SpreadElement');
    if (property.type === 'SpreadElement' && isBefore) {
      conditions.push(onNoColumn(property.argument));
      continue;
    }
    const name = nameOfKey(property);
    if (property.type === 'SpreadElement')
      return { conditions, unread: 'what is spread into its conditions may replace those before it' };
    if (property.type !== 'ObjectProperty' || name === undefined)
      return { conditions, unread: 'one of its conditions is computed' };
    conditions.push(...conditionsAt(name, property.value, model));
  }
  return { conditions, unread: undefined };
}

const onNoColumn = (value: t.Node): Condition => ({ column: undefined, operator: 'other', value });

/** The conditions that one property of `where` stands for. */
function conditionsAt(name: string, value: t.Node, model: Model | undefined): readonly Condition[] {
  if (name === 'AND') return conditionsOfAll(value, model) ?? [onNoColumn(value)];
  if (name === 'OR' || name === 'NOT') return [onNoColumn(value)];
  if (model === undefined || model.columns.some((column) => column.name === name))
    return [{ column: name, ...compared(value) }];
  if (isComposite(name, value, model)) return conditionsOf(value, undefined).conditions;
  const relation = model.relations.find((one) => one.name === name);
  const own = relation === undefined ? undefined : keyInRelation(relation, value);
  return [own ?? onNoColumn(value)];
}

/** What `AND` joins, where all of it can be told. */
function conditionsOfAll(value: t.Node, model: Model | undefined): readonly Condition[] | undefined {
  const parts = value.type === 'ArrayExpression' ? value.elements : [value];
  const joined = parts.map((part) => (part === null ? undefined : conditionsOf(part, model)));
  return joined.every((one) => one !== undefined && one.unread === undefined)
    ? joined.flatMap((one) => one?.conditions ?? [])
    : undefined;
}

/** What a value of a condition compares with. */
function compared(value: t.Node): Pick<Condition, 'operator' | 'value'> {
  if (value.type !== 'ObjectExpression')
    return { operator: value.type === 'ArrayExpression' ? 'other' : 'equals', value };
  const [name] = keysOf(value) ?? [];
  const only = value.properties.length === 1 && name !== undefined ? valueOf(value, name) : undefined;
  if (only !== undefined && name === 'equals') return { operator: 'equals', value: only };
  if (only !== undefined && name === 'in') return { operator: 'in', value: only };
  return { operator: 'other', value };
}

/**
 * Whether a property of `where` holds the columns of one key, `{ userId_teamId: { userId, teamId } }`:
 * https://www.prisma.io/docs/orm/prisma-client/special-fields-and-types/working-with-composite-ids-and-constraints
 */
function isComposite(name: string, value: t.Node, model: Model): value is t.ObjectExpression {
  const names = keysOf(value) ?? [];
  return (
    names.length > 1 &&
    !model.relations.some((relation) => relation.name === name) &&
    [model.primaryKey, ...model.uniques].some((key) => key.toSorted().join() === names.toSorted().join())
  );
}

/** `{ author: { id } }` is a condition on the key that the row holds. */
function keyInRelation(relation: Relation, value: t.Node): Condition | undefined {
  const { kind, from, to, through } = relation;
  const [column, ...others] = from;
  if (kind !== 'one' || through !== undefined || others.length > 0 || column === undefined) return undefined;
  const [name, ...more] = keysOf(value) ?? [];
  const inner = name === undefined ? undefined : valueOf(value, name);
  if (inner === undefined || more.length > 0) return undefined;
  if (name === 'is') return keyInRelation(relation, inner);
  return name === to[0] ? { column, ...compared(inner) } : undefined;
}

/** The tables that a query looks at: those of the relations that its options name, as far as they are all written there. */
function tablesOf(
  file: File,
  options: t.Node | undefined,
  model: Model | undefined,
  known: DatabaseCall,
): readonly string[] {
  if (!known.reads.includes('*') || model === undefined || options === undefined) return known.reads;
  const found = new Set([known.table]);
  return addTables(file, options, model, found) ? [...found] : known.reads;
}

/** What holds names of relations. */
const HOLDS_RELATIONS = /^(?:select|include|where|orderBy|_count|AND|OR|NOT|is|isNot|some|every|none)$/;

/** Adds the tables that an object of options of `model` names; gives whether it says them all. */
function addTables(file: File, object: t.Node, model: Model, found: Set<string>): boolean {
  if (object.type === 'ArrayExpression')
    return object.elements.every((one) => one !== null && addTables(file, one, model, found));
  const written = literalAt(file, object);
  if (written === undefined) return object.type.endsWith('Literal');
  return written.properties.every((property) => {
    const name = nameOfKey(property);
    if (property.type !== 'ObjectProperty' || name === undefined) return false;
    if (HOLDS_RELATIONS.test(name)) return addTables(file, property.value, model, found);
    const relation = model.relations.find((one) => one.name === name);
    if (relation === undefined) return true;
    const target = file.facts.modelOf(file.path, 'prisma', relation.model);
    found.add(relation.model);
    return target !== undefined && addTables(file, property.value, target, found);
  });
}

/**
 * A relation of a row of a walk, asked for by the row's key: `prisma.post.findUnique({ where: { id: post.id } }).author()`.
 * https://www.prisma.io/docs/orm/prisma-client/queries/relation-queries#fluent-api
 */
function relationOfRow(
  file: File,
  { node: call }: Path<t.CallExpression>,
  known: DatabaseCall,
): Query | undefined {
  const { callee } = call;
  const name = methodOf(call);
  const inner = callee.type === 'MemberExpression' ? callee.object : undefined;
  if (inner?.type !== 'CallExpression' || !/^find(?:Unique|First)/.test(methodOf(inner) ?? ''))
    return undefined;
  const model = file.facts.modelOf(file.path, 'prisma', known.table);
  const relation = model?.relations.find((one) => one.name === name);
  const target = relation === undefined ? undefined : file.facts.modelOf(file.path, 'prisma', relation.model);
  const row = model === undefined ? undefined : rowAskedFor(file, inner, model);
  if (relation === undefined || target === undefined) return undefined;
  return {
    orm: 'prisma',
    call,
    method: relation.name,
    table: known.table,
    model: target,
    gives: relation.kind,
    missing: 'null',
    conditions: [{ column: relation.to[0], operator: 'equals', value: row ?? call }],
    unread:
      call.arguments.length > 0
        ? `it says more of \`${relation.name}\` than that it is asked for`
        : row === undefined
          ? `it looks a \`${known.table}\` up, and asks for its \`${relation.name}\`; by hand: include \`${relation.name}\` in one query for all turns`
          : undefined,
    selected: undefined,
    isOrdered: false,
    limit: undefined,
    nullKey: 'none',
    reads: [known.table, relation.model],
    ...(row === undefined ? {} : { loads: { relation, gives: 'rows' } }),
  };
}

/** The row of a walk over rows of the same client and model, where a call looks it up again by its key. */
function rowAskedFor(file: File, call: t.CallExpression, model: Model): t.Identifier | undefined {
  const [options, ...more] = call.arguments;
  const where = valueOf(options, 'where');
  if (options?.type !== 'ObjectExpression' || options.properties.length > 1 || more.length > 0)
    return undefined;
  const [condition, ...others] = where === undefined ? [] : conditionsOf(where, model).conditions;
  const value = condition?.operator === 'equals' ? condition.value : undefined;
  if (value?.type !== 'MemberExpression' || value.computed || value.object.type !== 'Identifier')
    return undefined;
  const { object: row, property } = value;
  const isKey = [model.primaryKey, ...model.uniques].some((key) => key.join() === condition?.column);
  if (others.length > 0 || !isKey || property.type !== 'Identifier' || property.name !== condition?.column)
    return undefined;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(row), row.name);
  const walk = walksAround(file, file.pathOf<t.Node>(call)).find(
    (one) => 'list' in one && one.element === binding?.identifier.node,
  );
  const rows = walk === undefined || !('list' in walk) ? undefined : rowsOf(file, walk.list);
  const isSame = rows?.query.table === model.name && clientOf(file, rows.query.call) === clientOf(file, call);
  return isSame && binding?.identifier.node.typeAnnotation == null ? row : undefined;
}

/** What the model is taken from: `prisma` of `prisma.post.findMany()`. */
function clientOf(file: File, { callee }: t.CallExpression): string | undefined {
  const model = callee.type === 'MemberExpression' ? callee.object : undefined;
  return model?.type === 'MemberExpression' ? file.textOf(model.object) : undefined;
}

/** The object literal that stands at a place, or that the constant which stands there is. */
function literalAt(file: File, node: t.Node | undefined): t.ObjectExpression | undefined {
  if (node?.type === 'ObjectExpression') return node;
  if (node?.type === 'TSAsExpression' || node?.type === 'TSSatisfiesExpression')
    return literalAt(file, node.expression);
  if (node?.type !== 'Identifier') return undefined;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(node), node.name);
  if (binding?.kind !== 'const' || !isNode(binding.declaration, 'VariableDeclarator')) return undefined;
  const { init } = binding.declaration.node;
  return init == null || init.type === 'Identifier' ? undefined : literalAt(file, init);
}

// One query for all turns

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | Refusal {
  const { call } = query;
  const [options] = call.arguments;
  const column = keys[0]?.condition.column;
  const where = valueOf(options, 'where');
  if (options?.type !== 'ObjectExpression' || where === undefined || column === undefined)
    return { why: 'its options are not written where it is called' };
  const columns = keys.flatMap(({ condition }) => condition.column ?? []);
  const selected = withColumns(file, options, columns);
  if ('why' in selected) return selected;
  const replacements: readonly Replacement[] = [
    { at: methodNode(call), by: 'findMany' },
    ...conditionsReplaced(file, query, where, keys),
    ...selected.replacements,
  ];
  const text = rewritten(file, call, replacements);
  return {
    // Prettier leaves an object on several lines where its author put it there.
    text: text.includes('\n') ? text : inStatement(file, query, text),
    imports: [],
    keyOf: (row) => `${row}.${column}`,
  };
}

/** `{ id }` and `{ id: { equals: x } }` become `{ id: { in: ids } }`, and keys of several columns are taken apart: only unique lookups have them. */
function conditionsReplaced(
  file: File,
  { model }: Query,
  where: t.Node,
  keys: readonly KeyList[],
): readonly Replacement[] {
  const replaced = keys.map((key) => keyReplaced(file, key));
  const composites =
    where.type === 'ObjectExpression' && model !== undefined
      ? where.properties.filter(
          (one): one is t.ObjectProperty & { value: t.ObjectExpression } =>
            one.type === 'ObjectProperty' &&
            !model.columns.some(({ name }) => name === nameOfKey(one)) &&
            isComposite(nameOfKey(one) ?? '', one.value, model),
        )
      : [];
  return [
    ...replaced.filter(({ at }) => !composites.some((one) => isWithin(at, one))),
    ...composites.map((one) => ({ at: one, by: columnsOf(file, one, replaced) })),
  ];
}

/** The columns of a key, as conditions of their own in its place. */
function columnsOf(
  file: File,
  key: t.ObjectProperty & { readonly value: t.ObjectExpression },
  replaced: readonly Replacement[],
): string {
  const [start] = spanOf(key);
  const columns = key.value.properties.map((one) =>
    rewritten(
      file,
      one,
      replaced.filter(({ at }) => isWithin(at, one)),
    ),
  );
  const isBroken = file.textOf(key.value).includes('\n') && isFirstOnLine(file.text, start);
  return columns.join(isBroken ? `,${file.style.eol}${indentAt(file.text, start)}` : ', ');
}

function isWithin(inner: Spanned, outer: Spanned): boolean {
  const [[start, end], [from, to]] = [spanOf(inner), spanOf(outer)];
  return from <= start && end <= to;
}

function keyReplaced(file: File, { condition: { value }, list }: KeyList): Replacement {
  const by = list === 'in' ? 'in' : `in: ${list}`;
  const { parent } = file.pathOf(value);
  const isNamed = isNode(parent, 'ObjectProperty') && nameOfKey(parent.node) === 'equals';
  return isNamed ? { at: parent.node, by } : valueReplaced(file, value, `{ ${by} }`);
}

/** What makes a query ask for columns too, where it does not. */
function withColumns(
  file: File,
  options: t.ObjectExpression,
  columns: readonly string[],
): { readonly replacements: readonly Replacement[] } | Refusal {
  const [select, omit] = [propertyOf(options, 'select')?.value, propertyOf(options, 'omit')?.value];
  const [selected, omitted] = [literalAt(file, select), literalAt(file, omit)];
  if ((select !== undefined && selected === undefined) || (omit !== undefined && omitted === undefined))
    return { why: 'which columns it asks for is not written where it is called' };
  const left = columns.find((column) => valueOf(omitted, column) !== undefined);
  if (left !== undefined) return { why: `it leaves out \`${left}\`, which its rows are told apart by` };
  const missing = columns.filter((column) => select !== undefined && !isTrue(valueOf(selected, column)));
  if (missing.length === 0) return { replacements: [] };
  const names = missing.map((name) => `\`${name}\``).join(' and ');
  if (
    selected === undefined ||
    selected !== select ||
    missing.some((column) => propertyOf(selected, column) !== undefined)
  )
    return { why: `it does not select ${names}, which its rows are told apart by` };
  return {
    replacements: [propertyAdded(file, selected, missing.map((column) => `${column}: true`).join(', '))],
  };
}

const isTrue = (value: t.Node | undefined): boolean => value?.type === 'BooleanLiteral' && value.value;

/** https://www.prisma.io/docs/orm/prisma-client/queries/aggregation-grouping-summarizing#group-by */
function grouped(file: File, query: Query, key: KeyList) {
  const { call } = query;
  const { column } = key.condition;
  const where = valueOf(call.arguments[0], 'where');
  if (column === undefined || where === undefined || call.callee.type !== 'MemberExpression')
    return { why: 'its conditions are not written where it is called' };
  const conditions = rewritten(file, where, [keyReplaced(file, key)]);
  const options = `by: ['${column}'], where: ${conditions}, _count: { _all: true }`;
  const text = `${file.textOf(call.callee.object)}.groupBy({ ${options} })`;
  return {
    text: inStatement(file, query, text),
    imports: [],
    keyOf: (row: string) => `${row}.${column}`,
    countOf: (row: string) => `${row}._count._all`,
  };
}

/** The text of a query laid out for the statement that it is going to be the value of. */
function inStatement(file: File, { call, gives, table }: Query, text: string): string {
  const { parent } = file.pathOf<t.Node>(call);
  const bound = isNode(parent, 'AwaitExpression') ? file.pathOf<t.Node>(parent.node).parent : null;
  const id = isNode(bound, 'VariableDeclarator') ? bound.node.id : undefined;
  const name =
    gives === 'count'
      ? `${singular(table)}Counts`
      : gives === 'many'
        ? `all${plural(table)}`
        : plural(id?.type === 'Identifier' ? id.name : table);
  const [walk] = walksAround(file, file.pathOf<t.Node>(call));
  const [here, there] = [call, walk?.path.node ?? call].map((node) => indentAt(file.text, spanOf(node)[0]));
  const indent = here ?? '';
  // It is written as it would stand where the call stands, and moves out of the walk from there.
  const shift = widthOf(there ?? '') - widthOf(indent);
  const column = widthOf(indent) + `const ${name} = await `.length;
  return laidOut(file, text, { indent, shift, column, after: 1 });
}

// Relations loaded with the rows

function eager(file: File, parent: Query, loads: readonly EagerLoad[]): WrittenLoads | Refusal {
  const { call } = parent;
  const [options, ...more] = call.arguments;
  if (more.length > 0 || (options !== undefined && options.type !== 'ObjectExpression'))
    return { why: 'the options of the first query are not written where it is called' };
  if (options !== undefined && keysOf(options) === undefined)
    return { why: 'what is spread into the options of the first query may include the relation' };
  if (isExtended(file, call))
    return {
      why: 'its client is extended, and extensions of queries do not run for what is loaded with rows',
    };
  if (hasMiddleware(file, call))
    return { why: 'its client has middleware, which does not run for what is loaded with rows' };
  const type = typeOfRows(file, call);
  if (type !== undefined) return { why: `the type of the rows is written out: \`${short(type)}\`` };
  const asked: Asked[] = [];
  for (const load of loads) {
    const one = askedFor(file, parent, load);
    if ('why' in one) return one;
    if (asked.some(({ name, isCount }) => name === one.name && isCount === one.isCount))
      return { why: `\`${one.name}\` is asked for twice` };
    asked.push(one);
  }
  const place = propertyOf(options, 'select') ?? propertyOf(options, 'include');
  const known = place === undefined ? [] : keysOf(place.value);
  if (known === undefined) return { why: 'what the first query includes is not written where it is called' };
  const properties = propertiesFor(asked);
  if (known.some((name) => properties.has(name)))
    return { why: 'the first query loads the relation already, perhaps other rows of it' };
  return {
    replacements: [
      loadsAdded(
        file,
        call,
        options,
        place?.value,
        [...properties].map(([name, value]) => `${name}: ${value}`),
      ),
    ],
    imports: [],
    reads: asked.map(
      ({ name, isCount }) =>
        (row: string) =>
          isCount ? `${row}._count.${name}` : `${row}.${name}`,
    ),
    evidence: [...whyLoadsFit(file, parent, loads)],
    isShared: false,
  };
}

/** What is asked for of a relation: the value in `include`, or in `_count`. */
interface Asked {
  readonly name: string;
  readonly isCount: boolean;
  readonly value: string;
}

function propertiesFor(asked: readonly Asked[]): ReadonlyMap<string, string> {
  const properties = new Map(asked.filter(({ isCount }) => !isCount).map(({ name, value }) => [name, value]));
  const counts = asked.filter(({ isCount }) => isCount).map(({ name, value }) => `${name}: ${value}`);
  // https://www.prisma.io/docs/orm/prisma-client/queries/aggregation-grouping-summarizing#count-relations
  if (counts.length > 0) properties.set('_count', `{ select: { ${counts.join(', ')} } }`);
  return properties;
}

/** What a query of related rows asks for, without the condition that the relation takes the place of. */
function askedFor(file: File, parent: Query, { relation, child, key }: EagerLoad): Asked | Refusal {
  const { name } = relation;
  if (child === undefined || key === undefined) return { name, isCount: false, value: 'true' };
  const refusal = whyNotLoaded(file, parent, relation, child, key);
  if (refusal !== undefined) return { why: refusal };
  const [options] = child.call.arguments;
  const where = valueOf(options, 'where');
  const own =
    where?.type === 'ObjectExpression' ? where.properties.find((one) => contains(one, key.value)) : undefined;
  if (options?.type !== 'ObjectExpression' || where?.type !== 'ObjectExpression' || own === undefined)
    return { why: 'its conditions are not written where it is called' };
  if (nameOfKey(own) === 'AND') return { why: 'its key is one of several conditions that are joined' };
  if (hasComments(file, options)) return { why: 'its options have comments, which would be lost' };
  const rest = textsWithout(file, where, own);
  // https://www.prisma.io/docs/orm/prisma-client/queries/relation-queries
  if (rest.length > 0 && relation.kind === 'one')
    return { why: 'a relation to one row takes no further conditions' };
  const kept = options.properties.flatMap((one) => {
    const option = nameOfKey(one);
    if (option === 'where') return rest.length === 0 ? [] : [`where: { ${rest.join(', ')} }`];
    if (
      option === 'relationLoadStrategy' ||
      (option === 'orderBy' && (relation.kind === 'one' || child.gives === 'count'))
    )
      return [];
    return [file.textOf(one)];
  });
  return {
    name,
    isCount: child.gives === 'count',
    value: kept.length === 0 ? 'true' : `{ ${kept.join(', ')} }`,
  };
}

const hasComments = (file: File, node: t.Node): boolean => file.comments.some((one) => isWithin(one, node));

const textsWithout = (file: File, { properties }: t.ObjectExpression, own: t.Node): readonly string[] =>
  properties.filter((one) => one !== own).map((one) => file.textOf(one));

/** Why the relation would not give what the query gives. */
function whyNotLoaded(
  file: File,
  parent: Query,
  relation: Relation,
  child: Query,
  key: Condition,
): string | undefined {
  if (clientOf(file, parent.call) === undefined || clientOf(file, parent.call) !== clientOf(file, child.call))
    return 'the rows come from another client, perhaps outside of the transaction';
  if (relation.through !== undefined) return `\`${relation.name}\` has no column that a query could compare`;
  const { from, to, kind, name } = relation;
  const isRequired = from.every(
    (one) => parent.model?.columns.find((column) => column.name === one)?.isNullable === false,
  );
  // Of a relation to one row either side may hold the key of the other.
  const [isFromKey, isToKey] = [isKeyOf(parent.model, from), isKeyOf(child.model, to)];
  if (kind === 'one' && isRequired && !(isFromKey && !isToKey) && databaseOf(parent.model).mayDangle)
    return `\`${name}\` is required, and the database does not keep its keys: Prisma may refuse a row without it`;
  if (child.missing === 'throws' && !(isRequired && isToKey && !isFromKey))
    return `\`${name}\` may be null, where \`${child.method}\` throws`;
  const annotation = rowAnnotation(file, key);
  if (annotation !== undefined) return `the type of a row is written out: \`${short(annotation)}\``;
  return whyNotEarlier(file, parent.call, child.call, key);
}

const isKeyOf = (model: Model | undefined, columns: readonly string[]): boolean =>
  model?.primaryKey.join() === columns.join();

/** The type that is written at the name of a row. */
function rowAnnotation(file: File, { value }: Condition): string | undefined {
  for (const { node } of nodesIn(file, value)) {
    if (node.type !== 'Identifier') continue;
    const annotation = file.scopes.lookup(file.pathOf<t.Node>(node), node.name)?.identifier.node
      .typeAnnotation;
    if (annotation != null) return file.textOf(annotation);
  }
  return undefined;
}

/** The type that is written at the name that the rows of a call get. */
function typeOfRows(file: File, call: t.CallExpression): string | undefined {
  const declarator = file.pathOf<t.Node>(call).parent?.parent ?? null;
  if (!isNode(declarator, 'VariableDeclarator') || declarator.node.id.type !== 'Identifier') return undefined;
  const { typeAnnotation } = declarator.node.id;
  return typeAnnotation == null ? undefined : file.textOf(typeAnnotation);
}

/** Why what a query is told cannot be told an earlier one: it is not there yet, or may be something else by then. */
function whyNotEarlier(
  file: File,
  earlier: t.CallExpression,
  call: t.CallExpression,
  key: Condition,
): string | undefined {
  const [from] = spanOf(earlier);
  const [until] = spanOf(call);
  const properties = new Set<string>();
  for (const argument of call.arguments) {
    for (const path of nodesIn(file, argument)) {
      const { node, parent } = path;
      if (contains(key.value, node)) continue;
      if (/^(?:Call|New|OptionalCall|Await|Yield|Assignment|Update)Expression$/.test(node.type))
        return `\`${short(file.textOf(node))}\` would be computed once, and earlier`;
      if (node.type !== 'Identifier') continue;
      const isName =
        (path.key === 'property' &&
          isNode(parent, 'MemberExpression', 'OptionalMemberExpression') &&
          !parent.node.computed) ||
        (path.key === 'key' &&
          isNode(parent, 'ObjectProperty') &&
          !parent.node.computed &&
          !parent.node.shorthand);
      if (isName) {
        if (path.key === 'property') properties.add(node.name);
        continue;
      }
      const binding = file.scopes.lookup(path, node.name);
      if (binding !== undefined && !isSettledAt(file, binding, earlier))
        return `\`${node.name}\` may be something else where the rows are asked for`;
    }
  }
  const changed = file.find('AssignmentExpression').find(({ node: { left, start } }) => {
    const at = start ?? 0;
    return (
      at > from &&
      at < until &&
      left.type === 'MemberExpression' &&
      left.property.type === 'Identifier' &&
      properties.has(left.property.name)
    );
  });
  return changed === undefined
    ? undefined
    : `\`${short(file.textOf(changed.node))}\` changes what it is told`;
}

/** Whether a name has at `call` the value that it has from then on. */
function isSettledAt(file: File, binding: Binding, call: t.CallExpression): boolean {
  if (file.scopes.lookup(file.pathOf<t.Node>(call), binding.name) !== binding) return false;
  const [start] = spanOf(call);
  if (binding.writes.some(({ node }) => (node.start ?? 0) > start)) return false;
  let around: Path | null = file.pathOf<t.Node>(call);
  while (around !== null && !/Function|Method/.test(around.node.type)) around = around.parent;
  const isOuter = around !== null && !contains(around.node, binding.identifier.node);
  return isOuter || (binding.identifier.node.start ?? 0) < start;
}

/** The replacement that makes a call load what `added` says, at the end of what it includes. */
function loadsAdded(
  file: File,
  call: t.CallExpression,
  options: t.ObjectExpression | undefined,
  place: t.Node | undefined,
  added: readonly string[],
): Replacement {
  const list = added.join(', ');
  if (options === undefined) {
    const [, end] = spanOf(call);
    const text = `{ include: { ${list} } }`;
    return { at: { start: end - 1, end: end - 1 }, by: fittedAt(file, text, end - 1) };
  }
  return place?.type === 'ObjectExpression'
    ? propertiesAppended(file, options, place, added)
    : propertiesAppended(file, options, options, [`include: { ${list} }`]);
}

/** Properties at the end of an object of the options: on its line where they fit, else as prettier would break it. */
function propertiesAppended(
  file: File,
  options: t.ObjectExpression,
  object: t.ObjectExpression,
  added: readonly string[],
): Replacement {
  const last = object.properties.at(-1);
  const [start] = last === undefined ? [0] : spanOf(last);
  if (last !== undefined && file.textOf(object).includes('\n') && isFirstOnLine(file.text, start))
    return linesAppended(file, object, last, added);
  // The widest object around it that stands on one line is what breaks first.
  let widest = object;
  for (let at: Path | null = file.pathOf<t.Node>(object); at !== null; at = at.parent) {
    if (isNode(at, 'ObjectExpression') && !file.textOf(at.node).includes('\n')) widest = at.node;
    if (at.node === options) break;
  }
  const end = last === undefined ? spanOf(object)[0] + 1 : spanOf(last)[1];
  const by = last === undefined ? ` ${added.join(', ')} ` : `, ${added.join(', ')}`;
  const text = rewritten(file, widest, [{ at: { start: end, end }, by }]);
  return { at: widest, by: fittedAt(file, text, ...spanOf(widest)) };
}

/** Properties on lines of their own, below the last one. Where a comment stands beside that, they come first. */
function linesAppended(
  file: File,
  object: t.ObjectExpression,
  last: t.Node,
  added: readonly string[],
): Replacement {
  const { text, style } = file;
  const [[open], [start, end]] = [spanOf(object), spanOf(last)];
  const indent = indentAt(text, start);
  const lines = added.map((one) => {
    const head = one.slice(0, one.indexOf(':') + 2);
    const place = { indent, shift: 0, column: widthOf(indent + head), after: 1 };
    return `${style.eol}${indent}${head}${inEol(file, laidOut(file, one.slice(head.length), place))}`;
  });
  const isCommented = /\/[/*]/.test(text.slice(end, lineEnd(text, end)));
  return isCommented
    ? { at: { start: open + 1, end: open + 1 }, by: lines.map((line) => `${line},`).join('') }
    : { at: { start: end, end }, by: lines.map((line) => `,${line}`).join('') };
}

/** An expression laid out for the place between two offsets of the file. */
function fittedAt(file: File, text: string, start: number, end: number = start): string {
  const column = widthOf(file.text.slice(lineStart(file.text, start), start));
  const after = file.text.slice(end, lineEnd(file.text, end)).trimEnd().length;
  return inEol(file, laidOut(file, text, { indent: indentAt(file.text, start), shift: 0, column, after }));
}

const inEol = ({ style }: File, text: string): string => text.replaceAll(/\r?\n/g, style.eol);

// What is so of the rows

function* whyRowsAgree(file: File, query: Query): Generator<Evidence> {
  const { call, gives, isOrdered, method, model } = query;
  const site = file.siteOf(call);
  // https://www.prisma.io/docs/orm/prisma-client/queries/excluding-fields
  if (/\bomit\b/.test(file.facts.databaseCallOf(file.path, call)?.madeWith ?? ''))
    yield fails(
      'The client is made to leave columns out, perhaps those that the rows are told apart by',
      site,
    );
  if (isExtended(file, call)) {
    const form = gives === 'count' ? 'groupBy' : 'findMany';
    yield assumed(
      `What the client is extended by does for one \`${form}\` of all keys what it does for each \`${method}\``,
      site,
    );
  }
  if (hasMiddleware(file, call))
    yield assumed(
      `The middleware of the client does for one query of all keys what it does for each \`${method}\``,
      site,
    );
  const { provider, mostValues } = databaseOf(model);
  const isText = query.conditions.some(
    ({ column, operator, value }) =>
      operator === 'equals' &&
      !value.type.endsWith('Literal') &&
      model?.columns.find(({ name }) => name === column)?.type === 'string',
  );
  if (isText && provider !== undefined && /^(?:mysql|sqlserver)$/.test(provider))
    yield assumed(
      `Keys are written as they are in the table, letter case and blanks too: ${provider} takes \`a\` for \`A\``,
      site,
    );
  if (gives !== 'count' && !isOrdered && !ordersRelations(file, call)) return;
  const what = gives === 'count' ? 'groups' : 'orders';
  yield* whyEnough(
    mostTurns(file, call),
    mostValues,
    (most) => `There are at most ${most} different keys: Prisma refuses more in a query that ${what}`,
    site,
  );
}

function* whyLoadsFit(file: File, parent: Query, loads: readonly EagerLoad[]): Generator<Evidence> {
  const isOrdered = loads.some(
    ({ child }) =>
      child !== undefined &&
      child.gives !== 'count' &&
      ((child.isOrdered && child.gives === 'many') || ordersRelations(file, child.call)),
  );
  if (!isOrdered) return;
  yield* whyEnough(
    mostRows(parent.call),
    databaseOf(parent.model).mostValues,
    (most) => `The first query gives at most ${most} rows: Prisma refuses to order what is loaded for more`,
    file.siteOf(parent.call),
  );
}

/** Whether a call orders rows that it loads with those that it asks for. */
const ordersRelations = (file: File, { arguments: [options] }: t.CallExpression): boolean =>
  [valueOf(options, 'select'), valueOf(options, 'include')].some(
    (place) =>
      place !== undefined && [...nodesIn(file, place)].some(({ node }) => nameOfKey(node) === 'orderBy'),
  );

/**
 * Only where no order is wanted a long list of values is asked for in parts. Else it is refused:
 * https://www.prisma.io/docs/orm/reference/error-reference#p2029
 */
function* whyEnough(
  bound: number | undefined,
  most: number | undefined,
  claim: (most: string) => string,
  site: Site,
): Generator<Evidence> {
  if (most === undefined) return;
  if (bound !== undefined && bound <= most) yield holds(`The list has at most ${bound} elements`);
  else yield assumed(claim(most.toLocaleString('en')), site);
}

/** The number of rows that a call gives at most, by a literal. */
function mostRows({ arguments: [options] }: t.CallExpression): number | undefined {
  // What is spread may say another number.
  const take = options === undefined || keysOf(options) === undefined ? undefined : valueOf(options, 'take');
  return take?.type === 'NumericLiteral' ? take.value : undefined;
}

/** The number of turns of the only walk around a call, where a literal tells. */
function mostTurns(file: File, call: t.CallExpression): number | undefined {
  const [walk, ...others] = walksAround(file, file.pathOf<t.Node>(call));
  if (walk === undefined || !('list' in walk) || others.length > 0) return undefined;
  if (
    walk.list.type === 'ArrayExpression' &&
    walk.list.elements.every((one) => one?.type !== 'SpreadElement')
  )
    return walk.list.elements.length;
  const rows = rowsOf(file, walk.list);
  return rows === undefined ? undefined : mostRows(rows.query.call);
}

/** Whether a call is made on a client with extensions: https://www.prisma.io/docs/orm/prisma-client/client-extensions */
const isExtended = (file: File, call: t.CallExpression): boolean =>
  file.facts.databaseCallOf(file.path, call)?.path.includes('$extends') ?? false;

/** Whether a client of the project is given middleware: https://www.prisma.io/docs/orm/prisma-client/client-extensions/middleware */
const hasMiddleware = (file: File, call: t.CallExpression): boolean =>
  file.facts.databaseCallOf(file.path, call)?.isIntercepted ?? false;

/** What a schema says of its database. */
interface Database {
  readonly provider: string | undefined;
  /** Whether rows may hold keys of rows that are gone: https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/relation-mode */
  readonly mayDangle: boolean;
  /** How many values a query has at most; undefined where there is no limit that matters. */
  readonly mostValues: number | undefined;
}

/** A little less than each database takes, since a query has other values too. SQLite and what is not known take the fewest. */
const MOST_VALUES: Readonly<Record<string, number | undefined>> = {
  postgresql: 32_700,
  postgres: 32_700,
  cockroachdb: 32_700,
  mysql: 65_500,
  mongodb: undefined,
  sqlserver: 2_000,
};

/** The database that a model's schema is for. Where that is not known, nothing good is said of it. */
function databaseOf(model: Model | undefined): Database {
  const provider = model?.provider;
  return {
    provider,
    mayDangle: provider === undefined || provider === 'mongodb' || model?.emulatesKeys !== false,
    mostValues: provider !== undefined && provider in MOST_VALUES ? MOST_VALUES[provider] : 900,
  };
}

// How new code is laid out

/** Where an expression begins, and what follows on its last line. */
interface Fitting {
  /** What the line that it begins on is indented by. */
  readonly indent: string;
  /** How much further in everything is going to stand. */
  readonly shift: number;
  readonly column: number;
  readonly after: number;
}

const WIDTH = 80;

const widthOf = (text: string): number => text.replaceAll('\t', '  ').length;

/** An expression on one line where it fits, else broken as prettier does: the outermost object first. */
function laidOut(file: File, text: string, fitting: Fitting): string {
  const piece = parseExpression(file, text);
  if (piece === undefined || piece.comments.length > 0) return text;
  const { node: root, shift } = piece;
  const source = (node: t.Node): string => {
    const [start, end] = node === root ? spanOf(node) : outerSpanOf(node);
    return text.slice(start - shift, end - shift);
  };
  const isAtomic = (node: t.Node): boolean => node !== root && node.extra?.parenthesized === true;
  const printer: Printer = {
    source,
    isAtomic,
    step: file.style.indent,
    comma: file.style.trailingComma ? ',' : '',
  };
  return printed(printer, root, fitting);
}

interface Printer {
  readonly source: (node: t.Node) => string;
  /** Whether a node is left as it is written, since parentheses are around it. */
  readonly isAtomic: (node: t.Node) => boolean;
  readonly step: string;
  readonly comma: string;
}

/** A node on one line. */
function flat(printer: Printer, node: t.Node): string {
  if (printer.isAtomic(node)) return printer.source(node);
  if (node.type === 'ObjectExpression' && node.properties.length > 0)
    return `{ ${node.properties.map((one) => headOf(printer, one) + flat(printer, bodyOf(one))).join(', ')} }`;
  if (node.type === 'ArrayExpression')
    return `[${node.elements.map((one) => (one === null ? '' : flat(printer, one))).join(', ')}]`;
  if (
    node.type === 'CallExpression' &&
    node.typeParameters == null &&
    node.callee.type === 'MemberExpression'
  )
    return `${printer.source(node.callee)}(${node.arguments.map((one) => flat(printer, one)).join(', ')})`;
  return printer.source(node);
}

const isPair = (node: t.Node): node is t.ObjectProperty => node.type === 'ObjectProperty' && !node.shorthand;

/** `key: ` of a property. */
function headOf(printer: Printer, property: t.Node): string {
  if (!isPair(property)) return '';
  const key = printer.source(property.key);
  return property.computed ? `[${key}]: ` : `${key}: `;
}

/** The value of a property, or all of what is none or a short one. */
const bodyOf = (property: t.Node): t.Node => (isPair(property) ? property.value : property);

function printed(printer: Printer, node: t.Node, fitting: Fitting): string {
  const { indent, shift, column, after } = fitting;
  const one = flat(printer, node);
  if (!one.includes('\n') && column + one.length + after <= WIDTH - shift) return one;
  if (printer.isAtomic(node)) return one;
  const inner = indent + printer.step;
  const lines = (parts: readonly t.Node[]): string =>
    parts
      .map((part) => {
        const head = headOf(printer, part);
        const place = { indent: inner, shift, column: widthOf(inner + head), after: 1 };
        return `${inner}${head}${printed(printer, bodyOf(part), place)}`;
      })
      .join(',\n') + printer.comma;
  if (node.type === 'ObjectExpression' && node.properties.length > 0)
    return `{\n${lines(node.properties)}\n${indent}}`;
  if (
    node.type === 'ArrayExpression' &&
    node.elements.length > 0 &&
    node.elements.every((part) => part !== null)
  )
    return `[\n${lines(node.elements)}\n${indent}]`;
  const last = node.type === 'CallExpression' ? node.arguments.at(-1) : undefined;
  if (node.type !== 'CallExpression' || last === undefined) return one;
  const others = node.arguments.slice(0, -1).map((argument) => `${flat(printer, argument)}, `);
  const head = `${printer.source(node.callee)}(${others.join('')}`;
  return `${head}${printed(printer, last, { indent, shift, column: column + head.length, after: after + 1 })})`;
}

/** https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types */
const JAVASCRIPT: { readonly [K in ColumnType]?: 'number' | 'string' | 'bigint' | 'boolean' } = {
  integer: 'number',
  float: 'number',
  bigint: 'bigint',
  string: 'string',
  uuid: 'string',
  'object-id': 'string',
  enum: 'string',
  boolean: 'boolean',
};

/** Prisma: https://www.prisma.io/docs/orm/prisma-client */
export const PRISMA: Dialect = {
  orm: 'prisma',
  methods: /^(?:find(?:Unique|First)(?:OrThrow)?|findMany|count|aggregate|groupBy|\$queryRaw(?:Unsafe)?)$/,
  read,
  batched,
  grouped,
  countsWithRows: true,
  eager,
  whyRowsAgree,
  javaScriptOf: (type) => JAVASCRIPT[type],
  // Lists of values are asked for in parts where no order is wanted; `whyRowsAgree` speaks of the others.
  mostKeys: undefined,
  takesNoKeys: () => true,
};
