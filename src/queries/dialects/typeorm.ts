import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { DatabaseCall } from '../../facts/effects/effect.ts';
import type { Column, ColumnType, Model, Relation } from '../../facts/orm/schema.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import { indentAt } from '../../syntax/lines.ts';
import { short } from '../keys.ts';
import { walksAround } from '../loops.ts';
import { camelCase } from '../names.ts';
import {
  conditionsIn,
  keysOf,
  methodNode,
  methodOf,
  propertyAdded,
  propertyAppended,
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
  RelationCall,
  Replacement,
  Written,
  WrittenLoads,
} from '../query.ts';
import { rowsOf } from '../sites.ts';
import { isTyped } from '../values.ts';

interface Refusal {
  readonly why: string;
}

// How a query is read

/** What the methods of repositories and managers give: https://typeorm.io/docs/working-with-entity-manager/repository-api */
const FINDERS: Readonly<Record<string, Query['gives']>> = {
  find: 'many',
  findBy: 'many',
  findOne: 'one',
  findOneBy: 'one',
  findOneOrFail: 'one',
  findOneByOrFail: 'one',
  count: 'count',
  countBy: 'count',
  exist: 'exists',
  exists: 'exists',
  existsBy: 'exists',
};

/** What the last methods of query builders give: https://typeorm.io/docs/query-builder/select-query-builder */
const BUILDERS: Readonly<Record<string, Query['gives']>> = {
  getMany: 'many',
  getOne: 'one',
  getOneOrFail: 'one',
  getCount: 'count',
  getExists: 'exists',
};

/** Methods that ask for rows in a way of their own: what they give, and why they are not asked once for all turns. */
const OTHERS: Readonly<Record<string, readonly [gives: Query['gives'], why: string]>> = {
  findAndCount: [
    'many',
    'it gives rows and their number together; by hand: ask for both in queries of their own',
  ],
  findAndCountBy: [
    'many',
    'it gives rows and their number together; by hand: ask for both in queries of their own',
  ],
  getManyAndCount: [
    'many',
    'it gives rows and their number together; by hand: ask for both in queries of their own',
  ],
  findByIds: ['many', 'it is told a list of ids in each turn; by hand: ask by `In` for those of all turns'],
  findOneById: ['one', 'it asks by the primary key, whatever that is; by hand: ask by `findBy` and `In`'],
  findTrees: ['many', 'it loads whole trees'],
  findDescendants: ['many', 'it walks a tree'],
  findDescendantsTree: ['one', 'it walks a tree'],
  findAncestors: ['many', 'it walks a tree'],
  findAncestorsTree: ['one', 'it walks a tree'],
  sum: ['one', 'it computes over the rows of one turn; by hand: ask for all of them by `groupBy`'],
  average: ['one', 'it computes over the rows of one turn; by hand: ask for all of them by `groupBy`'],
  minimum: ['one', 'it computes over the rows of one turn; by hand: ask for all of them by `groupBy`'],
  maximum: ['one', 'it computes over the rows of one turn; by hand: ask for all of them by `groupBy`'],
  getRawMany: ['many', 'it gives raw rows'],
  getRawOne: ['one', 'it gives raw rows; by hand: ask for those of all turns by `IN` or `groupBy`'],
  getRawAndEntities: ['one', 'it gives raw rows'],
  query: ['many', 'it is SQL, which is not read; by hand: ask for the rows of all turns by `IN` or `ANY`'],
};

/** What is read of the conditions and options of a query. */
type Parts = Pick<Query, 'conditions' | 'unread' | 'isOrdered' | 'limit' | 'selected' | 'derived'>;

const nothing = (unread: string, derived?: string): Parts => ({
  conditions: [],
  unread,
  isOrdered: false,
  limit: undefined,
  selected: undefined,
  derived,
});

function read(file: File, { node: call }: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const method = methodOf(call);
  if (method === undefined) return undefined;
  const [odd, why] = OTHERS[method] ?? [];
  const gives = FINDERS[method] ?? BUILDERS[method] ?? odd;
  if (gives === undefined || (method === 'query' && known.writes.length > 0)) return undefined;
  const model = file.facts.modelOf(file.path, 'typeorm', known.table);
  const parts =
    method in FINDERS
      ? partsOfFind(call, known, model)
      : method in BUILDERS
        ? partsOfBuilder(call, model)
        : undefined;
  const told =
    parts ?? nothing(why ?? 'it is not understood', `\`${method}\` does not only give rows of its table`);
  return {
    orm: 'typeorm',
    call,
    method,
    table: known.table,
    model,
    gives,
    missing: method.endsWith('OrFail') ? 'throws' : 'null',
    ...told,
    unread: whyLocked(known) ?? told.unread ?? whyNoKey(model, told, gives),
    isOrdered: told.isOrdered || (model?.defaultScope ?? '').startsWith('orderBy'),
    // TypeORM 1 refuses null and undefined, TypeORM 0.3 leaves the condition out; a builder compares with NULL:
    // https://typeorm.io/docs/data-source/null-and-undefined-handling
    nullKey: method in FINDERS ? 'any-row' : 'none',
    reads: known.reads,
  };
}

const whyLocked = ({ writes }: DatabaseCall): string | undefined =>
  writes.length > 0 ? 'it locks the rows that it finds' : undefined;

/**
 * Rows that are asked for without their primary key are told apart by TypeORM 1 only, and one of which all selected columns are
 * null is no row: https://github.com/typeorm/typeorm/blob/master/src/query-builder/transformer/RawSqlResultsToEntityTransformer.ts
 */
function whyNoKey(
  model: Model | undefined,
  { selected, conditions }: Parts,
  gives: Query['gives'],
): string | undefined {
  if (selected === undefined || gives === 'count' || gives === 'exists') return undefined;
  const primaryKey = model?.primaryKey ?? ['id'];
  if (primaryKey.length > 0 && primaryKey.every((one) => selected.includes(one))) return undefined;
  const compared = new Set([...selected, ...conditions.map(({ column }) => column)]);
  if (!primaryKey.every((one) => compared.has(one)))
    return 'it selects no primary key, without which TypeORM 0.3 takes several rows for one';
  const isSeen = selected.some((name) => columnOf(model, name)?.isNullable === false);
  return isSeen
    ? undefined
    : 'where all that it selects is null, it finds no row, and a query with the key does';
}

const columnOf = (model: Model | undefined, name: string | undefined): Column | undefined =>
  model?.columns.find((one) => one.name === name);

// Options and conditions of finders

