import { assumed, fails, type Evidence } from '../../evidence.ts';
import type { DatabaseCall } from '../../facts/effects/effect.ts';
import type { Column, ColumnType, Model } from '../../facts/orm/schema.ts';
import { spanOf } from '../../edits/edit.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import { indentAt } from '../../syntax/lines.ts';
import { contains } from '../keys.ts';
import { conditionsIn, methodNode, methodOf, nameOfKey, propertyRemoved, rewritten } from '../objects.ts';
import { isUniqueIn } from '../obligations/index.ts';
import type { Condition, Dialect, File, KeyList, Query, Replacement, Written } from '../query.ts';

// Chains of calls

/** One call of a chain: `.where('id', 1)`. It has no name where it is the instance that is called: `knex('users')`. */
export interface Step {
  readonly name: string;
  readonly call: t.CallExpression;
  readonly args: readonly t.Node[];
}

/** The calls of a chain, the first one first. */
export function stepsOf(call: t.CallExpression): readonly Step[] {
  const steps: Step[] = [];
  for (let at: t.Node = call; at.type === 'CallExpression'; at = at.callee.object) {
    steps.unshift({ name: methodOf(at) ?? '', call: at, args: at.arguments });
    if (at.callee.type !== 'MemberExpression') break;
  }
  return steps;
}

/** Where the text of a step begins: after what it is called on, with the line break before it. */
const startOf = ({ call }: Step): number =>
  call.callee.type === 'MemberExpression' ? spanOf(call.callee.object)[1] : spanOf(call)[0];

/** What stands between what a step is called on and its name: a dot, on a line of its own perhaps. */
const leadOf = (file: File, step: Step): string =>
  file.text.slice(startOf(step), spanOf(methodNode(step.call))[0]);

/** The step taken away. */
export const stepRemoved = (step: Step): Replacement => ({
  at: { start: startOf(step), end: spanOf(step.call)[1] },
  by: '',
});

/** Other steps instead of one, each written without the dot: `whereIn('id', ids)`. */
export function stepReplaced(file: File, step: Step, by: readonly string[]): Replacement {
  const [start] = spanOf(methodNode(step.call));
  return { at: { start, end: spanOf(step.call)[1] }, by: by.join(leadOf(file, step)) };
}

/** The code of a step without the dot: `where('id', 1)`. */
export const stepText = (file: File, { call }: Step): string =>
  file.text.slice(spanOf(methodNode(call))[0], spanOf(call)[1]);

/** Lines longer than that are broken by most people. */
const LONG = 100;

/**
 * The code of a chain after its step `head`, of steps that are written without the dot: each on a line of its own where the chain
 * that stands there now is laid out so, or where one line would be long.
 */
export function stepsWritten(
  file: File,
  call: t.CallExpression,
  head: Step,
  steps: readonly string[],
): string {
  const [start, end] = [spanOf(call)[0], spanOf(head.call)[1]];
  const last = stepsOf(call).at(-1);
  const lead = last === undefined || last === head ? '.' : leadOf(file, last);
  const line =
    file.text.slice(file.text.lastIndexOf('\n', start) + 1, end) + steps.map((one) => `.${one}`).join('');
  const isLong = lead === '.' && !line.includes('\n') && line.length > LONG;
  return steps
    .map(
      (one) => (isLong ? `${file.style.eol}${indentAt(file.text, start)}${file.style.indent}.` : lead) + one,
    )
    .join('');
}

/** The text that a literal stands for. */
export function literalOf(node: t.Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value;
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0
    ? (node.quasis[0]?.value.cooked ?? undefined)
    : undefined;
}

