import { assumed, fails, type Evidence } from '../../evidence.ts';
import type { DatabaseCall } from '../../facts/effects/effect.ts';
import type { Column, Model } from '../../facts/orm/schema.ts';
import { spanOf } from '../../edits/edit.ts';
import type { Path, t } from '../../syntax/ast.ts';
import { contains, nodesIn } from '../keys.ts';
import { propertyRemoved, rewritten } from '../objects.ts';
import { isUniqueIn } from '../obligations/index.ts';
import type {
  Condition,
  Dialect,
  EagerLoad,
  File,
  KeyList,
  Query,
  RelationCall,
  Written,
  WrittenLoads,
} from '../query.ts';
import { isTyped } from '../values.ts';
import {
  chainOf,
  columnsNamed,
  comparedColumns,
  conditionsOfWhere,
  firstReplaced,
  isConstant,
  isPartOfQuery,
  javaScriptOf,
  joins,
  keysByStep,
  keysSelected,
  literalOf,
  MOST_KEYS,
  nameOfQuery,
  quoted,
  selectedBy,
  stepOf,
  stepReplaced,
  stepsOf,
  stepsWritten,
  stepText,
  whereMatching,
  whyDerived,
  whyDriverAgrees,
  writtenColumn,
  type Chain,
  type Naming,
  type OwnStep,
  type Step,
} from './knex.ts';

// Models

/**
 * A model with what the project's migrations say of its table, which tell types and uniques as they are in the database: a JSON
 * schema only says how values are sent.
 */
function withMigrations(file: File, model: Model | undefined): Model | undefined {
  const migrated =
    model?.table === undefined ? undefined : file.facts.modelOf(file.path, 'knex', model.table);
  if (model === undefined || migrated === undefined) return model;
  const nameOf = (column: string): string =>
    model.columns.find((one) => one.column === column)?.name ?? column;
  const columns = model.columns.map((one): Column => {
    const stored = migrated.columns.find(({ column }) => column === one.column);
    return stored === undefined
      ? one
      : {
          ...one,
          type: stored.type,
          written: stored.written,
          isNullable: stored.isNullable ?? one.isNullable,
        };
  });
  const others = mapsNames(model)
    ? []
    : migrated.columns.filter(({ column }) => !columns.some((one) => one.column === column));
  return {
    ...model,
    columns: [...columns, ...others],
    uniques: [...model.uniques, ...migrated.uniques.map((columnsOf) => columnsOf.map(nameOf))],
    ...(migrated.deleteRules === undefined ? {} : { deleteRules: migrated.deleteRules }),
  };
}

/** Whether columns have other names in rows than in the database. */
const mapsNames = ({ columns }: Model): boolean => columns.some(({ name, column }) => name !== column);

/** The model of a name. */
const modelNamed = (file: File, name: string): Model | undefined =>
  withMigrations(file, file.facts.modelOf(file.path, 'objection', name));

/** A model without the columns of which only the name is known: nothing is said of their values. */
const withoutUntold = (model: Model | undefined): Model | undefined =>
  model === undefined
    ? undefined
    : {
        ...model,
        columns: model.columns.filter(({ type, written }) => type !== 'unknown' || written !== ''),
      };

/** The columns of the primary key; `id` where nothing else is said: https://vincit.github.io/objection.js/api/model/static-properties.html#static-idcolumn */
const primaryKeyOf = (model: Model | undefined): readonly string[] => model?.primaryKey ?? ['id'];

/** Rows have their columns by the names that mappers give them: https://vincit.github.io/objection.js/recipes/snake-case-to-camel-case-conversion.html */
const namingOf = (model: Model | undefined, steps: readonly Step[]): Naming => ({
  isJoined: joins(steps, /[jJ]oinRelat(?:ed|ion)$/),
  inCode: (column) =>
    model?.columns.some(({ name }) => name === column) === true
      ? column
      : (model?.columns.find((one) => one.column === column)?.name ?? column),
});

/** How queries call a column that code calls by a name. */
const inQueries = (model: Model | undefined, name: string): string => {
  const column = model?.columns.find((one) => one.name === name);
  return column === undefined || model?.columns.some((one) => one.column === name) === true
    ? name
    : column.column;
};

// Queries