/** Options of `find` that change neither which rows are found nor how many: https://typeorm.io/docs/working-with-entity-manager/find-options */
const HARMLESS =
  /^(?:where|select|order|relations|withDeleted|loadEagerRelations|relationLoadStrategy|comment)$/;
const HARMLESS_FOR_COUNT = /^(?:where|withDeleted|comment)$/;
const LIMITS = /^(?:take|skip)$/;

const takesOptions = (method: string): boolean => !/By(?:OrFail)?$/.test(method);

/** Whether a call is told the entity first: https://typeorm.io/docs/working-with-entity-manager/entity-manager-api */
function isToldEntity(
  { arguments: [first, second] }: t.CallExpression,
  { table, path }: DatabaseCall,
): boolean {
  if (first?.type === 'Identifier') {
    if (first.name === table || /^[A-Z]/.test(first.name)) return true;
    return second !== undefined && !/[rR]epository[^.]*\.\w+\(\)$/.test(path);
  }
  return first?.type === 'StringLiteral' && first.value === table;
}

/** The argument of a finder that has its options, or its conditions. */
const argumentOf = (call: t.CallExpression, known: DatabaseCall): t.Node | undefined =>
  call.arguments[isToldEntity(call, known) ? 1 : 0];

function partsOfFind(call: t.CallExpression, known: DatabaseCall, model: Model | undefined): Parts {
  const method = methodOf(call) ?? '';
  const argument = argumentOf(call, known);
  if (!takesOptions(method)) return { ...partsOfOptions(undefined), ...conditionsOf(argument, model) };
  if (argument !== undefined && argument.type !== 'ObjectExpression')
    return nothing('its options are not written where it is called');
  const names = argument === undefined ? [] : keysOf(argument);
  if (names === undefined) return nothing('its options are spread or computed');
  const harmless = /^(?:count|exist)/.test(method) ? HARMLESS_FOR_COUNT : HARMLESS;
  const odd = names.find((name) => !harmless.test(name) && !LIMITS.test(name));
  const parts = partsOfOptions(argument);
  const { conditions, unread } = conditionsOf(valueOf(argument, 'where'), model);
  return {
    ...parts,
    conditions,
    unread:
      (odd === undefined ? undefined : `its option \`${odd}\` is not understood`) ?? parts.unread ?? unread,
  };
}

/** What the options of a finder say, its conditions left out. */
function partsOfOptions(options: t.Node | undefined): Parts {
  const limit = ['take', 'skip'].find((name) => valueOf(options, name) !== undefined);
  const select = valueOf(options, 'select');
  const order = valueOf(options, 'order');
  const selected = select === undefined ? undefined : selectedIn(select);
  return {
    conditions: [],
    unread:
      select !== undefined && selected === undefined
        ? 'what it selects is not written where it is called'
        : undefined,
    selected,
    isOrdered: order !== undefined && !(order.type === 'ObjectExpression' && order.properties.length === 0),
    limit: limit === undefined ? undefined : `its option \`${limit}\` limits the rows`,
  };
}

/** The columns in `select`, as a list of texts or an object; undefined where they cannot be told. */
function selectedIn(select: t.Node): readonly string[] | undefined {
  if (select.type === 'ArrayExpression') {
    const names = select.elements.map((one) => (one?.type === 'StringLiteral' ? one.value : undefined));
    return names.every((one) => one !== undefined) ? names : undefined;
  }
  const names = keysOf(select);
  return names?.every(
    (name) => isTrue(valueOf(select, name)) || valueOf(select, name)?.type === 'ObjectExpression',
  )
    ? names.filter((name) => isTrue(valueOf(select, name)))
    : undefined;
}

const isTrue = (node: t.Node | undefined): boolean => node?.type === 'BooleanLiteral' && node.value;

/** What a value of a condition compares with: https://typeorm.io/docs/working-with-entity-manager/find-options#advanced-options */
function compare(value: t.Node): Pick<Condition, 'operator' | 'value'> {
  if (value.type === 'CallExpression' && value.callee.type === 'Identifier') {
    const [first] = value.arguments;
    if (value.callee.name === 'Equal' && first !== undefined) return { operator: 'equals', value: first };
    if (value.callee.name === 'In' && first !== undefined) return { operator: 'in', value: first };
    return { operator: /^(?:String|Number|BigInt)$/.test(value.callee.name) ? 'equals' : 'other', value };
  }
  return { operator: /^(?:Object|Array)Expression$/.test(value.type) ? 'other' : 'equals', value };
}

/** Conditions as they stand in an object. */
function conditionsOf(
  where: t.Node | undefined,
  model: Model | undefined,
): Pick<Query, 'conditions' | 'unread'> {
  if (where === undefined) return { conditions: [], unread: undefined };
  if (where.type === 'ArrayExpression')
    return { conditions: [], unread: 'it finds the rows that meet one of several conditions' };
  const { conditions, unread } = conditionsIn(where, compare);
  return { conditions: conditions.map((one) => keyInRelation(one, model) ?? onColumn(one, model)), unread };
}

/** A condition on what is no column that is known is on none: a relation is compared in a way of its own. */
const onColumn = (condition: Condition, model: Model | undefined): Condition =>
  model === undefined || columnOf(model, condition.column) !== undefined
    ? condition
    : { ...condition, column: undefined, operator: 'other' };

/** `{ author: { id: x } }` where `authorId` is a column: the rows that it finds have just this one there. */
function keyInRelation({ column: name, value }: Condition, model: Model | undefined): Condition | undefined {
  const relation = model?.relations.find((one) => one.name === name);
  if (relation === undefined || value.type !== 'ObjectExpression') return undefined;
  const [property] = value.properties;
  const [key] = keysOf(value) ?? [];
  const column = ownColumnOf(relation, key, model);
  if (column === undefined || value.properties.length !== 1 || property?.type !== 'ObjectProperty')
    return undefined;
  return { column, ...compare(property.value) };
}

/** The column in rows that holds what a relation's only key is on the other side. */
function ownColumnOf(
  { kind, from, to, through }: Relation,
  key: string | undefined,
  model: Model | undefined,
): string | undefined {
  const [column, ...more] = from;
  const isKey = kind === 'one' && through === undefined && to.length === 1 && to[0] === key;
  // Only the side that holds the key has a column that is no primary key.
  return isKey &&
    more.length === 0 &&
    columnOf(model, column) !== undefined &&
    model?.primaryKey.includes(column ?? '') === false
    ? column
    : undefined;
}