/** A text as a literal with the quotes that a piece of code has. */
export function quoted(file: File, beside: t.Node, text: string): string {
  const quote = /["']/.exec(file.textOf(beside))?.[0] ?? file.style.quote;
  return `${quote}${text}${quote}`;
}

/** Whether a chain is a part of another query, which asks for its rows: a condition, a table to join. */
export function isPartOfQuery({ parent, key }: Path): boolean {
  if (isNode(parent, 'ArrayExpression')) return isPartOfQuery(parent);
  if (!isNode(parent, 'CallExpression') || key !== 'arguments') return false;
  return /where|having|join|union|intersect|except|^with|from|select|insert|exists/i.test(
    methodOf(parent.node) ?? '',
  );
}

// Conditions

/** What columns are called in a query. */
export interface Naming {
  readonly isJoined: boolean;
  /** The name that code has for a column of the database. */
  inCode(column: string): string;
}

/** The column that a text names, as rows have it: `id` of `u.id`; undefined for what is more than a name. */
export function columnIn(text: string | undefined, { inCode }: Naming): string | undefined {
  const name = text?.split('.').at(-1);
  return name !== undefined && /^[A-Za-z_$][\w$]*$/.test(name) ? inCode(name) : undefined;
}

/** Code that gives a part of a query and no value. */
const isPartOfSql = (node: t.Node): boolean => {
  if (node.type !== 'CallExpression') return false;
  const name = node.callee.type === 'Identifier' ? node.callee.name : methodOf(node);
  return /^(?:raw|ref|val|fn|select|from|query|first|max|min|where\w*|andWhere\w*)$/.test(name ?? '');
};

/** What a value of a condition compares with: https://knexjs.org/guide/query-builder.html#where */
function compare(value: t.Node): Pick<Condition, 'operator' | 'value'> {
  const isOther =
    /^(?:NullLiteral|ArrayExpression|ObjectExpression|\w*FunctionExpression|SpreadElement)$/.test(
      value.type,
    ) ||
    (value.type === 'Identifier' && value.name === 'undefined') ||
    isPartOfSql(value);
  return { operator: isOther ? 'other' : 'equals', value };
}

interface Conditions {
  readonly conditions: readonly Condition[];
  readonly unread: string | undefined;
}

/** Conditions of which nothing is known but the code in them. */
const opaque = ({ args }: Step): Conditions => ({
  conditions: args.map((value) => ({ column: undefined, operator: 'other', value })),
  unread: undefined,
});

/** The conditions of a step whose arguments are those of `where`: an object, or a column with a value. */
export function conditionsOfWhere(step: Step, naming: Naming): Conditions {
  const { args, name } = step;
  const [first, second, third] = args;
  if (first === undefined || args.some(({ type }) => type === 'SpreadElement'))
    return { conditions: [], unread: `the conditions of \`${name}\` are not written where it is called` };
  if (args.length === 1) {
    if (/FunctionExpression$|^BooleanLiteral$/.test(first.type) || isPartOfSql(first)) return opaque(step);
    const { conditions, unread } = conditionsIn(first, compare);
    return {
      unread,
      conditions: conditions.map(({ column, operator, value }) => {
        const known = columnIn(column, naming);
        return { column: known, operator: known === undefined ? 'other' : operator, value };
      }),
    };
  }
  const column = columnIn(literalOf(first), naming);
  if (column === undefined || second === undefined) return opaque(step);
  if (args.length === 2) return { conditions: [{ column, ...compare(second) }], unread: undefined };
  const operator = literalOf(second)?.trim().toLowerCase();
  if (operator === undefined || third === undefined) return opaque(step);
  if (operator === '=') return { conditions: [{ column, ...compare(third) }], unread: undefined };
  return {
    conditions: [{ column, operator: operator === 'in' ? 'in' : 'other', value: third }],
    unread: undefined,
  };
}

/** The condition of `whereIn('id', ids)`. */
function conditionsOfWhereIn(step: Step, naming: Naming): Conditions {
  const [first, values] = step.args;
  const column = columnIn(literalOf(first), naming);
  return column === undefined || values === undefined || step.args.length > 2
    ? opaque(step)
    : { conditions: [{ column, operator: 'in', value: values }], unread: undefined };
}

// Selections

/** What a query asks for of its rows. */
export interface Selection {
  /** Columns by what they are called in the query, and in the rows. */
  readonly columns: readonly { readonly source: string; readonly name: string }[];
  /** Whether all columns are asked for by `*`. */
  readonly isAll: boolean;
  /** The tables all columns of which are asked for: `users` of `users.*`. */
  readonly tables: readonly string[];
  /** The steps that say so, without which the library decides. */
  readonly steps: readonly Step[];
}

const NOTHING_SELECTED: Selection = { columns: [], isAll: false, tables: [], steps: [] };

const lastPart = (text: string): string => text.split('.').at(-1) ?? text;
const qualifierOf = (text: string): string | undefined => text.split('.').at(-2);

/** The columns that one argument of `select` names; undefined where it is no list of names. */
function columnsIn(node: t.Node): Selection['columns'] | undefined {
  if (node.type === 'ArrayExpression') {
    const lists = node.elements.map((one) => (one === null ? undefined : columnsIn(one)));
    return lists.includes(undefined) ? undefined : lists.flatMap((one) => one ?? []);
  }
  if (node.type === 'ObjectExpression') {
    const pairs = node.properties.map((one) => {
      const source = one.type === 'ObjectProperty' ? literalOf(one.value) : undefined;
      const name = nameOfKey(one);
      return source === undefined || name === undefined ? undefined : { source, name };
    });
    return pairs.includes(undefined) ? undefined : pairs.flatMap((one) => one ?? []);
  }
  const text = literalOf(node)?.trim();
  if (text === undefined) return undefined;
  const [, source, alias] = /^(\S+)(?:\s+as\s+(\S+))?$/i.exec(text) ?? [];
  return source === undefined ? undefined : [{ source, name: alias ?? lastPart(source) }];
}

/** What the steps of a chain select; undefined where that is not written as names of columns. */
function selectionOf(steps: readonly Step[]): Selection | undefined {
  const selecting = steps.filter(
    ({ name, args }) => /^(?:select|columns?|first)$/.test(name) && args.length > 0,
  );
  const columns: { readonly source: string; readonly name: string }[] = [];
  for (const { args } of selecting) {
    // Of an array and more, Knex takes the array alone.
    if (args.length > 1 && args.some(({ type }) => type === 'ArrayExpression')) return undefined;
    for (const one of args) {
      const named = columnsIn(one);
      if (named === undefined) return undefined;
      columns.push(...named);
    }
  }
  const stars = columns.filter(({ name }) => name === '*');
  return {
    columns: columns.filter(({ name }) => name !== '*'),
    isAll: stars.some(({ source }) => source === '*'),
    tables: stars.flatMap(({ source }) => qualifierOf(source) ?? []),
    steps: selecting,
  };
}

/** How rows tell which key they belong to: the name that they have it under, and what has to be selected for that. */
export type KeyInRows =
  { readonly name: string; readonly added: string | undefined } | { readonly why: string };

/**
 * How the rows of a query have the column that `written` names in its conditions. `isOwn`: whether rows have their own table's
 * columns only, where nothing is selected.
 */
export function keyInRows(
  { selection, isJoined }: Pick<Chain, 'selection' | 'isJoined'>,
  written: string,
  isOwn: boolean,
): KeyInRows {
  const { columns, isAll, tables, steps } = selection;
  const column = lastPart(written);
  const table = qualifierOf(written);
  const hidden = { why: `\`${column}\` in its rows may be that of another table` };
  if (steps.length === 0) return isJoined && !isOwn ? hidden : { name: column, added: undefined };
  const isSame = (source: string): boolean => {
    const other = qualifierOf(source);
    return (
      lastPart(source) === column &&
      (!isJoined || other === table || other === undefined || table === undefined)
    );
  };
  const selected = columns.find(({ source }) => isSame(source));
  const called = (name: string): number => columns.filter((one) => one.name === name).length;
  if (selected !== undefined)
    return called(selected.name) > 1 || (isJoined && (isAll || tables.length > 0))
      ? hidden
      : { name: selected.name, added: undefined };
  if (called(column) > 0) return { why: `\`${column}\` in its rows is another column` };
  if (isJoined && isAll) return hidden;
  if (isAll || (tables.length > 0 && !isJoined)) return { name: column, added: undefined };
  if (table !== undefined && tables.includes(table))
    return tables.length > 1 ? hidden : { name: column, added: undefined };
  return { name: column, added: written };
}

/** A column selected too, at the front of the first step that selects; undefined where that step has no arguments. */
export function columnSelected(file: File, step: Step, column: string): Replacement | undefined {
  const [first] = step.args;
  const place = first?.type === 'ArrayExpression' ? first.elements[0] : first;
  if (first === undefined || place == null) return undefined;
  const [start] = spanOf(place);
  const [from] = first.type === 'ArrayExpression' ? spanOf(first) : [startOfArguments(file, step)];
  const between = file.text.slice(from + 1, start);
  const text = quoted(file, place, column);
  return { at: { start, end: start }, by: between.includes('\n') ? `${text},${between}` : `${text}, ` };
}

/** Where the parenthesis of a call opens. */
const startOfArguments = (file: File, { call }: Step): number =>
  file.text.indexOf('(', spanOf(call.typeParameters ?? call.typeArguments ?? methodNode(call))[1]);

// Chains that ask for rows

/** What the steps of a chain ask for. */
export interface Chain {
  readonly conditions: readonly Condition[];
  readonly unread: string | undefined;
  readonly selection: Selection;
  readonly isOrdered: boolean;
  readonly limit: string | undefined;
  readonly isJoined: boolean;
  /** Whether a step is not understood, so that its rows may be any. */
  readonly isStrange: boolean;
}

/** How a library reads a step that Knex has not: its conditions, or nothing of note; undefined where it does not know it. */
export type OwnStep = (step: Step) => Conditions | 'harmless' | undefined;

const HARMLESS =
  /^(?:from|table|into|withSchema|transacting|timeout|debug|connection|queryContext|comment|hintComment|select|columns?|first|and)$/;
const JOIN = /^(?:(?:inner|left|leftOuter|right|rightOuter|full|fullOuter|cross)?[jJ]oin(?:Raw)?)$/;
const LIMITS = /^(?:limit|offset)$/;
const LOCKS = /^(?:for(?:Update|Share|NoKeyUpdate|KeyShare)|skipLocked|noWait)$/;
const AGGREGATES = /^(?:count(?:Distinct)?|(?:sum|avg)(?:Distinct)?|min|max)$/;

/** Whether a chain joins other tables to its own. */
export const joins = (steps: readonly Step[], own: RegExp = JOIN): boolean =>
  steps.some(({ name }) => JOIN.test(name) || own.test(name));

/** Whether a step says that there is one row at most. */
const isLimitOfOne = ({ name, args: [first] }: Step): boolean =>
  name === 'limit' && first?.type === 'NumericLiteral' && first.value === 1;

/** Takes the steps of a chain apart: https://knexjs.org/guide/query-builder.html */
export function chainOf(steps: readonly Step[], naming: Naming, own: OwnStep = () => undefined): Chain {
  const conditions: Condition[] = [];
  const clauses: string[] = [];
  let isOrdered = false;
  let limit: string | undefined;
  let isStrange = false;
  const add = (some: Conditions): void => {
    conditions.push(...some.conditions);
    if (some.unread !== undefined) clauses.push(some.unread);
  };
  for (const step of steps) {
    const { name } = step;
    const known = own(step);
    if (known === 'harmless') continue;
    if (known !== undefined) add(known);
    else if (/^(?:where|andWhere)$/.test(name)) add(conditionsOfWhere(step, naming));
    else if (name === 'whereIn') add(conditionsOfWhereIn(step, naming));
    else if (/^or[A-Z]|^or$/.test(name)) clauses.push('its conditions are joined by `or`');
    else if (/^(?:where|andWhere)[A-Z]/.test(name)) add(opaque(step));
    else if (/^orderBy(?:Raw)?$/.test(name)) isOrdered = true;
    else if (LIMITS.test(name)) limit ??= `\`${name}\` limits the rows`;
    else if (LOCKS.test(name)) clauses.push(`\`${name}\` locks its rows`);
    else if (name === 'pluck')
      clauses.push('`pluck` gives values, which do not tell the rows that they are of');
    else if (AGGREGATES.test(name) && name !== 'count')
      clauses.push(`\`${name}\` computes a value of many rows`);
    else if (!HARMLESS.test(name) && !JOIN.test(name) && name !== 'count') {
      clauses.push(`its step \`${name}\` is not understood`);
      isStrange = true;
    }
  }
  const selection = selectionOf(steps);
  if (selection === undefined) clauses.push('what it selects is not written as names of columns');
  return {
    conditions,
    unread: clauses[0],
    selection: selection ?? NOTHING_SELECTED,
    isOrdered,
    limit,
    isJoined: naming.isJoined,
    isStrange,
  };
}

/** Why the rows that a chain gives are not simply those of its table; undefined where they are. */
export function whyDerived(
  model: Model | undefined,
  { isJoined, isStrange, selection }: Chain,
): string | undefined {
  if (isJoined) return 'it joins another table';
  if (isStrange) return 'one of its steps is not understood';
  const renamed = selection.columns.find(
    ({ source, name }) =>
      lastPart(source) !== name && model?.columns.some((one) => one.name === name) === true,
  );
  return renamed === undefined ? undefined : `\`${renamed.name}\` in them is another column`;
}

/** The names of the columns that a chain selects, for `selected` of a query: those that tell its keys among them. */
export function selectedBy(chain: Chain, naming: Naming): readonly string[] | undefined {
  const { columns, isAll, tables, steps } = chain.selection;
  if (steps.length === 0 || isAll || (tables.length > 0 && !chain.isJoined)) return undefined;
  return columns.flatMap(({ source, name }) => [naming.inCode(name), naming.inCode(lastPart(source))]);
}

/** The text that names the column of a condition: `u.id`, where it stands in an argument or is a property. */
export function writtenColumn(file: File, { value, column }: Condition): string {
  const { parent } = file.pathOf(value);
  if (isNode(parent, 'ObjectProperty')) return nameOfKey(parent.node) ?? column ?? '';
  return isNode(parent, 'CallExpression')
    ? (literalOf(parent.node.arguments[0]) ?? column ?? '')
    : (column ?? '');
}

/** A step whose arguments are those of `where`, as steps that match lists: `where({ a })` and `whereIn('b', bs)`. */
export function whereMatching(file: File, step: Step, keys: readonly KeyList[]): readonly string[] {
  const [first] = step.args;
  const matched = keys.map(({ condition, list }) => `whereIn(${columnText(file, step, condition)}, ${list})`);
  if (first?.type !== 'ObjectExpression') return matched;
  const properties = first.properties.filter(
    (one) => !keys.some(({ condition }) => contains(one, condition.value)),
  );
  if (properties.length === 0) return matched;
  const gone = first.properties.filter((one): one is t.ObjectProperty => !properties.includes(one));
  const [only, ...more] = gone;
  const rest =
    only !== undefined && more.length === 0
      ? rewritten(file, first, [propertyRemoved(first, only)])
      : `{ ${properties.map((one) => file.textOf(one)).join(', ')} }`;
  return [`where(${rest})`, ...matched];
}

/** The code that names the column of a condition in `whereIn`. */
function columnText(file: File, step: Step, condition: Condition): string {
  const { parent } = file.pathOf(condition.value);
  if (!isNode(parent, 'ObjectProperty')) return file.textOf(step.args[0] ?? step.call);
  const { key } = parent.node;
  return key.type === 'StringLiteral'
    ? file.textOf(key)
    : quoted(file, step.call, writtenColumn(file, condition));
}

/** The step that a condition is written in. */
export const stepOf = (steps: readonly Step[], { value }: Condition): Step | undefined =>
  steps.find(({ args }) => args.some((one) => contains(one, value)));

/** The replacements in a chain that takes the first row, so that it takes all: `first('id')` becomes `select('id')`. */
export function firstReplaced(steps: readonly Step[]): readonly Replacement[] {
  return steps.flatMap((step, at) => {
    if (isLimitOfOne(step)) return [stepRemoved(step)];
    if (step.name !== 'first') return [];
    return step.args.length > 0 || at === 0
      ? [{ at: methodNode(step.call), by: 'select' }]
      : [stepRemoved(step)];
  });
}

/** The keys by the step that each is written in; undefined where one is in none. */
export function keysByStep(
  steps: readonly Step[],
  keys: readonly KeyList[],
): ReadonlyMap<Step, readonly KeyList[]> | undefined {
  const found = new Map<Step, readonly KeyList[]>();
  for (const key of keys) {
    const step = stepOf(steps, key.condition);
    if (step === undefined) return undefined;
    found.set(step, [...(found.get(step) ?? []), key]);
  }
  return found;
}

/**
 * What has to be selected so that rows tell their keys, with the name that they have the first of them under. The others are
 * read by the names of their columns.
 */
export function keysSelected(
  file: File,
  chain: Chain,
  keys: readonly KeyList[],
  { inCode, isOwn }: { readonly isOwn: boolean } & Pick<Naming, 'inCode'>,
): { readonly name: string; readonly replacements: readonly Replacement[] } | { readonly why: string } {
  const replacements: Replacement[] = [];
  let name: string | undefined;
  for (const { condition } of keys) {
    const written = writtenColumn(file, condition);
    const key = keyInRows(chain, written, isOwn);
    if ('why' in key) return key;
    if (name !== undefined && inCode(key.name) !== condition.column)
      return { why: `its rows call \`${written}\` by another name` };
    name ??= inCode(key.name);
    if (key.added === undefined) continue;
    const [step] = chain.selection.steps;
    const added = step === undefined ? undefined : columnSelected(file, step, key.added);
    if (added === undefined) return { why: `\`${written}\` cannot be selected too` };
    replacements.push(added);
  }
  return name === undefined ? { why: 'no column tells its rows' } : { name, replacements };
}

// Evidence that both libraries need

/** Databases that take fewer values in one statement than PostgreSQL does, by the package of their driver. */
const FEWER_VALUES: readonly (readonly [driver: string, most: number, database: string])[] = [
  // https://docs.oracle.com/en/error-help/db/ora-01795/
  ['oracledb', 1000, 'Oracle'],
  // https://learn.microsoft.com/en-us/sql/sql-server/maximum-capacity-specifications-for-sql-server
  ['tedious', 2100, 'SQL Server'],
  ['mssql', 2100, 'SQL Server'],
  // https://www.sqlite.org/limits.html#max_variable_number
  ['sqlite3', 32_766, 'SQLite'],
  ['better-sqlite3', 32_766, 'SQLite'],
];

const OTHER_THAN_POSTGRES = /^(?:mysql2?|sqlite3|better-sqlite3|tedious|mssql|oracledb)$/;

/** What a query of many values depends on that the driver, or the type in the database, decides. */
export function* whyDriverAgrees(file: File, columns: readonly Column[]): Generator<Evidence> {
  const { dependencies } = file.facts.packageOf(file.path);
  const fewer = FEWER_VALUES.find(([driver]) => dependencies.has(driver));
  if (fewer !== undefined)
    yield assumed(
      `There are at most ${fewer[1].toLocaleString('en')} different values, where the database is ${fewer[2]}`,
    );
  const mayBeOther = [...dependencies].some((one) => OTHER_THAN_POSTGRES.test(one));
  for (const { name, type, written } of columns) {
    // https://node-postgres.com/features/types: numbers of 64 bits are texts; elsewhere they may be numbers, and truth may be 1.
    if (mayBeOther && (type === 'bigint' || type === 'boolean'))
      yield assumed(
        `\`${name}\` is ${type === 'bigint' ? 'a text' : 'true or false'} in rows, as PostgreSQL gives it`,
      );
    // https://www.postgresql.org/docs/current/citext.html
    if (/citext/i.test(written))
      yield fails(
        `\`${name}\` is \`${written}\`, which does not tell capitals from small letters, and a lookup does`,
      );
    // https://www.postgresql.org/docs/current/datatype-character.html
    if (/^(?:n?char|character)\(|['"](?:n?char|character)\(/i.test(written))
      yield assumed(`\`${name}\` is as long as \`${written}\` says, so that the database fills up no blanks`);
  }
}

/** Whether a value is written out. */
export const isConstant = ({ type }: t.Node): boolean =>
  /^(?:String|Numeric|Boolean|BigInt)Literal$/.test(type);

/** The columns of the conditions whose values are computed. */
export const comparedColumns = ({ conditions }: Query): readonly string[] => [
  ...new Set(
    conditions.flatMap(({ column, operator, value }) =>
      column !== undefined && operator === 'equals' && !isConstant(value) ? [column] : [],
    ),
  ),
];

/** The columns of a model of those names. */
export const columnsNamed = (model: Model | undefined, names: readonly string[]): readonly Column[] =>
  (model?.columns ?? []).filter(({ name }) => names.includes(name));

/** How Knex, and what is built on it, gives the values of a column: those of `pg` where drivers differ. */
const JAVASCRIPT: { readonly [K in ColumnType]?: 'number' | 'string' | 'boolean' } = {
  integer: 'number',
  float: 'number',
  // https://node-postgres.com/features/types
  bigint: 'string',
  string: 'string',
  uuid: 'string',
  enum: 'string',
  boolean: 'boolean',
};

/** The JavaScript type of a column's values. */
export const javaScriptOf: Dialect['javaScriptOf'] = (type) => JAVASCRIPT[type];

/** Each value is a parameter of the statement: https://www.postgresql.org/docs/current/limits.html */
export const MOST_KEYS = 65_535;

// Knex itself

const AS_WRITTEN = (isJoined: boolean): Naming => ({ isJoined, inCode: (column) => column });

/** What is called, or has its methods called: `knex`, `knex(config)`, a transaction. */
const INSTANCE =
  /^(?:(?:knex)?\(\)|Knex(?:\.Transaction)?#)(?:\.(?:transaction|withUserParams)\(\)|\.transactionProvider\(\)\(\))*$/;

/** What the first call of a chain is of: the instance itself, or a method of it; undefined where the chain goes on with a query. */
function rootOf(steps: readonly Step[], { path }: DatabaseCall): 'instance' | 'method' | undefined {
  const [first, ...others] = steps;
  const rest = others.map(({ name }) => `.${name}()`).join('');
  if (first === undefined || !path.endsWith(rest)) return undefined;
  const start = path.slice(0, path.length - rest.length);
  const method = `.${first.name}()`;
  if (start.endsWith(method) && INSTANCE.test(start.slice(0, -method.length))) return 'method';
  return start.endsWith('()') && INSTANCE.test(start.slice(0, -2)) ? 'instance' : undefined;
}

/** The table that a step names: `userGroups` of `knex('userGroups as g')`. */
function tableIn(step: Step | undefined): string | undefined {
  const [argument] = step?.args ?? [];
  const [property] = argument?.type === 'ObjectExpression' ? argument.properties : [];
  const text = literalOf(property?.type === 'ObjectProperty' ? property.value : argument);
  const name = text?.trim().split(/\s+/)[0];
  return name === undefined ? undefined : lastPart(name);
}

const WRITES =
  /^(?:insert|update|updateFrom|upsert|increment|decrement|del|delete|truncate|onConflict|merge|batchInsert)$/;
/** What is no query, gives no rows, or gives them in another way. */
const NO_ROWS =
  /^(?:then|catch|finally|raw|ref|schema|migrate|seed|transaction|transactionProvider|destroy|initialize|queryBuilder|columnInfo|to(?:SQL|String|Query)|stream|pipe|asCallback|batchInsert|fn)$/;

function read(file: File, path: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const { node: call } = path;
  const steps = stepsOf(call);
  if (steps.some(({ name }) => WRITES.test(name) || NO_ROWS.test(name)) || isPartOfQuery(path))
    return undefined;
  const naming = AS_WRITTEN(joins(steps));
  const root = rootOf(steps, known);
  const [first, ...others] = steps;
  const chain = chainOf(root === 'instance' ? others : steps, naming);
  const source =
    steps.find(({ name }) => /^(?:from|table)$/.test(name)) ?? (root === 'instance' ? first : undefined);
  const table = tableIn(source) ?? known.table;
  const counts = steps.some(({ name }) => name === 'count');
  const isFirst = steps.some(({ name }) => name === 'first');
  const model =
    file.facts.modelOf(file.path, 'knex', table) ?? file.facts.modelOf(file.path, 'knex', known.table);
  const query: Query = {
    orm: 'knex',
    call,
    method: nameOfQuery(steps),
    table,
    // Of which table a column is that a condition names is not told.
    model: chain.isJoined ? undefined : model,
    derived: whyDerived(model, chain),
    gives: counts ? 'count' : isFirst ? 'one' : 'many',
    missing: 'undefined',
    conditions: chain.conditions,
    unread: root !== undefined ? chain.unread : 'it goes on with a query that is begun elsewhere',
    selected: selectedBy(chain, naming),
    isOrdered: chain.isOrdered,
    limit: chain.limit,
    // `where('a', null)` is `a is null`; undefined is refused: https://knexjs.org/guide/query-builder.html#where
    nullKey: 'null-rows',
    reads: known.reads,
  };
  return isLimitIdle(file, query, steps) ? { ...query, limit: undefined } : query;
}

/** What a query is called by in sentences: what it gives, else its first condition. */
export const nameOfQuery = (steps: readonly Step[], heads = /^(?:first|count|pluck)$/): string =>
  (
    steps.find(({ name }) => heads.test(name)) ??
    steps.find(({ name }) => /^(?:and)?where/i.test(name)) ??
    steps.at(-1)
  )?.name ?? '';

/** Whether a limit of one row takes none away, since no more can be found. */
function isLimitIdle(file: File, query: Query, steps: readonly Step[]): boolean {
  const limiting = steps.filter(({ name }) => LIMITS.test(name));
  return limiting.every(isLimitOfOne) && (query.gives === 'one' || isUniqueIn(file, query));
}

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | { readonly why: string } {
  const { call } = query;
  const steps = stepsOf(call);
  const byStep = keysByStep(steps, keys);
  if (byStep === undefined) return { why: 'its conditions are not written where it is called' };
  const naming = AS_WRITTEN(joins(steps));
  const chain = chainOf(steps, naming);
  const selected = keysSelected(file, chain, keys, { ...naming, isOwn: false });
  if ('why' in selected) return selected;
  const replacements = [
    ...[...byStep].map(([step, own]) => stepReplaced(file, step, whereMatching(file, step, own))),
    ...firstReplaced(steps),
    ...selected.replacements,
  ];
  return {
    text: rewritten(file, call, replacements),
    imports: [],
    keyOf: (row) => `${row}.${selected.name}`,
  };
}

/** Counts of Knex are rows with a text in them: `[{ count: '2' }]`. */
const grouped: NonNullable<Dialect['grouped']> = (file, { call }, { condition }) => {
  const column = quoted(file, call, writtenColumn(file, condition));
  return {
    why: `it gives a row that holds the count, also where that is 0; by hand: select ${column} with the count, group by it, and take the rows that are missing for 0`,
  };
};

function* whyRowsAgree(file: File, query: Query): Generator<Evidence> {
  const compared = comparedColumns(query);
  const renamed = compared.find((name) => name.includes('_'));
  // https://knexjs.org/guide/#postprocessresponse
  if (renamed !== undefined)
    yield assumed(
      `Rows call \`${renamed}\` so: no \`postProcessResponse\` gives columns other names`,
      file.siteOf(query.call),
    );
  const steps = stepsOf(query.call);
  const chain = chainOf(steps, AS_WRITTEN(joins(steps)));
  const [table] = chain.isJoined ? chain.selection.tables : [];
  if (table !== undefined)
    yield assumed(
      `\`${table}.*\` has no column that is called like one that the rows are told by: ${compared.map((one) => `\`${one}\``).join(', ')}`,
      file.siteOf(query.call),
    );
  yield* whyDriverAgrees(file, columnsNamed(query.model, compared));
}

/** What is known of Knex, whose rows are plain objects without models: https://knexjs.org/guide/query-builder.html */
export const KNEX: Dialect = {
  orm: 'knex',
  methods: /^(?:(?:where|andWhere)\w*|first|pluck|count|select|from|orderBy|limit|knex)$/,
  read,
  batched,
  grouped,
  whyRowsAgree,
  javaScriptOf,
  mostKeys: MOST_KEYS,
  // `whereIn('id', [])` is a condition that is never met: https://knexjs.org/guide/query-builder.html#wherein
  takesNoKeys: () => true,
};