/** Steps that change nothing of which rows are found: https://vincit.github.io/objection.js/api/query-builder/ */
const HARMLESS =
  /^(?:withGraphFetched|allowGraph|mergeAllowGraph|context|mergeContext|clearContext|alias|aliasFor|execute|throwIfNotFound|resultSize|skipUndefined|\w*[jJ]oinRelat(?:ed|ion))$/;
const WRITES =
  /^(?:insert\w*|patch\w*|update\w*|delete\w*|del|increment|decrement|upsert\w*|relate|unrelate|truncate|onConflict|merge)$/;
const NO_ROWS =
  /^(?:then|catch|finally|\$?fetchGraph|\$load\w*|raw|ref|transaction|startTransaction|to(?:KnexQuery|String)|stream|columnInfo)$/;

/** Reads the steps that Objection adds to those of Knex. */
function ownSteps(model: Model | undefined, naming: Naming): OwnStep {
  return (step) => {
    const { name, args } = step;
    const [first] = args;
    if (HARMLESS.test(name)) return 'harmless';
    if (name === 'findOne') return conditionsOfWhere(step, naming);
    if (name === 'findById') return conditionsOfId(first, primaryKeyOf(model));
    if (name === 'findByIds') {
      const [column, ...more] = primaryKeyOf(model);
      return column === undefined || more.length > 0 || first === undefined
        ? { conditions: [], unread: 'the primary key is not one column' }
        : { conditions: [{ column, operator: 'in', value: first }], unread: undefined };
    }
    if (name === 'modifyGraph')
      return isPlainModifier(step)
        ? 'harmless'
        : { conditions: [], unread: 'what `modifyGraph` does is not understood' };
    if (/^(?:page|range)$/.test(name))
      return { conditions: [], unread: `\`${name}\` takes a part of the rows` };
    if (/^(?:withGraphJoined|joinEager)$/.test(name))
      return { conditions: [], unread: `\`${name}\` joins the rows of relations` };
    return undefined;
  };
}

/** The conditions of `findById`: its value, or the values of a key of several columns in a list. */
function conditionsOfId(
  value: t.Node | undefined,
  columns: readonly string[],
): ReturnType<typeof conditionsOfWhere> {
  const elements = value?.type === 'ArrayExpression' ? value.elements : [value];
  const isWhole =
    elements.length === columns.length &&
    elements.every((one) => one != null && one.type !== 'SpreadElement');
  if (!isWhole || columns.length === 0)
    return {
      conditions: [],
      unread: 'the value for each column of the primary key is not written where it is called',
    };
  return {
    conditions: columns.flatMap((column, at): Condition[] => {
      const one = elements[at];
      return one == null
        ? []
        : [{ column, operator: one.type === 'NullLiteral' ? 'other' : 'equals', value: one }];
    }),
    unread: undefined,
  };
}

/** Whether a modifier of related rows only orders, filters or selects them: a limit is one for the rows of all parents. */
function isPlainModifier({ args }: Step): boolean {
  const [, modifier] = args;
  if (modifier?.type !== 'ArrowFunctionExpression' || modifier.body.type !== 'CallExpression') return false;
  return stepsOf(modifier.body).every(({ name }) => /^(?:orderBy|where\w*|andWhere\w*|select)$/.test(name));
}

/** The steps after `query`, and that step; undefined where the chain goes on with a query that is begun elsewhere. */
function startOf(
  steps: readonly Step[],
): { readonly query: Step; readonly rest: readonly Step[] } | undefined {
  const at = steps.findIndex(({ name }) => name === 'query');
  const query = steps[at];
  return query === undefined ? undefined : { query, rest: steps.slice(at + 1) };
}

/** Whether the chain is called on a model, or on one that is bound to a connection. */
function isOfModel(steps: readonly Step[], { path }: DatabaseCall): boolean {
  const at = steps.findIndex(({ name }) => name === 'query');
  const rest = steps
    .slice(at)
    .map(({ name }) => `.${name}()`)
    .join('');
  return path.endsWith(rest) && /<[^<>]*>(?:\.bind\w+\(\))?$/.test(path.slice(0, path.length - rest.length));
}