/** The relation that a condition goes through: its value stands in an object of its own. */
function relationOfCondition(
  file: File,
  { model }: Query,
  { value, column }: Condition,
): Relation | undefined {
  for (
    let at: Path | null = file.pathOf(value);
    at !== null && !isNode(at, 'CallExpression');
    at = at.parent
  ) {
    const object = at.parent;
    if (!isNode(at, 'ObjectExpression') || !isNode(object, 'ObjectProperty')) continue;
    const { key } = object.node;
    const relation = model?.relations.find(
      ({ name, from }) => key.type === 'Identifier' && name === key.name && from[0] === column,
    );
    if (relation !== undefined) return relation;
  }
  return undefined;
}

// Query builders

/** The calls of a query builder, the first one first. */
function stepsOf(call: t.CallExpression): readonly t.CallExpression[] {
  const steps: t.CallExpression[] = [];
  for (let at: t.Node = call; at.type === 'CallExpression'; at = at.callee.object) {
    steps.unshift(at);
    if (at.callee.type !== 'MemberExpression' || methodOf(at) === 'createQueryBuilder') break;
  }
  return steps;
}

/** Steps after which each row of the model is still there once: joined rows are put into the row that they belong to. */
const PLAIN_STEP =
  /^(?:createQueryBuilder|select|addSelect|from|where|andWhere|orderBy|addOrderBy|(?:left|inner)Join(?:AndSelect)?|withDeleted|comment|get\w+)$/;
const LIMITING_STEP = /^(?:take|skip|limit|offset)$/;

/** The name that a builder calls its rows by. */
function aliasOf(steps: readonly t.CallExpression[]): string | undefined {
  const opening = steps.find((step) => methodOf(step) === 'from') ?? steps[0];
  const alias = opening?.arguments.findLast((one) => one.type === 'StringLiteral');
  return alias?.type === 'StringLiteral' ? alias.value : undefined;
}

function partsOfBuilder(call: t.CallExpression, model: Model | undefined): Parts {
  const steps = stepsOf(call);
  const [first] = steps;
  if (first === undefined || methodOf(first) !== 'createQueryBuilder')
    return nothing('its query builder is made elsewhere', 'its query builder is made elsewhere');
  const alias = aliasOf(steps);
  if (alias === undefined) return nothing('its query builder has no alias', 'its query builder has no alias');
  const wheres = conditionsOfSteps(steps, alias, model);
  const selected = selectedBySteps(steps, alias);
  const named = (test: RegExp): t.CallExpression | undefined =>
    steps.find((step) => test.test(methodOf(step) ?? ''));
  const limit = named(LIMITING_STEP);
  const odd = steps.find(
    (step) => !new RegExp(`${PLAIN_STEP.source}|${LIMITING_STEP.source}`).test(methodOf(step) ?? ''),
  );
  const oddName = odd === undefined ? undefined : methodOf(odd);
  const whyOdd =
    oddName === undefined
      ? undefined
      : /^or(?:Where|Having)/.test(oddName)
        ? 'it finds the rows that meet one of several conditions'
        : `\`${oddName}\` is not understood`;
  return {
    conditions: wheres.conditions,
    unread: whyOdd ?? selected.why ?? wheres.unread,
    isOrdered: named(/^(?:add)?[oO]rderBy$/) !== undefined,
    limit: limit === undefined ? undefined : `\`${methodOf(limit) ?? ''}\` limits the rows`,
    selected: selected.names,
    derived:
      selected.why ??
      (oddName !== undefined && !/^(?:or|set)/.test(oddName)
        ? `\`${oddName}\` is not understood`
        : undefined),
  };
}

/** The columns that a builder's `select` names; all of them where it names the alias, or there is none. */
function selectedBySteps(
  steps: readonly t.CallExpression[],
  alias: string,
): { readonly names: readonly string[] | undefined; readonly why?: string } {
  let names: string[] | undefined;
  for (const step of steps) {
    const method = methodOf(step) ?? '';
    if (!/^(?:select|addSelect)$/.test(method)) continue;
    const [given, as] = step.arguments;
    const items = given?.type === 'ArrayExpression' ? given.elements : [given];
    const texts = items.map((one) => (one?.type === 'StringLiteral' ? one.value : undefined));
    if (as !== undefined || !texts.every((one) => one !== undefined && /^\w+(?:\.\w+)?$/.test(one)))
      return { names: undefined, why: 'what it selects is more than columns' };
    if (method === 'select') names = [];
    for (const text of texts) {
      const [of, column] = text?.split('.') ?? [];
      if (of !== alias) continue;
      if (column === undefined) names = undefined;
      else names?.push(column);
    }
  }
  return { names };
}

/** A parameter of a builder's conditions, and how it is told. */
interface Parameter {
  readonly value: t.Node;
  readonly step: t.CallExpression;
}

/** The parameters of a builder by their names; undefined where they are not all written in its steps, or one is given twice. */
function parametersOf(steps: readonly t.CallExpression[]): ReadonlyMap<string, Parameter> | undefined {
  const found = new Map<string, Parameter>();
  for (const step of steps) {
    if (!/^(?:where|andWhere|(?:left|inner)Join(?:AndSelect)?)$/.test(methodOf(step) ?? '')) continue;
    const given = step.arguments[/Join/.test(methodOf(step) ?? '') ? 3 : 1];
    if (given === undefined) continue;
    const names = keysOf(given);
    if (names === undefined || names.some((name) => found.has(name))) return undefined;
    for (const name of names) {
      const value = valueOf(given, name);
      if (value !== undefined) found.set(name, { value, step });
    }
  }
  return found;
}

/** A text of SQL without what stands in quotes, and without casts. */
const bareSql = (text: string): string => text.replace(/'[^']*'/g, "''").replaceAll(/::\s*\w+/g, '');

/** The names of the parameters in a text: `:id`, `:...ids`. */
const parametersIn = (text: string): readonly string[] =>
  [...bareSql(text).matchAll(/:(?:\.\.\.)?(\w+)/g)].map(([, name = '']) => name);

/** The parts of a text that are joined by AND; the text itself where it is more than that. */
const partsOfText = (text: string): readonly string[] =>
  /[()]|\b(?:or|between|case|not)\b/i.test(bareSql(text)) ? [text] : text.split(/\s+and\s+/i);

/** `u.id = :id`, or the same with `IN`. */
const COMPARISON = /^\s*(\w+)\.(\w+)\s*(?:=\s*:(\w+)|in\s*\(\s*:\.\.\.(\w+)\s*\))\s*$/i;

function conditionsOfSteps(
  steps: readonly t.CallExpression[],
  alias: string,
  model: Model | undefined,
): Pick<Query, 'conditions' | 'unread'> {
  const parameters = parametersOf(steps);
  if (parameters === undefined)
    return { conditions: [], unread: 'the parameters of its conditions are not written where they are used' };
  const conditions: Condition[] = [];
  const used: string[] = [];
  let unread: string | undefined;
  for (const step of steps) {
    const method = methodOf(step) ?? '';
    const isJoin = /Join/.test(method);
    if (!isJoin && !/^(?:where|andWhere)$/.test(method)) continue;
    if (method === 'where' && conditions.length > 0)
      unread ??= 'a second `where` drops the conditions before it';
    const text = step.arguments[isJoin ? 2 : 0];
    if (text === undefined) continue;
    if (text.type === 'ObjectExpression' && !isJoin) {
      const own = conditionsIn(text, compare);
      conditions.push(...own.conditions.map((one) => onColumn(one, model)));
      unread ??= own.unread;
      continue;
    }
    if (text.type !== 'StringLiteral') {
      conditions.push({ column: undefined, operator: 'other', value: text });
      const texts =
        text.type === 'TemplateLiteral' ? text.quasis.map(({ value }) => value.raw).join('?') : '';
      const names = parametersIn(texts);
      used.push(...names);
      for (const name of names) {
        const value = parameters.get(name)?.value;
        if (value === undefined) unread ??= `nothing is written for its parameter \`${name}\``;
        else conditions.push({ column: undefined, operator: 'other', value });
      }
      continue;
    }
    used.push(...parametersIn(text.value));
    for (const part of isJoin ? [text.value] : partsOfText(text.value)) {
      const [, of, name, one, list] = COMPARISON.exec(part) ?? [];
      const column = of === alias && !isJoin ? columnInSql(name, model) : undefined;
      for (const parameter of parametersIn(part)) {
        const value = parameters.get(parameter)?.value;
        if (value === undefined) unread ??= `nothing is written for its parameter \`${parameter}\``;
        else if (column === undefined) conditions.push({ column: undefined, operator: 'other', value });
        else
          conditions.push({
            column,
            operator: parameter === one ? 'equals' : parameter === list ? 'in' : 'other',
            value,
          });
      }
    }
  }
  const twice = used.find((name, index) => used.indexOf(name) !== index);
  if (twice !== undefined) unread ??= `its parameter \`${twice}\` is used twice`;
  if ([...parameters.keys()].some((name) => !used.includes(name)))
    unread ??= 'a parameter of its conditions is used in another way';
  return { conditions, unread };
}

/** The property that a name in a builder's SQL stands for: that of a column, or of the key of a relation. */
function columnInSql(name: string | undefined, model: Model | undefined): string | undefined {
  if (model === undefined || name === undefined) return name;
  const relation = model.relations.find((one) => one.name === name);
  const [key] = relation?.to ?? [];
  return (
    columnOf(model, name)?.name ??
    (relation === undefined ? undefined : ownColumnOf(relation, key, model)) ??
    model.columns.find(({ column }) => column === name)?.name
  );
}

// One query for all keys

/** What a method's form for many rows is called. */
const BATCHED: Readonly<Record<string, string>> = {
  find: 'find',
  findBy: 'findBy',
  findOne: 'find',
  findOneBy: 'findBy',
  getMany: 'getMany',
  getOne: 'getMany',
};

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | Refusal {
  const { call, method } = query;
  const form = BATCHED[method];
  const column = keys[0]?.condition.column;
  if (form === undefined || column === undefined)
    return { why: `there is no form of \`${method}\` for many keys` };
  const hidden = keys.find(({ condition }) => columnOf(query.model, condition.column)?.isHidden === true);
  if (hidden !== undefined && query.selected?.includes(hidden.condition.column ?? '') !== true)
    return {
      why: `rows are loaded without \`${hidden.condition.column ?? ''}\`, by which they would be looked up`,
    };
  const keyOf = (row: string): string => `${row}.${column}`;
  const replacements: Replacement[] = [{ at: methodNode(call), by: form }];
  if (method in BUILDERS) {
    const imports = keys.some((key) => isInObject(file, key.condition))
      ? [{ from: 'typeorm', name: 'In' }]
      : [];
    for (const key of keys) replacements.push(...keyReplaced(file, call, key));
    replacements.push(...columnsSelected(query, keys));
    return { text: rewritten(file, call, replacements), imports, keyOf };
  }
  for (const { condition, list } of keys) replacements.push(conditionReplaced(file, condition, list));
  replacements.push(...columnsAdded(file, query, keys));
  return { text: rewritten(file, call, replacements), imports: [{ from: 'typeorm', name: 'In' }], keyOf };
}

/** `{ id: x }` and `{ id: Equal(x) }` become `{ id: In(ids) }`. */
function conditionReplaced(file: File, { value }: Condition, list: string): Replacement {
  const { parent } = file.pathOf(value);
  return isNode(parent, 'CallExpression') &&
    parent.node.callee.type === 'Identifier' &&
    parent.node.callee.name === 'Equal'
    ? { at: parent.node, by: `In(${list})` }
    : valueReplaced(file, value, `In(${list})`);
}

/** The columns of keys that `select` does not name, added to it. */
function columnsAdded(
  file: File,
  { call, selected }: Query,
  keys: readonly KeyList[],
): readonly Replacement[] {
  const select = call.arguments.map((one) => valueOf(one, 'select')).find((one) => one !== undefined);
  const missing = keys.flatMap(({ condition: { column } }) =>
    column === undefined || selected?.includes(column) !== false ? [] : [column],
  );
  if (select === undefined || missing.length === 0) return [];
  if (select.type === 'ObjectExpression')
    return [propertyAdded(file, select, missing.map((one) => `${one}: true`).join(', '))];
  const start = (select.start ?? 0) + 1;
  return [{ at: { start, end: start }, by: missing.map((one) => `'${one}', `).join('') }];
}

/** Whether a builder's condition is a property of an object: `where({ id })`, and not a parameter. */
function isInObject(file: File, { value }: Condition): boolean {
  for (let at: Path | null = file.pathOf(value); at !== null; at = at.parent)
    if (isNode(at, 'ObjectExpression') && isNode(at.parent, 'CallExpression'))
      return at.parent.node.arguments[0] === at.node;
  return false;
}