function read(file: File, path: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const { node: call } = path;
  const steps = stepsOf(call);
  if (steps.some(({ name }) => WRITES.test(name) || NO_ROWS.test(name)) || isPartOfQuery(path))
    return undefined;
  const model = modelNamed(file, known.table);
  const naming = namingOf(model, steps);
  const start = startOf(steps);
  const chain = chainOf(start?.rest ?? steps, naming, ownSteps(model, naming));
  const has = (names: RegExp): boolean => steps.some(({ name }) => names.test(name));
  const gives = has(/^(?:resultSize|count)$/)
    ? 'count'
    : has(/^(?:first|findOne|findById)$/)
      ? 'one'
      : 'many';
  return {
    orm: 'objection',
    call,
    method: nameOfQuery(
      steps,
      /^(?:findById|findByIds|findOne|first|resultSize|count|pluck|\$?relatedQuery)$/,
    ),
    table: known.table,
    // Of which table a column is that a condition names is not told.
    model: chain.isJoined ? undefined : withoutUntold(model),
    derived: whyDerived(model, chain),
    gives,
    missing: has(/^throwIfNotFound$/) ? 'throws' : 'undefined',
    conditions: chain.conditions,
    unread: whyUnread(steps, known, model, gives) ?? chain.unread,
    selected: selectedBy(chain, naming),
    isOrdered: chain.isOrdered || /\border(?:By|ByRaw)\(/.test(model?.defaultScope ?? ''),
    limit: chain.limit,
    nullKey: has(/^skipUndefined$/) ? 'any-row' : nullKeyOf(file, steps, chain),
    reads: known.reads,
  };
}

/** Why a query is not understood, however its steps are. */
function whyUnread(
  steps: readonly Step[],
  known: DatabaseCall,
  model: Model | undefined,
  gives: Query['gives'],
): string | undefined {
  if (steps.some(({ name }) => /^\$?relatedQuery$/.test(name)))
    return 'it asks for what a relation gives; by hand: load the relation by `withGraphFetched`';
  const start = startOf(steps);
  if (start === undefined) return 'it goes on with a query that is begun elsewhere';
  if (!isOfModel(steps, known)) return 'its model has a `query` of its own, or is not known';
  if (start.query.args.length > 1) return 'what its `query` is given is not understood';
  const has = (names: RegExp): boolean => steps.some(({ name }) => names.test(name));
  if (gives === 'many' && has(/^throwIfNotFound$/))
    return '`throwIfNotFound` refuses a turn that finds no rows';
  if (/\b(?:limit|first|distinct\w*|groupBy|page|range)\(/.test(model?.defaultScope ?? ''))
    return 'every query of the model is limited, or groups rows';
  return undefined;
}

/** `findById` finds nothing for null and refuses undefined, as the types of keys tell; a condition on null finds the rows without. */
function nullKeyOf(file: File, steps: readonly Step[], { conditions }: Chain): Query['nullKey'] {
  const computed = conditions.filter(({ operator, value }) => operator === 'equals' && !isConstant(value));
  const isById = computed.every((condition) => stepOf(steps, condition)?.name === 'findById');
  if (!isById) return 'null-rows';
  const mayBeUndefined = (value: t.Node): boolean => {
    const { kinds } = file.facts.typeOf(file.path, value);
    return kinds.has('undefined') || kinds.has('unknown') || kinds.size === 0;
  };
  return !isTyped(file) || computed.some(({ value }) => mayBeUndefined(value)) ? 'throws' : 'none';
}

// One query for all keys

/** `findById(id)` for many: `findByIds(ids)`, or a condition for each column of the key. */
function idsMatching(file: File, step: Step, keys: readonly KeyList[], { table }: Query): readonly string[] {
  const [first] = step.args;
  const model = modelNamed(file, table);
  if (first?.type !== 'ArrayExpression') return keys.map(({ list }) => `findByIds(${list})`);
  return primaryKeyOf(model).map((column, at) => {
    const key = keys.find(({ condition }) => condition.column === column);
    const value = first.elements[at];
    const name = quoted(file, step.call, inQueries(model, column));
    return key === undefined
      ? `where(${name}, ${value == null ? '' : file.textOf(value)})`
      : `whereIn(${name}, ${key.list})`;
  });
}

/** A step whose conditions are on one value, as steps that match lists. */
const matching = (file: File, step: Step, keys: readonly KeyList[], query: Query): readonly string[] =>
  step.name === 'findById' ? idsMatching(file, step, keys, query) : whereMatching(file, step, keys);

const NOT_WRITTEN = { why: 'its conditions are not written where it is called' };

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | { readonly why: string } {
  const { call } = query;
  const steps = stepsOf(call);
  const byStep = keysByStep(steps, keys);
  if (byStep === undefined) return NOT_WRITTEN;
  const model = modelNamed(file, query.table);
  const naming = namingOf(model, steps);
  const chain = chainOf(startOf(steps)?.rest ?? steps, naming, ownSteps(model, naming));
  const selected = keysSelected(file, chain, keys, {
    ...naming,
    isOwn: ownsColumns(file, query, model, keys),
  });
  if ('why' in selected) return selected;
  return {
    text: rewritten(file, call, [
      ...[...byStep].map(([step, own]) => stepReplaced(file, step, matching(file, step, own, query))),
      ...firstReplaced(steps),
      ...selected.replacements,
    ]),
    imports: [],
    keyOf: (row) => `${row}.${selected.name}`,
  };
}

/** Whether the keys are columns of the model's own table: the only ones that rows have where nothing is selected. */
function ownsColumns(file: File, query: Query, model: Model | undefined, keys: readonly KeyList[]): boolean {
  return keys.every(({ condition }) => {
    if (stepOf(stepsOf(query.call), condition)?.name === 'findById') return true;
    const table = writtenColumn(file, condition).split('.').at(-2);
    return table === undefined
      ? model?.columns.some(({ name }) => name === condition.column) === true
      : table === model?.table;
  });
}

/** Steps that say nothing of how many rows there are. */
const IDLE_FOR_COUNTS = /^(?:select|columns?|orderBy\w*|withGraphFetched|modifyGraph)$/;

/** Counts by key. The rows have a property that the class has not, of which TypeScript has to be told. */
function grouped(file: File, query: Query, key: KeyList): ReturnType<NonNullable<Dialect['grouped']>> {
  const { call } = query;
  const { column } = key.condition;
  const steps = stepsOf(call);
  const start = startOf(steps);
  const own = stepOf(steps, key.condition);
  if (start === undefined || own === undefined || column === undefined) return NOT_WRITTEN;
  if (!steps.some(({ name }) => name === 'resultSize'))
    return {
      why: 'it gives a row that holds the count; by hand: select the key with the count, and group by it',
    };
  if (joins(steps, /[jJ]oinRelat(?:ed|ion)$/)) return { why: 'it counts the rows of joined tables' };
  const receiver =
    start.query.call.callee.type === 'MemberExpression' ? start.query.call.callee.object : undefined;
  if (isTyped(file) && receiver?.type !== 'Identifier')
    return { why: 'the class of its rows has no name here that is a type' };
  const name = quoted(file, call, inQueries(modelNamed(file, query.table), column));
  const counted = [`select(${name})`, `count(${quoted(file, call, '* as count')})`, `groupBy(${name})`];
  if (isTyped(file) && receiver !== undefined)
    counted.push(`castTo<(Pick<${file.textOf(receiver)}, '${column}'> & { count: string })[]>()`);
  const written = start.rest.flatMap((step) => {
    if (step === own) return matching(file, step, [key], query);
    if (step.name === 'resultSize') return counted;
    return IDLE_FOR_COUNTS.test(step.name) ? [] : [stepText(file, step)];
  });
  const [from, to] = [spanOf(call)[0], spanOf(start.query.call)[1]];
  return {
    text: file.text.slice(from, to) + stepsWritten(file, call, start.query, written),
    imports: [],
    keyOf: (row) => `${row}.${column}`,
    countOf: (row) => `Number(${row}.count)`,
  };
}

// Relations loaded with the rows

/** Steps of the first query beside which relations can be loaded. */
const LOADABLE =
  /^(?:query|(?:and|or)?[wW]here\w*|orderBy\w*|limit|offset|select|columns?|findByIds|withGraphFetched|modifyGraph|allowGraph|timeout|debug|\w*[jJ]oin|\w*[jJ]oinRelated)$/;
/** Steps of a query for related rows that say which ones, in what order, and which columns of them. */
const MOVABLE = /^(?:(?:and)?[wW]here\w*|orderBy\w*|select|columns?)$/;

/** Relations of `parent` loaded by a query of their own each: https://vincit.github.io/objection.js/guide/query-examples.html#eager-loading */
function eager(
  file: File,
  parent: Query,
  loads: readonly EagerLoad[],
): WrittenLoads | { readonly why: string } {
  const steps = stepsOf(parent.call);
  const odd = steps.find(({ name }) => !LOADABLE.test(name));
  if (odd !== undefined)
    return { why: `the first query has a step beside which relations may not be loaded: \`${odd.name}\`` };
  const expressions = steps
    .filter(({ name }) => name === 'withGraphFetched')
    .map(({ args: [one] }) => literalOf(one));
  const modifiers: string[] = [];
  for (const load of loads) {
    const why = whyNotLoaded(file, parent, load);
    if (why !== undefined) return { why };
    if (expressions.some((one) => one === undefined || new RegExp(`\\b${load.relation.name}\\b`).test(one)))
      return { why: 'the first query loads the relation already, perhaps other rows of it' };
    const modified = load.child === undefined ? undefined : modifierOf(file, load.child, load.key, parent);
    if (modified !== undefined && typeof modified !== 'string') return modified;
    if (modified !== undefined && modified !== '')
      modifiers.push(`modifyGraph(${quoted(file, parent.call, load.relation.name)}, ${modified})`);
  }
  const names = loads.map(({ relation }) => relation.name);
  const [only] = names;
  const expression = names.length === 1 && only !== undefined ? only : `[${names.join(', ')}]`;
  const fetched = `withGraphFetched(${quoted(file, parent.call, expression)})`;
  const start = startOf(steps);
  if (start === undefined) return { why: 'the first query is begun elsewhere' };
  const written = [...start.rest.map((step) => stepText(file, step)), fetched, ...modifiers];
  const end = spanOf(start.query.call)[1];
  return {
    replacements: [
      {
        at: { start: end, end: spanOf(parent.call)[1] },
        by: stepsWritten(file, parent.call, start.query, written),
      },
    ],
    imports: [],
    reads: loads.map(({ relation: { name, kind } }) => (row: string) => {
      // Where there is no row, a query gives undefined, and a relation null.
      if (kind === 'one') return `${row}.${name} ?? undefined`;
      return isTyped(file) ? `${row}.${name} ?? []` : `${row}.${name}`;
    }),
    evidence: [...whyLoadedRowsAgree(file, parent, loads)],
    // Measured: rows that refer to one row get one object for it.
    isShared: true,
  };
}

/** Why the rows of a relation may be others than those that the turn asks for. */
function whyNotLoaded(file: File, parent: Query, { relation, child }: EagerLoad): string | undefined {
  const client = clientOf(file, parent.call);
  const own = child === undefined ? '' : clientOf(file, child.call);
  if (client === undefined || own === undefined)
    return 'one of the queries is bound to a connection of its own';
  if (client !== own) return 'the queries do not run in the same transaction';
  if (child?.missing === 'throws')
    return '`throwIfNotFound` refuses where there is no row, and a relation does not';
  if (relation.kind === 'many') return undefined;
  const target = child?.model ?? modelNamed(file, relation.model);
  const isKey = target !== undefined && target.primaryKey.join() === relation.to.join();
  const isOne = isKey || (child !== undefined && (isUniqueIn(file, child) || child.isOrdered));
  return isOne
    ? undefined
    : `several rows of \`${relation.model}\` may belong to one row, of which it takes any`;
}

/** What `query` is given: a transaction. Undefined where the client is set otherwise. */
function clientOf(file: File, call: t.CallExpression): string | undefined {
  const steps = stepsOf(call);
  if (steps.some(({ name }) => /^(?:bind\w+|transacting|connection|context|mergeContext)$/.test(name)))
    return undefined;
  return startOf(steps)
    ?.query.args.map((one) => file.textOf(one))
    .join(', ');
}

/** What the query of related rows says beside the key, as a function of a builder; empty where it says no more. */
function modifierOf(
  file: File,
  child: Query,
  key: Condition | undefined,
  parent: Query,
): string | { readonly why: string } {
  const { call } = child;
  const parts: string[] = [];
  for (const step of startOf(stepsOf(call))?.rest ?? []) {
    const { name, args } = step;
    if (key !== undefined && args.some((one) => contains(one, key.value))) {
      const [first] = args;
      const own =
        first?.type === 'ObjectExpression'
          ? first.properties.find((one) => contains(one, key.value))
          : undefined;
      if (first?.type === 'ObjectExpression' && own?.type === 'ObjectProperty' && first.properties.length > 1)
        parts.push(`where(${rewritten(file, first, [propertyRemoved(first, own)])})`);
      else if (first?.type === 'ArrayExpression') return { why: 'the relation has several columns' };
    } else if (MOVABLE.test(name)) parts.push(stepText(file, step));
    else if (name !== 'first') return { why: `\`${name}\` cannot be asked for of a relation` };
    const late = args.find(
      (one) =>
        one !== key?.value &&
        !(key !== undefined && contains(one, key.value)) &&
        !isKnownAt(file, one, parent.call),
    );
    if (late !== undefined)
      return { why: `\`${file.textOf(late)}\` is not known yet where the rows are asked for` };
  }
  const builder = parts.some((one) => /\bbuilder\b/.test(one)) ? 'query' : 'builder';
  return parts.length === 0 ? '' : `(${builder}) => ${builder}.${parts.join('.')}`;
}

/** Whether code could stand where a call does: what it names is declared before, and is set once. */
function isKnownAt(file: File, code: t.Node, call: t.CallExpression): boolean {
  return [...nodesIn(file, code)].every((path) => {
    if (path.node.type !== 'Identifier') return true;
    const binding = file.scopes.lookup(path, path.node.name);
    if (binding === undefined || contains(code, binding.identifier.node)) return true;
    const isBefore = (binding.identifier.node.end ?? 0) <= (call.start ?? 0);
    return (isBefore && binding.writes.length === 0) || /^(?:import|function)$/.test(binding.kind);
  });
}

/** Whether a step limits the rows to fewer than there may be keys in one query. */
const isSmallLimit = ({ name, args: [first] }: Step): boolean =>
  name === 'limit' && first?.type === 'NumericLiteral' && first.value <= MOST_KEYS;

function* whyLoadedRowsAgree(file: File, parent: Query, loads: readonly EagerLoad[]): Generator<Evidence> {
  if (isTyped(file)) {
    const names = loads.map(({ relation }) => `\`${relation.name}\``).join(' and ');
    yield assumed(`The class \`${parent.table}\` declares ${names}, for TypeScript`, parent.model?.seenAt);
  }
  if (!stepsOf(parent.call).some(isSmallLimit))
    yield assumed(
      `There are at most ${MOST_KEYS.toLocaleString('en')} rows of \`${parent.table}\`, as many keys as one query takes`,
      file.siteOf(parent.call),
    );
  for (const { relation, child } of loads) {
    const model = child?.model ?? modelNamed(file, relation.model);
    yield* whyHooksAgree(model, relation.to);
    if (child === undefined) continue;
    const parts = startOf(stepsOf(child.call))?.rest ?? [];
    for (const { args } of parts)
      for (const one of args)
        if (
          child.conditions.every(({ value }) => value !== one) &&
          /CallExpression|NewExpression/.test(one.type)
        )
          yield assumed(
            `\`${file.textOf(one)}\` gives the same where the rows are asked for`,
            file.siteOf(one),
          );
  }
}

/** Takes apart `post.$relatedQuery('author')`: https://vincit.github.io/objection.js/api/model/instance-methods.html#relatedquery */
function relationCall(file: File, { node }: Path<t.Expression>): RelationCall | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const steps = stepsOf(node);
  const at = steps.findIndex(({ name }) => /^\$(?:relatedQuery|fetchGraph)$/.test(name));
  const step = steps[at];
  const [first, ...others] = step?.args ?? [];
  const relation = literalOf(first);
  if (step === undefined || step.call.callee.type !== 'MemberExpression' || relation === undefined)
    return undefined;
  const { object: row } = step.call.callee;
  if (row.type === 'Super') return undefined;
  const [more] = steps.slice(at + 1);
  const fills = step.name === '$fetchGraph';
  return {
    row,
    relation,
    gives: fills ? 'nothing' : 'rows',
    unread:
      more !== undefined
        ? `its step \`${more.name}\` asks for other rows than the relation has`
        : others.length > 0
          ? `\`${file.textOf(others[0] ?? step.call)}\` is given to it, which may be a transaction`
          : fills
            ? 'it fills the row in; by hand: load the relation by `withGraphFetched` where the rows are asked for'
            : undefined,
  };
}

// Evidence

/**
 * Hooks that see rows: https://vincit.github.io/objection.js/guide/hooks.html, and methods that make them of what the database gives:
 * https://vincit.github.io/objection.js/api/model/instance-methods.html#parsedatabasejson. `keys`: what rows are told apart by.
 */
function* whyHooksAgree(model: Model | undefined, keys: readonly string[]): Generator<Evidence> {
  const columns = keys.map((one) => `\`${one}\``).join(' and ');
  for (const hook of model?.hooks ?? []) {
    if (hook === '$afterFind')
      yield assumed(
        `\`$afterFind\` of \`${model?.name ?? ''}\` makes the same of a row, however many it is found with, and leaves its ${columns} as it is`,
        model?.seenAt,
      );
    else if (/^\$(?:parseDatabaseJson|setDatabaseJson)$/.test(hook))
      yield assumed(
        `\`${hook}\` of \`${model?.name ?? ''}\` leaves the ${columns} of a row as the database has it: rows are looked up by it`,
        model?.seenAt,
      );
    else if (/^(?:before|after)Find$/.test(hook))
      yield assumed(
        `\`${hook}\` of \`${model?.name ?? ''}\` does the same once for all rows as for those of each turn`,
        model?.seenAt,
      );
  }
  const odd = model?.unread.find((one) => /QueryBuilder|\bquery\b/.test(one));
  if (odd !== undefined)
    yield assumed(`A query for all turns is one like those of each: not read is ${odd}`, model?.seenAt);
}

/** Whether rows call columns as the conditions do: names that a model declares are those of rows, and others may be changed by mappers. */
function* whyNamesAgree(file: File, { call, table }: Query, columns: readonly string[]): Generator<Evidence> {
  const declared = file.facts.modelOf(file.path, 'objection', table);
  const unread = declared?.unread.find((one) => /names of columns/.test(one));
  const [first] = columns;
  if (unread !== undefined && first !== undefined)
    yield assumed(`Rows call \`${first}\` so: not read are ${unread}`, declared?.seenAt);
  const unknown = columns.find(
    (name) => name.includes('_') && declared?.columns.some((one) => one.name === name) !== true,
  );
  if (unknown === undefined) return;
  if (declared === undefined)
    yield assumed(`Rows call \`${unknown}\` so: no mapper gives columns other names`, file.siteOf(call));
  else
    yield fails(
      `What rows call \`${unknown}\` is not told by \`${table}\`: a mapper may give columns other names; by hand: name it in the JSON schema`,
      declared.seenAt,
    );
}

function* whyRowsAgree(file: File, query: Query): Generator<Evidence> {
  const model = modelNamed(file, query.table);
  const columns = comparedColumns(query);
  const steps = stepsOf(query.call);
  const has = (names: RegExp): boolean => steps.some(({ name }) => names.test(name));
  if (model === undefined && has(/^findById$/))
    yield assumed(`The primary key of \`${query.table}\` is \`id\``, file.siteOf(query.call));
  yield* whyNamesAgree(file, query, columns);
  yield* whyHooksAgree(model, columns);
  if (query.gives !== 'count' && has(/^withGraphFetched$/))
    yield assumed(
      'The order of the rows that `withGraphFetched` loads does not matter, or is asked for',
      file.siteOf(query.call),
    );
  yield* whyDriverAgrees(file, columnsNamed(model, columns));
}

/** What is known of Objection, whose queries are those of Knex with models: https://vincit.github.io/objection.js/ */
export const OBJECTION: Dialect = {
  orm: 'objection',
  methods: /^(?:query|relatedQuery)$/,
  read,
  batched,
  grouped,
  eager,
  relationCall,
  whyRowsAgree,
  javaScriptOf,
  mostKeys: MOST_KEYS,
  // Of an empty list `whereIn` and `findByIds` make a condition that is never met: https://knexjs.org/guide/query-builder.html#wherein
  takesNoKeys: () => true,
};