/** Replaces `x = :y` by `x IN (:...ys)` in the steps of a query builder. */
function keyReplaced(
  file: File,
  call: t.CallExpression,
  { condition, list }: KeyList,
): readonly Replacement[] {
  if (isInObject(file, condition)) return [conditionReplaced(file, condition, list)];
  const steps = stepsOf(call);
  const parameters = parametersOf(steps) ?? new Map<string, Parameter>();
  const [name] = [...parameters].find(([, { value }]) => value === condition.value) ?? [];
  const texts = steps.flatMap((step) => step.arguments[0] ?? []);
  const text = texts.find(
    (one) => one.type === 'StringLiteral' && name !== undefined && parametersIn(one.value).includes(name),
  );
  const property = propertyOf(
    name === undefined ? undefined : parameters.get(name)?.step.arguments[1],
    name ?? '',
  );
  if (name === undefined || text === undefined || property === undefined) return [];
  const isFree = /^[\w$]+$/.test(list) && !parameters.has(list);
  const given = isFree ? list : name;
  return [
    {
      at: text,
      by: file.textOf(text).replace(new RegExp(`\\s*=\\s*:${name}\\b`), () => ` IN (:...${given})`),
    },
    { at: property, by: given === list ? list : `${given}: ${list}` },
  ];
}

/** The columns of keys that a builder's `select` does not name, added to it. */
function columnsSelected({ call, selected }: Query, keys: readonly KeyList[]): readonly Replacement[] {
  const steps = stepsOf(call);
  const select = steps.find((step) => methodOf(step) === 'select')?.arguments[0];
  const alias = aliasOf(steps) ?? '';
  const missing = keys.flatMap(({ condition: { column } }) =>
    column === undefined || selected?.includes(column) !== false ? [] : [`'${alias}.${column}'`],
  );
  if (select === undefined || missing.length === 0) return [];
  const start = (select.start ?? 0) + 1;
  return select.type === 'ArrayExpression'
    ? [{ at: { start, end: start }, by: missing.map((one) => `${one}, `).join('') }]
    : [
        { at: { start: start - 1, end: start - 1 }, by: `[${missing.join(', ')}, ` },
        { at: { start: select.end ?? 0, end: select.end ?? 0 }, by: ']' },
      ];
}

// Counting by key

/** Types that a raw row has as an entity has them. */
const RAW: ReadonlySet<ColumnType> = new Set(['integer', 'bigint', 'string', 'uuid', 'enum']);

/** Drivers that give some big numbers as numbers, where entities have texts; that of PostgreSQL gives texts. */
const OTHER_DRIVERS = [
  'mysql',
  'mysql2',
  'mariadb',
  'sqlite3',
  'better-sqlite3',
  'sql.js',
  'mssql',
  'oracledb',
];

function grouped(
  file: File,
  query: Query,
  key: KeyList,
): (Written & { countOf: (row: string) => string }) | Refusal {
  const { model, method, table } = query;
  const { column } = key.condition;
  const declared = columnOf(model, column);
  if (column === undefined || declared === undefined || !RAW.has(declared.type))
    return { why: `how \`${column ?? ''}\` looks in a row that counts is not known` };
  const { dependencies } = file.facts.packageOf(file.path);
  if (declared.type === 'bigint' && OTHER_DRIVERS.some((one) => dependencies.has(one)))
    return { why: `\`${column}\` may be a number in a row that counts, and is a text in an entity` };
  if (model?.relations.some(({ isEager }) => isEager) === true)
    return { why: `\`${table}\` has relations that are joined where its rows are counted` };
  const counting = (alias: string): readonly string[] => [
    `select('${alias}.${column}', '${column}')`,
    `addSelect('COUNT(*)', 'count')`,
  ];
  const written =
    method in BUILDERS ? groupedBuilder(file, query, key, counting) : groupedFind(file, query, key, counting);
  if ('why' in written) return written;
  return {
    ...written,
    keyOf: (row) => `${row}.${column}`,
    countOf: (row) => `Number(${row}.count)`,
  };
}

/** A chain of calls, each on a line of its own, indented from the line that a call begins on. */
const chained = (file: File, call: t.CallExpression, receiver: t.Node, steps: readonly string[]): string =>
  [file.textOf(receiver), ...steps].join(`\n${indentAt(file.text, call.start ?? 0)}${file.style.indent}.`);

type Grouped = Pick<Written, 'text' | 'imports'> | Refusal;

function groupedFind(
  file: File,
  query: Query,
  key: KeyList,
  counting: (alias: string) => readonly string[],
): Grouped {
  const { call, conditions, table } = query;
  const { condition, list } = key;
  const column = condition.column ?? '';
  if (call.callee.type !== 'MemberExpression') return { why: 'it is no call of a method' };
  const [entity] = call.arguments;
  const argument = call.arguments.find((one) => one.type === 'ObjectExpression');
  const where = takesOptions(query.method) ? valueOf(argument, 'where') : argument;
  const odd = conditions.find(
    (one) => one.value !== condition.value && whyNotInBuilder(file, query, one) !== undefined,
  );
  if (where?.type !== 'ObjectExpression') return { why: 'its conditions are not written as an object' };
  if (odd !== undefined) return { why: whyNotInBuilder(file, query, odd) ?? '' };
  const alias = camelCase(table);
  const isManager = entity !== undefined && entity !== argument;
  const own = where.properties.find(
    (one) => (one.start ?? 0) <= (condition.value.start ?? 0) && (one.end ?? 0) >= (condition.value.end ?? 0),
  );
  const text =
    own === undefined || relationOfCondition(file, query, condition) === undefined
      ? rewritten(file, where, [conditionReplaced(file, condition, list)])
      : rewritten(file, where, [{ at: own, by: `${column}: In(${list})` }]);
  const isDeletedToo = isTrue(valueOf(argument, 'withDeleted'));
  const steps = [
    `createQueryBuilder(${isManager ? `${file.textOf(entity)}, ` : ''}'${alias}')`,
    ...counting(alias),
    ...(isDeletedToo ? ['withDeleted()'] : []),
    `where(${text})`,
    `groupBy('${alias}.${column}')`,
    'getRawMany()',
  ];
  return {
    text: chained(file, call, call.callee.object, steps),
    imports: [{ from: 'typeorm', name: 'In' }],
  };
}

/** Why a condition of a finder may be another one in the `where` of a query builder. */
function whyNotInBuilder(file: File, query: Query, condition: Condition): string | undefined {
  const { column, operator, value } = condition;
  if (column === undefined) return 'one of its conditions is on no single column';
  if (relationOfCondition(file, query, condition) !== undefined)
    return 'one of its conditions is on a relation';
  if (operator === 'in') return undefined;
  if (operator === 'other')
    return value.type === 'CallExpression' ? undefined : 'one of its conditions is not understood';
  if (value.type.endsWith('Literal')) return value.type === 'NullLiteral' ? 'it asks for null' : undefined;
  const { kinds } = file.facts.typeOf(file.path, value);
  return ['null', 'undefined', 'unknown', 'object'].some((kind) => [...kinds].some((one) => one === kind))
    ? `\`${short(file.textOf(value))}\` may be null or undefined, with which a query builder compares`
    : undefined;
}

function groupedBuilder(
  file: File,
  { call }: Query,
  key: KeyList,
  counting: (alias: string) => readonly string[],
): Grouped {
  const steps = stepsOf(call);
  const alias = aliasOf(steps);
  const odd = steps
    .slice(0, -1)
    .find(
      (step) => !/^(?:createQueryBuilder|where|andWhere|withDeleted|comment)$/.test(methodOf(step) ?? ''),
    );
  const [first] = steps;
  if (odd !== undefined || alias === undefined || first?.callee.type !== 'MemberExpression')
    return {
      why: `rows are counted with \`${(odd === undefined ? undefined : methodOf(odd)) ?? 'what is not known'}\``,
    };
  const replacements = keyReplaced(file, call, key);
  const texts = steps.slice(0, -1).map((step) => {
    const start = methodNode(step).start ?? 0;
    const end = step.end ?? 0;
    return rewritten(
      file,
      { start, end },
      replacements.filter(({ at }) => (at.start ?? 0) >= start && (at.end ?? 0) <= end),
    );
  });
  const own = [
    texts[0] ?? '',
    ...counting(alias),
    ...texts.slice(1),
    `groupBy('${alias}.${key.condition.column ?? ''}')`,
    'getRawMany()',
  ];
  return {
    text: chained(file, call, first.callee.object, own),
    imports: isInObject(file, key.condition) ? [{ from: 'typeorm', name: 'In' }] : [],
  };
}

// Relations loaded with the rows

function eager(file: File, parent: Query, loads: readonly EagerLoad[]): WrittenLoads | Refusal {
  const why =
    whyNotWithRows(file, parent) ??
    loads.map((load) => whyNotLoaded(file, parent, load)).find((one) => one !== undefined);
  if (why !== undefined) return { why };
  const many = loads.filter(({ relation }) => relation.kind === 'many');
  if (many.length > 1) return { why: 'the rows of several relations would be joined with each other' };
  const names = loads.map(({ relation }) => relation.name);
  return {
    replacements: relationsAdded(file, parent, names),
    imports: [],
    reads: loads.map(({ relation, child }) =>
      child === undefined
        ? undefined
        : (row: string) => `${row}.${relation.name}${withoutUndefined(file, relation)}`,
    ),
    evidence: [...whyLoadsFit(file, parent, loads)],
    isShared: false,
  };
}

/** What takes undefined out of the type of a property: where there is no row, what is loaded is null. */
const withoutUndefined = (file: File, { isOptional }: Relation): string =>
  isOptional === true && isTyped(file) ? ' ?? null' : '';

const knownOf = (file: File, { call }: Query): DatabaseCall | undefined =>
  file.facts.databaseCallOf(file.path, call);

/** The options of a finder, as they are written. */
function optionsOf(file: File, query: Query): t.Node | undefined {
  const known = knownOf(file, query);
  return known === undefined || !takesOptions(query.method) ? undefined : argumentOf(query.call, known);
}

/** Why nothing more is loaded with the rows of a query. */
function whyNotWithRows(file: File, parent: Query): string | undefined {
  const { method, unread, selected, model } = parent;
  if (!/^find(?:By)?$/.test(method)) return 'its rows are asked for by a query builder';
  if (unread !== undefined) return unread;
  if (selected !== undefined) return 'it selects some columns only';
  const options = optionsOf(file, parent);
  if (
    valueOf(options, 'relationLoadStrategy') !== undefined ||
    valueOf(options, 'loadEagerRelations') !== undefined
  )
    return 'it says how relations are loaded';
  const relations = valueOf(options, 'relations');
  const named = relations === undefined ? [] : relationNamesIn(relations);
  if (named === undefined) return 'what it loads already is not only names of relations';
  const joined = (model?.relations ?? []).filter(({ name, isEager }) => isEager || named.includes(name));
  if (joined.length < named.length || joined.some(({ kind }) => kind === 'many'))
    return 'it loads lists already, whose order a join may change';
  return undefined;
}

/** The names in `relations: { author: true }`, or in a list of texts, as TypeORM 0.3 takes it; undefined where they are more. */
function relationNamesIn(relations: t.Node): readonly string[] | undefined {
  if (relations.type === 'ArrayExpression') {
    const names = relations.elements.map((one) => (one?.type === 'StringLiteral' ? one.value : undefined));
    return names.every((one) => one !== undefined) ? names : undefined;
  }
  const names = keysOf(relations);
  return names?.every((name) => isTrue(valueOf(relations, name))) ? names : undefined;
}

function whyNotLoaded(file: File, parent: Query, { relation, child, key }: EagerLoad): string | undefined {
  const target = child?.model ?? file.facts.modelOf(file.path, 'typeorm', relation.model);
  if (target === undefined) return `what is declared of \`${relation.model}\` is not known`;
  if (relation.isFiltered) return `\`${relation.model}\` shares its table with other entities`;
  if (target.relations.some((one) => one.isEager))
    return `rows of \`${relation.model}\` load relations of their own`;
  if (target.virtuals.length > 0) return `\`${relation.model}\` has columns that are computed`;
  if (child === undefined || key === undefined)
    return target.softDelete !== undefined && valueOf(optionsOf(file, parent), 'withDeleted') !== undefined
      ? `only one of the queries finds deleted rows of \`${relation.model}\``
      : undefined;
  // Of lists a join changes the order, and two queries are no more than the one that asks for all keys.
  if (relation.kind === 'many') return 'a join may change the order of the rows of a turn';
  if (target.hooks.some((one) => /load/i.test(one)))
    return `\`${relation.model}\` has hooks that run when it is loaded`;
  if (parent.limit !== undefined)
    return 'where the number of its rows is limited, a join makes two queries of it';
  if (!isInFullOrder(file, parent)) return 'a join may change the order of its rows';
  if (child.conditions.length > 1 || !/^findOne(?:By)?$/.test(child.method))
    return 'the query of the turn does more than that';
  const options = optionsOf(file, child);
  const odd = (options === undefined ? [] : (keysOf(options) ?? ['...'])).find(
    (name) => !/^(?:where|withDeleted|comment|order)$/.test(name),
  );
  if (odd !== undefined) return `the query of the turn has the option \`${odd}\``;
  if (relationOfCondition(file, child, key) !== undefined)
    return 'the query of the turn asks by a relation of its own';
  const isUnique = [target.primaryKey, ...target.uniques].some(
    (one) => one.length === 1 && one[0] === key.column,
  );
  if (!isUnique) return `several rows of \`${relation.model}\` may have the same \`${key.column ?? ''}\``;
  const deleted = (query: Query): string => {
    const value = valueOf(optionsOf(file, query), 'withDeleted');
    return value === undefined ? 'false' : file.textOf(value);
  };
  if (target.softDelete !== undefined && deleted(parent) !== deleted(child))
    return `only one of the queries finds deleted rows of \`${relation.model}\``;
  return whyElsewhere(file, parent, child);
}

/** Whether rows come in an order that leaves nothing open: a primary key or a unique column is part of it. */
function isInFullOrder(file: File, parent: Query): boolean {
  const order = valueOf(optionsOf(file, parent), 'order');
  const names = order === undefined ? [] : (keysOf(order) ?? []);
  const { model } = parent;
  return [model?.primaryKey ?? [], ...(model?.uniques ?? [])].some(
    (columns) =>
      columns.length > 0 &&
      columns.every((one) => names.includes(one) && columnOf(model, one)?.isNullable !== true),
  );
}

/** Why two queries may run on different connections. */
function whyElsewhere(file: File, parent: Query, child: Query): string | undefined {
  const [a, b] = [sourceOf(file, parent), sourceOf(file, child)];
  const isSame =
    a.isInTransaction === b.isInTransaction &&
    (a.text === b.text || ((a.text === undefined || b.text === undefined) && !a.isManager && !b.isManager));
  return isSame ? undefined : 'the two queries may run on different connections';
}

interface Source {
  readonly isInTransaction: boolean;
  /** Whether it is, or was taken from, an entity manager, which may be that of a transaction. */
  readonly isManager: boolean;
  /** What the repository was taken from, or the manager itself; undefined where it is not seen. */
  readonly text: string | undefined;
}

/** What a query is sent by. */
function sourceOf(file: File, { call }: Query): Source {
  const known = file.facts.databaseCallOf(file.path, call);
  const isInTransaction = known?.isInTransaction === true;
  const receiver = call.callee.type === 'MemberExpression' ? call.callee.object : undefined;
  const text = receiver === undefined ? '' : file.textOf(receiver);
  if (known !== undefined && isToldEntity(call, known)) return { isInTransaction, isManager: true, text };
  const made = receiver === undefined ? undefined : valueOfName(file, receiver);
  const [, source] = /^(.*)\.get(?:Tree)?Repository\([^()]*\)$/s.exec(made ?? text) ?? [];
  return {
    isInTransaction,
    isManager: /manager/i.test(known?.path ?? '') || /manager/i.test(source ?? ''),
    text: source,
  };
}

/** The text of what a constant is set to: `dataSource.getRepository(User)`. */
function valueOfName(file: File, name: t.Node): string | undefined {
  if (name.type !== 'Identifier') return undefined;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(name), name.name);
  if (binding?.kind !== 'const' || !isNode(binding.declaration, 'VariableDeclarator')) return undefined;
  const { init } = binding.declaration.node;
  return init == null ? undefined : file.textOf(init);
}

/** Relations added to the options of a finder: `findBy(where)` becomes `find({ where, relations })`. */
function relationsAdded(file: File, parent: Query, names: readonly string[]): readonly Replacement[] {
  const { call, method } = parent;
  const known = knownOf(file, parent);
  const argument = known === undefined ? undefined : argumentOf(call, known);
  const options = takesOptions(method) ? argument : undefined;
  const relations = valueOf(options, 'relations');
  const there = relations === undefined ? [] : (relationNamesIn(relations) ?? []);
  const missing = names.filter((name) => !there.includes(name));
  const objects = missing.map((name) => `${name}: true`).join(', ');
  const written = `relations: { ${objects} }`;
  if (missing.length === 0) return [];
  if (!takesOptions(method) && argument !== undefined)
    return [
      { at: methodNode(call), by: 'find' },
      { at: argument, by: `{ where: ${file.textOf(argument)}, ${written} }` },
    ];
  if (relations?.type === 'ObjectExpression') return [propertyAppended(file, relations, objects)];
  if (relations?.type === 'ArrayExpression') {
    const last = relations.elements.at(-1);
    const at = last?.end ?? (relations.start ?? 0) + 1;
    const texts = missing.map((name) => `'${name}'`).join(', ');
    return [{ at: { start: at, end: at }, by: last == null ? texts : `, ${texts}` }];
  }
  if (options?.type === 'ObjectExpression') return [propertyAppended(file, options, written)];
  const last = call.arguments.at(-1);
  const at = last?.end ?? (call.end ?? 0) - 1;
  return [{ at: { start: at, end: at }, by: `${last === undefined ? '' : ', '}{ ${written} }` }];
}

/** What is so of rows that a join loads. */
function* whyLoadsFit(file: File, parent: Query, loads: readonly EagerLoad[]): Generator<Evidence> {
  const { model, table } = parent;
  for (const { relation, child } of loads) {
    const target = child?.model ?? file.facts.modelOf(file.path, 'typeorm', relation.model);
    const isOwner = relation.kind === 'one' && relation.from.join() !== model?.primaryKey.join();
    const column = columnOf(model, relation.from[0]);
    const seesDeleted = isTrue(valueOf(optionsOf(file, parent), 'withDeleted'));
    // https://github.com/typeorm/typeorm/blob/master/src/find-options/FindOptionsUtils.ts
    if (isOwner && column?.isNullable !== true && (target?.softDelete === undefined || seesDeleted))
      yield assumed(
        `Every \`${relation.from.join()}\` of \`${table}\` has its row of \`${relation.model}\`, as a foreign key sees to: TypeORM 1 leaves rows out where a relation that is not nullable leads nowhere`,
        model?.seenAt,
      );
    if (child === undefined && target?.hooks.some((one) => /load/i.test(one)) === true)
      yield assumed(
        `What runs when a \`${relation.model}\` is loaded does the same in any order`,
        target.seenAt,
      );
  }
  if (isInFullOrder(file, parent))
    yield holds('The order that the rows are asked for in leaves nothing open, so that a join keeps it');
  else
    yield assumed(
      `The order of the rows of \`${table}\` does not matter: a join may change what the query leaves open`,
      file.siteOf(parent.call),
    );
}

/**
 * `await post.author`, where the relation is lazy: https://typeorm.io/docs/relations/eager-and-lazy-relations#lazy-relations
 * The row keeps what was loaded as `__author__`, with a mark `__has_author__` that only the promise sets: it must not be shown.
 */
function relationCall(file: File, path: Path<t.Expression>): RelationCall | undefined {
  const { node } = path;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier')
    return undefined;
  const { object: row, property } = node;
  if (row.type !== 'Identifier') return undefined;
  const isLazy = walksAround(file, path).some(
    (walk) =>
      'list' in walk &&
      walk.element?.type === 'Identifier' &&
      walk.element.name === row.name &&
      rowsOf(file, walk.list)?.query.model?.relations.some((one) => one.name === property.name && one.isLazy),
  );
  return isLazy ? { row, relation: property.name, gives: 'rows', unread: undefined } : undefined;
}

// Whether the rows are the same

/** Types whose values a database takes in more than one spelling, by how entities write them. */
const RESPELLED = /^(?:n?char|character|native character|time|timetz|time with(?:out)? time zone)$/i;

function* whyRowsAgree(file: File, query: Query): Generator<Evidence> {
  const { model, table, gives, call, unread } = query;
  if (unread !== undefined) return;
  if (model === undefined) {
    const columns = [
      ...new Set(query.conditions.map(({ column }) => column).filter((one) => one !== undefined)),
    ];
    if (columns.length > 0)
      yield assumed(
        `${columns.map((one) => `\`${one}\``).join(' and ')} ${columns.length === 1 ? 'is a column' : 'are columns'} of the entity, and no relation: what is declared of it is not known`,
        file.siteOf(call),
      );
    return;
  }
  for (const condition of query.conditions) yield* whyKeyAgrees(file, query, condition);
  if (gives === 'count' || gives === 'exists') return;
  const [hook] = model.hooks.filter((one) => /load/i.test(one));
  if (hook !== undefined)
    yield assumed(
      `\`${hook}\` of \`${table}\` does for a row that is loaded once what it does in each turn`,
      model.seenAt,
    );
  yield* whyJoinedRowsAgree(file, query);
}

function* whyKeyAgrees(file: File, query: Query, condition: Condition): Generator<Evidence> {
  const { model, gives, table } = query;
  const declared = columnOf(model, condition.column);
  // What is the same in every turn is compared by the database, as now.
  if (declared === undefined || condition.operator !== 'equals' || condition.value.type.endsWith('Literal'))
    return;
  const value = short(file.textOf(condition.value));
  const site = file.siteOf(condition.value);
  if (RESPELLED.test(declared.written))
    yield assumed(
      `\`${value}\` is written as rows have it: \`${declared.name}\` is \`${declared.written}\``,
      site,
    );
  if (query.nullKey !== 'none' && isOnlySaidToBeThere(file, condition.value))
    yield assumed(
      `\`${value}\` is there, as the code says: TypeORM 1 refuses a key that is null, TypeORM 0.3 finds any row, and a lookup finds nothing`,
      site,
    );
  const { dependencies } = file.facts.packageOf(file.path);
  if (declared.type === 'bigint' && OTHER_DRIVERS.some((one) => dependencies.has(one)))
    yield assumed(
      `\`${declared.name}\` is a text in rows: which numbers are texts depends on the database`,
      site,
    );
  const relation = relationOfCondition(file, query, condition);
  if (relation === undefined || (gives !== 'count' && gives !== 'exists')) return;
  const target = file.facts.modelOf(file.path, 'typeorm', relation.model);
  if (target?.softDelete !== undefined)
    yield fails(
      `Rows of \`${relation.model}\` that are deleted are told from others, which only a join does`,
      target.seenAt,
    );
  else
    yield assumed(
      `Every \`${declared.name}\` of \`${table}\` has its row of \`${relation.model}\`, as a foreign key sees to`,
      model?.seenAt,
    );
}

/** `post.authorId!`, where the type of what is asserted has null or undefined. */
function isOnlySaidToBeThere(file: File, value: t.Node): boolean {
  if (value.type !== 'TSNonNullExpression' && value.type !== 'TSAsExpression') return false;
  const { kinds } = file.facts.typeOf(file.path, value.expression);
  return kinds.has('null') || kinds.has('undefined');
}

/** Lists in the rows that are joined may come in another order, where all rows are asked for at once. */
function* whyJoinedRowsAgree(file: File, query: Query): Generator<Evidence> {
  const { call, model, method } = query;
  const relations = call.arguments.map((one) => valueOf(one, 'relations')).find((one) => one !== undefined);
  const named = relations === undefined ? [] : relationNamesIn(relations);
  const isJoined =
    method in BUILDERS && stepsOf(call).some((step) => (methodOf(step) ?? '').endsWith('JoinAndSelect'));
  const mayBeMany =
    isJoined ||
    named === undefined ||
    model?.relations.some(
      ({ name, kind, isEager }) =>
        kind === 'many' && (named.includes(name) || (isEager && method in FINDERS)),
    ) === true;
  if (mayBeMany)
    yield assumed(
      'The order of lists that are loaded with the rows does not matter: nothing is said of it, and a join of more rows may change it',
      file.siteOf(call),
    );
}

/** https://typeorm.io/docs/entity/entities#column-types: bigint and decimal columns are texts in JavaScript, and so are dates without a time. */
const JAVASCRIPT: { readonly [K in ColumnType]?: 'number' | 'string' | 'boolean' } = {
  integer: 'number',
  float: 'number',
  bigint: 'string',
  string: 'string',
  uuid: 'string',
  enum: 'string',
  boolean: 'boolean',
};

/** How the queries of TypeORM are read and written. */
export const TYPEORM: Dialect = {
  orm: 'typeorm',
  methods: new RegExp(`^(?:${[FINDERS, BUILDERS, OTHERS].flatMap((one) => Object.keys(one)).join('|')})$`),
  read,
  batched,
  grouped,
  eager,
  relationCall,
  whyRowsAgree,
  javaScriptOf: (type) => JAVASCRIPT[type],
  // Each key is a parameter of the statement: https://www.postgresql.org/docs/current/limits.html
  mostKeys: 65_535,
  // `In([])` is written as a condition that is never met; `IN (:...ids)` of none is no SQL.
  takesNoKeys: ({ method }) => !(method in BUILDERS),
};
