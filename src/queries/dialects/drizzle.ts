import type { DatabaseCall } from '../../facts/effects/effect.ts';
import type { Column, ColumnType, Model } from '../../facts/orm/schema.ts';
import { assumed, type Evidence } from '../../evidence.ts';
import { spanOf } from '../../edits/edit.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import { indentAt, lineEnd, lineStart } from '../../syntax/lines.ts';
import type { ImportRequest } from '../../syntax/imports.ts';
import type { Binding } from '../../syntax/scopes.ts';
import { contains } from '../keys.ts';
import { keyPart, singular } from '../names.ts';
import {
  keysOf,
  methodNode,
  methodOf,
  nameOfKey,
  propertyAdded,
  propertyAppended,
  propertyOf,
  propertyRemoved,
  rewritten,
  valueOf,
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
import { fateOf, fateOfValue, type Fate } from '../uses.ts';

// ---------------------------------------------------------------------------------------------------- chains

/** One call of a chain: `.where(…)`. */
interface Step {
  readonly name: string;
  readonly call: t.CallExpression;
  readonly args: readonly t.Node[];
}

/** A chain of calls that asks for rows, from the method that it begins with. */
interface Chain {
  /** What that method is called on: `db`, `tx`, `db.query.users`. */
  readonly receiver: t.Node;
  readonly first: Step;
  readonly later: readonly Step[];
}

const FIRST = /^(?:select|selectDistinct|selectDistinctOn|findMany|findFirst|\$count|execute|with)$/;

function chainOf(call: t.CallExpression): Chain | undefined {
  const steps: Step[] = [];
  for (let at: t.Node = call; at.type === 'CallExpression' && at.callee.type === 'MemberExpression';) {
    steps.unshift({ name: methodOf(at) ?? '', call: at, args: at.arguments });
    at = at.callee.object;
  }
  const start = steps.findIndex(({ name }) => FIRST.test(name));
  const first = steps[start];
  const isWrite = steps
    .slice(0, Math.max(start, 0))
    .some(({ name }) => /^(?:insert|update|delete)$/.test(name));
  return !isWrite && first?.call.callee.type === 'MemberExpression'
    ? { receiver: first.call.callee.object, first, later: steps.slice(start + 1) }
    : undefined;
}

/** The last name of `users` or `schema.users`. */
function lastName(node: t.Node | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name;
  return node?.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier'
    ? node.property.name
    : undefined;
}

/** Methods and operators that take a query as a part of another one: https://orm.drizzle.team/docs/select#select-from-subquery */
const TAKES_QUERIES =
  /^(?:from|\w*[jJ]oin(?:Lateral)?|union(?:All)?|intersect(?:All)?|except(?:All)?|with|as|set|values|select\w*|where|having|orderBy|find\w+|exists|notExists|inArray|notInArray|eq|ne|[gl]te?|and|or|not|between|arrayContain\w*|arrayOverlaps|\$count)$/;

/** Whether a query is built here as a part of another one, and not asked. */
function isPartOfQuery(path: Path): boolean {
  let at = path;
  while (
    at.parent !== null &&
    /^(?:Object(?:Property|Expression)|ArrayExpression|SpreadElement|TemplateLiteral)$/.test(
      at.parent.node.type,
    )
  )
    at = at.parent;
  const { parent, key } = at;
  if (isNode(parent, 'TaggedTemplateExpression')) return true;
  return (
    isNode(parent, 'CallExpression') &&
    key === 'arguments' &&
    TAKES_QUERIES.test(lastName(parent.node.callee) ?? '')
  );
}

// ---------------------------------------------------------------------------------------------------- names

/** The modules that have the operators. */
const OPERATORS = /^drizzle-orm(?:\/sql(?:\/expressions.*)?|\/expressions)?$/;

/** The module that a name is imported from, and what it is called there; `*` for all of it. */
function importOf(
  binding: Binding | undefined,
): { readonly from: string; readonly name: string } | undefined {
  if (binding === undefined) return undefined;
  const { declaration, identifier } = binding;
  if (isNode(declaration.parent, 'ImportDeclaration')) {
    const from = declaration.parent.node.source.value;
    const { node } = declaration;
    if (node.type !== 'ImportSpecifier') return { from, name: '*' };
    const { imported } = node;
    return { from, name: imported.type === 'Identifier' ? imported.name : imported.value };
  }
  if (!isNode(declaration, 'VariableDeclarator')) return undefined;
  const { id, init } = declaration.node;
  const [specifier] = init?.type === 'CallExpression' ? init.arguments : [];
  if (init?.type !== 'CallExpression' || lastName(init.callee) !== 'require') return undefined;
  if (specifier?.type !== 'StringLiteral') return undefined;
  const name = id.type === 'Identifier' ? '*' : nameInPattern(id, identifier.node);
  return name === undefined ? undefined : { from: specifier.value, name };
}

/** What a name is called in the object that a pattern takes it from. */
function nameInPattern(pattern: t.Node, identifier: t.Node): string | undefined {
  if (pattern.type !== 'ObjectPattern') return undefined;
  const property = pattern.properties.find(
    (one) => one.type === 'ObjectProperty' && one.value === identifier,
  );
  return property === undefined ? undefined : nameOfKey(property);
}

const bindingOf = (file: File, node: t.Identifier): Binding | undefined =>
  file.scopes.lookup(file.pathOf<t.Node>(node), node.name);

/** What the conditions of a query may name. */
interface Names {
  readonly file: File;
  /** The column that an expression names. */
  readonly columnOf: (node: t.Node) => string | undefined;
  /** The parameter of a callback that has the operators: https://orm.drizzle.team/docs/rqb#select-filters */
  readonly operators: t.Node | undefined;
}

/** The operator of Drizzle that a callee is: imported, handed to a callback, or a member of either. */
function operatorOf(callee: t.Node, { file, operators }: Names): string | undefined {
  if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
    const binding = bindingOf(file, callee.object);
    const known = importOf(binding);
    const isGiven = operators !== undefined && binding?.identifier.node === operators;
    const isModule = known?.name === '*' && OPERATORS.test(known.from);
    return isGiven || isModule ? lastName(callee) : undefined;
  }
  if (callee.type !== 'Identifier') return undefined;
  const binding = bindingOf(file, callee);
  if (binding === undefined) return undefined;
  const known = importOf(binding);
  if (known !== undefined) return OPERATORS.test(known.from) ? known.name : undefined;
  return operators === undefined ? undefined : nameInPattern(operators, binding.identifier.node);
}

// ---------------------------------------------------------------------------------------------------- conditions

/** The conditions that an expression says, all of which hold where it does: https://orm.drizzle.team/docs/operators */
function conditionsOf(node: t.Node, names: Names): readonly Condition[] {
  const whole: Condition = { column: undefined, operator: 'other', value: node };
  if (node.type !== 'CallExpression') return [whole];
  const operator = operatorOf(node.callee, names);
  if (operator === 'and') return node.arguments.flatMap((one) => conditionsOf(one, names));
  const [left, right, ...others] = node.arguments;
  if (operator !== 'eq' && operator !== 'inArray') return [whole];
  if (left === undefined || right === undefined || others.length > 0) return [whole];
  const column = names.columnOf(left);
  // Two columns that are compared with each other fix neither.
  if (column === undefined || names.columnOf(right) !== undefined) return [whole];
  return [{ column, operator: operator === 'eq' ? 'equals' : 'in', value: right }];
}

/** Why conditions cannot be told, where they are made by functions that are called as operators are, and may be others. */
function whyStrange(conditions: readonly Condition[], names: Names): string | undefined {
  for (const { operator, value } of conditions) {
    if (operator !== 'other' || value.type !== 'CallExpression') continue;
    const name = lastName(value.callee) ?? '';
    if (/^(?:eq|and|inArray)$/.test(name) && operatorOf(value.callee, names) === undefined)
      return `\`${name}\` is not known to be the one of Drizzle`;
  }
  return undefined;
}

/** The call of `eq` that a condition is. */
function operatorCall(file: File, { value }: Condition): t.CallExpression | undefined {
  const { parent } = file.pathOf<t.Node>(value);
  return isNode(parent, 'CallExpression') ? parent.node : undefined;
}

// ---------------------------------------------------------------------------------------------------- what is selected

/** A table in `from` or a join, by how code names it. */
interface Source {
  readonly text: string;
  readonly node: t.Node;
  /** The method: `from`, `leftJoin`. */
  readonly by: string;
}

/** What a query of `db.select()` takes its rows from; undefined where one is no table that has a name. */
function sourcesOf(file: File, { later }: Chain): readonly Source[] | undefined {
  const found: Source[] = [];
  for (const { name, args } of later) {
    if (!/^(?:from|(?:inner|left|right|full|cross)Join)$/.test(name)) continue;
    const [node] = args;
    if (node === undefined || lastName(node) === undefined) return undefined;
    found.push({ text: file.textOf(node), node, by: name });
  }
  return found.length > 0 ? found : undefined;
}

/** What is selected: https://orm.drizzle.team/docs/select#distinct */
const selectionOf = ({ name, args }: Step): t.Node | undefined => args[name === 'selectDistinctOn' ? 1 : 0];

const isColumnOf = (file: File, node: t.Node, sources: readonly Source[]): boolean =>
  node.type === 'MemberExpression' &&
  !node.computed &&
  sources.some(({ text }) => text === file.textOf(node.object));

/** The table all of whose columns are spread: `...getTableColumns(users)`. */
function spreadTable(file: File, node: t.Node): string | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const [table] = node.arguments;
  return /^get(?:Table|View)?Columns$/.test(lastName(node.callee) ?? '') && table !== undefined
    ? file.textOf(table)
    : undefined;
}

/** What of a selection is more than columns of the row; it may be one value for all rows together. */
function computedPart(file: File, selection: t.Node, sources: readonly Source[]): t.Node | undefined {
  const isTable = (text: string | undefined): boolean => sources.some((one) => one.text === text);
  if (selection.type !== 'ObjectExpression')
    return isTable(spreadTable(file, selection)) ? undefined : selection;
  for (const property of selection.properties) {
    if (property.type === 'SpreadElement') {
      if (!isTable(spreadTable(file, property.argument))) return property;
      continue;
    }
    if (property.type !== 'ObjectProperty' || nameOfKey(property) === undefined) return property;
    const { value } = property;
    if (isColumnOf(file, value, sources) || isTable(file.textOf(value))) continue;
    if (value.type !== 'ObjectExpression') return property;
    const inner = computedPart(file, value, sources);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** How a column is read from a row, and what must be added to the selection for that. */
interface Place {
  /** Without a dot before it: `userId`, `posts.userId`. */
  readonly path: string;
  readonly added?: Replacement;
}

/** Where a column, such as `posts.userId`, is in the rows of `db.select()`. */
function placeInRows(
  file: File,
  chain: Chain,
  sources: readonly Source[],
  node: t.MemberExpression,
): Place | { readonly why: string } {
  const name = lastName(node) ?? '';
  const source = sources.find(({ text }) => text === file.textOf(node.object));
  if (source === undefined) return { why: `\`${file.textOf(node)}\` is of no table that it selects from` };
  const selection = selectionOf(chain.first);
  if (selection === undefined) {
    if (sources.length === 1) return { path: name };
    // The rows have an object for each table, by the name in the database; one that is joined loosely may be null.
    const isLoose = sources.some(({ by }) => /^(?:right|full)/.test(by)) || source.by === 'leftJoin';
    const table = modelOf(file, source.node)?.table;
    return isLoose || table === undefined || !/^[\w$]+$/.test(table)
      ? { why: `it is not known where its rows have \`${file.textOf(node)}\`` }
      : { path: `${table}.${name}` };
  }
  if (selection.type !== 'ObjectExpression') return { path: name };
  const isLoose = sources.some(({ by }) => /^(?:left|right|full)/.test(by));
  const known = pathInSelection(file, selection, node, isLoose);
  if (known !== undefined) return { path: known };
  const names = selection.properties.map((one) => nameOfKey(one));
  const isTaken = (one: string): boolean => names.includes(one);
  const isSpread = selection.properties.some((one) => one.type === 'SpreadElement');
  const longer = `${singular(lastName(source.node) ?? '')}${keyPart(name)}`;
  const free = isTaken(name) || isSpread ? longer : name;
  if (isTaken(free)) return { why: `its rows have no place for \`${file.textOf(node)}\`` };
  return {
    path: free,
    added: propertyAdded(file, selection, `${free}: ${file.textOf(node)}`),
  };
}

/** The path by which a selection has a column; undefined where it does not. */
function pathInSelection(
  file: File,
  selection: t.ObjectExpression,
  column: t.MemberExpression,
  isLoose: boolean,
): string | undefined {
  const [wanted, table, name] = [file.textOf(column), file.textOf(column.object), lastName(column) ?? ''];
  for (const property of selection.properties) {
    if (property.type === 'SpreadElement') {
      const isHidden = selection.properties.some((one) => nameOfKey(one) === name);
      if (spreadTable(file, property.argument) === table && !isHidden) return name;
      continue;
    }
    const alias = nameOfKey(property);
    if (property.type !== 'ObjectProperty' || alias === undefined) continue;
    const text = file.textOf(property.value);
    if (text === wanted) return alias;
    // An object of a table that is joined loosely may be null.
    if (isLoose) continue;
    if (text === table) return `${alias}.${name}`;
    const inner =
      property.value.type === 'ObjectExpression'
        ? pathInSelection(file, property.value, column, isLoose)
        : undefined;
    if (inner !== undefined) return `${alias}.${inner}`;
  }
  return undefined;
}

/** What a table is called where it is declared, as far as this file tells: `users` where that is imported as `usersTable`. */
function tableNameOf(file: File, table: t.Node | undefined): string | undefined {
  if (table?.type !== 'Identifier') return lastName(table);
  const imported = importOf(bindingOf(file, table))?.name;
  return imported === undefined || /^(?:\*|default)$/.test(imported) ? table.name : imported;
}

const modelOf = (file: File, table: t.Node | undefined): Model | undefined => {
  const name = tableNameOf(file, table);
  return name === undefined ? undefined : file.facts.modelOf(file.path, 'drizzle', name);
};

/** Why the rows are not simply rows of the table that they come from. */
function whyDerived(
  file: File,
  { first }: Chain,
  [from, ...joined]: readonly Source[],
  model: Model | undefined,
): string | undefined {
  if (joined.length > 0) return 'it joins another table';
  const selection = selectionOf(first);
  if (from === undefined || selection?.type !== 'ObjectExpression') return undefined;
  for (const one of selection.properties) {
    const alias = nameOfKey(one);
    const isColumn = alias !== undefined && model?.columns.some(({ name }) => name === alias) === true;
    if (isColumn && one.type === 'ObjectProperty' && file.textOf(one.value) !== `${from.text}.${alias}`)
      return `what its rows call \`${alias}\` is something else`;
  }
  return undefined;
}

/** The columns of tables that a selection has; undefined for all of them. */
function columnsSelected(
  file: File,
  selection: t.Node,
  sources: readonly Source[],
): readonly string[] | undefined {
  if (selection.type !== 'ObjectExpression') return undefined;
  const found: string[] = [];
  for (const property of selection.properties) {
    if (property.type !== 'ObjectProperty') return undefined;
    const { value } = property;
    const inner = isColumnOf(file, value, sources)
      ? [lastName(value) ?? '']
      : columnsSelected(file, value, sources);
    if (inner === undefined) return undefined;
    found.push(...inner);
  }
  return found;
}

// ---------------------------------------------------------------------------------------------------- queries

/** The parts of a query that each way to ask has in its own form. */
type Parts = Pick<
  Query,
  'model' | 'gives' | 'missing' | 'conditions' | 'unread' | 'selected' | 'derived' | 'isOrdered' | 'limit'
>;

const UNREAD: Parts = {
  model: undefined,
  derived: undefined,
  gives: 'many',
  missing: 'undefined',
  conditions: [],
  unread: 'it is not understood',
  selected: undefined,
  isOrdered: false,
  limit: undefined,
};

/** Steps of `db.select()` that change neither which rows are found nor how they look. */
const PLAIN_STEP =
  /^(?:from|where|orderBy|limit|(?:inner|left|right|full|cross)Join|\$dynamic|execute|all|get)$/;

const WHY: Readonly<Record<string, string>> = {
  groupBy: 'it groups its rows',
  having: 'it groups its rows',
  for: 'it locks its rows',
  prepare: 'it is prepared before it is asked',
  values: 'it gives its rows as lists of values',
  $withCache: 'its answer may come from a cache',
};

function readSelect(file: File, chain: Chain): Parts {
  const { first, later } = chain;
  const sources = sourcesOf(file, chain);
  const odd = later.find(({ name }) => !PLAIN_STEP.test(name) && name !== 'offset');
  if (sources === undefined || odd !== undefined) {
    const why =
      odd === undefined
        ? 'it selects from what is no table'
        : (WHY[odd.name] ?? `\`${odd.name}\` is not understood`);
    return { ...UNREAD, unread: why };
  }
  const declared = modelOf(file, sources[0]?.node);
  const names: Names = {
    file,
    columnOf: (node) => (isColumnOf(file, node, sources) ? lastName(node) : undefined),
    operators: undefined,
  };
  const wheres = later.filter(({ name }) => name === 'where');
  const conditions = wheres.flatMap(({ args }) => args.flatMap((one) => conditionsOf(one, names)));
  // Columns are told by their names alone: those of another table are not to be taken for its own.
  const isOwn = conditions.every(
    (one) => one.column === undefined || tableCompared(file, one) === sources[0]?.text,
  );
  const selection = selectionOf(first);
  const computed = selection === undefined ? undefined : computedPart(file, selection, sources);
  const isAggregate =
    computed?.type === 'ObjectProperty' &&
    computed.value.type === 'CallExpression' &&
    /^(?:count|sum|avg|min|max)(?:Distinct)?$/.test(lastName(computed.value.callee) ?? '');
  const whyComputed =
    computed === undefined
      ? undefined
      : isAggregate
        ? `it gives one row, with \`${file.textOf(computed)}\` of all that it finds; by hand: group by the key`
        : computed.type === 'ObjectProperty'
          ? `\`${nameOfKey(computed) ?? ''}\` is computed, perhaps of several rows`
          : 'what it selects is not written where it is called';
  return {
    model: isOwn ? declared : undefined,
    derived: whyDerived(file, chain, sources, declared),
    gives: later.at(-1)?.name === 'get' ? 'one' : 'many',
    missing: 'undefined',
    conditions,
    unread:
      whyComputed ??
      (wheres.length > 1 ? 'a second `where` drops the first' : undefined) ??
      whyStrange(conditions, names),
    selected: selection === undefined ? undefined : columnsSelected(file, selection, sources),
    isOrdered: later.some(({ name }) => name === 'orderBy'),
    limit: limitOf(file, chain, sources, declared, conditions),
  };
}

/** The table whose column a condition compares, as it is written. */
function tableCompared(file: File, condition: Condition): string | undefined {
  const named = operatorCall(file, condition)?.arguments[0];
  return named?.type === 'MemberExpression' ? file.textOf(named.object) : undefined;
}

/** How a query limits its rows. `limit(1)` of what a key finds is no limit. */
function limitOf(
  file: File,
  { first, later }: Chain,
  sources: readonly Source[],
  model: Model | undefined,
  conditions: readonly Condition[],
): string | undefined {
  if (first.name === 'selectDistinctOn') return '`selectDistinctOn` takes the first of several rows';
  if (later.some(({ name }) => name === 'offset')) return 'its `offset` leaves rows out';
  const limit = later.find(({ name }) => name === 'limit')?.args[0];
  if (limit === undefined) return undefined;
  const isOne = limit.type === 'NumericLiteral' && limit.value === 1;
  if (isOne && sources.length === 1 && isUnique(model, conditions)) return undefined;
  return `its \`limit(${file.textOf(limit)})\` limits the rows`;
}

/** Whether no two rows can meet the conditions. */
function isUnique(model: Model | undefined, conditions: readonly Condition[]): boolean {
  const fixed = new Set(
    conditions.map(({ column, operator }) => (operator === 'equals' ? column : undefined)),
  );
  const sets = model === undefined ? [] : [model.primaryKey, ...model.uniques];
  return sets.some((columns) => columns.length > 0 && columns.every((one) => fixed.has(one)));
}

/** A condition of a relational query, with what its callback is handed. */
interface Where {
  /** The expression that says it. */
  readonly said: t.Node;
  readonly names: Names;
  /** The callback, where it is one. */
  readonly callback: t.ArrowFunctionExpression | t.FunctionExpression | undefined;
}

/** The condition of `db.query.users.findMany({ where })`; undefined where it is written in no way that is understood. */
function whereOf(file: File, where: t.Node, table: string, model: Model | undefined): Where | undefined {
  if (where.type === 'ObjectExpression') return undefined;
  if (where.type !== 'ArrowFunctionExpression' && where.type !== 'FunctionExpression') {
    const columnOf = (node: t.Node): string | undefined => {
      if (node.type !== 'MemberExpression' || node.computed) return undefined;
      const other = modelOf(file, node.object);
      const isOwn =
        tableNameOf(file, node.object) === table ||
        (model !== undefined &&
          other?.seenAt.path === model.seenAt.path &&
          other.seenAt.line === model.seenAt.line);
      return isOwn ? lastName(node) : undefined;
    };
    return { said: where, names: { file, columnOf, operators: undefined }, callback: undefined };
  }
  const [columns, operators] = where.params;
  const { body } = where;
  const [only, ...more] = body.type === 'BlockStatement' ? body.body : [];
  const said =
    body.type !== 'BlockStatement'
      ? body
      : only?.type === 'ReturnStatement' && more.length === 0
        ? only.argument
        : undefined;
  if (said == null || columns === undefined) return undefined;
  const columnOf = (node: t.Node): string | undefined => {
    if (node.type === 'Identifier') {
      const binding = bindingOf(file, node);
      return binding === undefined ? undefined : nameInPattern(columns, binding.identifier.node);
    }
    if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier' || node.computed)
      return undefined;
    return bindingOf(file, node.object)?.identifier.node === columns ? lastName(node) : undefined;
  };
  return { said, names: { file, columnOf, operators }, callback: where };
}

const LIMITS = /^(?:limit|offset)$/;
const HARMLESS = /^(?:where|columns|with|orderBy|extras)$/;

/** The columns that `columns` asks for, where it names those wanted; undefined for all. */
function columnsIn(columns: t.Node | undefined): readonly string[] | undefined {
  if (columns?.type !== 'ObjectExpression') return undefined;
  const wanted = columns.properties.flatMap((one) =>
    one.type === 'ObjectProperty' && one.value.type === 'BooleanLiteral' && one.value.value
      ? [nameOfKey(one) ?? '']
      : [],
  );
  return wanted.length > 0 ? wanted : undefined;
}

/** Whether `columns` says of each column that it names whether it is wanted. */
const isWritten = (columns: t.Node): boolean =>
  keysOf(columns)?.every((name) => valueOf(columns, name)?.type === 'BooleanLiteral') === true;

/** https://orm.drizzle.team/docs/rqb */
function readRelational(file: File, { first, later }: Chain, table: string): Parts {
  const odd = later.find(({ name }) => !/^(?:execute|all|get)$/.test(name));
  const [options] = first.args;
  const keys = options === undefined ? [] : keysOf(options);
  if (odd !== undefined || keys === undefined) {
    const why =
      odd === undefined
        ? 'its options are not written where it is called'
        : (WHY[odd.name] ?? `\`${odd.name}\` is not understood`);
    return { ...UNREAD, unread: why };
  }
  const declared = file.facts.modelOf(file.path, 'drizzle', table);
  const extras = valueOf(options, 'extras');
  const extraNames = extras === undefined ? [] : keysOf(extras);
  const computed = extraNames?.find((name) => declared?.columns.some((one) => one.name === name));
  const whereNode = valueOf(options, 'where');
  const where = whereNode === undefined ? undefined : whereOf(file, whereNode, table, declared);
  const conditions = where === undefined ? [] : conditionsOf(where.said, where.names);
  const columns = valueOf(options, 'columns');
  const limit = keys.find((key) => LIMITS.test(key));
  const strange = keys.find((key) => !HARMLESS.test(key) && !LIMITS.test(key));
  return {
    model: declared,
    derived:
      extraNames === undefined
        ? 'what it computes is not written where it is called'
        : computed === undefined
          ? undefined
          : `\`${computed}\` is computed`,
    gives: first.name === 'findFirst' ? 'one' : 'many',
    missing: 'undefined',
    conditions,
    unread:
      (whereNode !== undefined && where === undefined
        ? 'its condition is no expression of operators that is written where it is called'
        : undefined) ??
      (strange === undefined ? undefined : `its option \`${strange}\` is not understood`) ??
      (columns !== undefined && !isWritten(columns)
        ? 'the columns that it asks for are not written where it is called'
        : undefined) ??
      (where === undefined ? undefined : whyStrange(conditions, where.names)),
    selected: columnsIn(columns),
    isOrdered: keys.includes('orderBy'),
    limit: limit === undefined ? undefined : `its option \`${limit}\` limits the rows`,
  };
}

/** https://orm.drizzle.team/docs/select#count */
function readCount(file: File, { first, later }: Chain): Parts {
  const [table, condition] = first.args;
  const text = table === undefined ? undefined : file.textOf(table);
  if (table === undefined || lastName(table) === undefined || later.length > 0)
    return { ...UNREAD, gives: 'count', unread: 'it counts the rows of what is no table' };
  const names: Names = {
    file,
    columnOf: (node) =>
      node.type === 'MemberExpression' && !node.computed && file.textOf(node.object) === text
        ? lastName(node)
        : undefined,
    operators: undefined,
  };
  const conditions = condition === undefined ? [] : conditionsOf(condition, names);
  return {
    ...UNREAD,
    model: modelOf(file, table),
    gives: 'count',
    conditions,
    unread: whyStrange(conditions, names),
  };
}

/** Whether SQLite in this process answers at once, so that a query for each row costs little: https://sqlite.org/np1queryprob.html */
const isSync = ({ later }: Chain, { parent }: Path): boolean =>
  /^(?:all|get|values)$/.test(later.at(-1)?.name ?? '') &&
  !isNode(parent, 'AwaitExpression', 'ReturnStatement', 'ArrowFunctionExpression');

/** Drivers that refuse a parameter that is undefined, where others take it for null; `eq` leaves it to them. */
const REFUSE_UNDEFINED = ['postgres', 'mysql2', '@libsql/client', '@planetscale/database', 'wrangler'];

function nullKeyOf(file: File, conditions: readonly Condition[]): Query['nullKey'] {
  const { dependencies } = file.facts.packageOf(file.path);
  if (!REFUSE_UNDEFINED.some((one) => dependencies.has(one))) return 'none';
  const mayBeUndefined = conditions.some(({ operator, value }) => {
    if (operator !== 'equals') return false;
    const { kinds } = file.facts.typeOf(file.path, value);
    return kinds.has('undefined') || kinds.has('unknown');
  });
  return mayBeUndefined ? 'throws' : 'none';
}

function read(file: File, path: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const { node: call } = path;
  const chain = chainOf(call);
  if (chain === undefined || isPartOfQuery(path) || isSync(chain, path)) return undefined;
  const { first, later, receiver } = chain;
  if (later.some(({ name }) => /^(?:then|catch|finally|as|getSQL|toSQL)$/.test(name))) return undefined;
  const isRaw = first.name === 'execute';
  if (isRaw && known.writes.length > 0) return undefined;
  const isRelational = first.name.startsWith('find');
  const parts = isRaw
    ? {
        ...UNREAD,
        unread: known.path.includes('.prepare()') ? 'it is prepared before the loop' : 'it is written in SQL',
      }
    : first.name === 'with'
      ? { ...UNREAD, unread: 'it begins with queries of its own' }
      : isRelational
        ? readRelational(file, chain, lastName(receiver) ?? '')
        : first.name === '$count'
          ? readCount(file, chain)
          : readSelect(file, chain);
  return {
    orm: 'drizzle',
    call,
    method: first.name,
    table: parts.model?.name ?? known.table,
    ...parts,
    nullKey: nullKeyOf(file, parts.conditions),
    // What is no table of the schema is another name for one.
    reads: [
      ...known.reads,
      ...(known.reads.every((name) => file.facts.modelOf(file.path, 'drizzle', name) !== undefined)
        ? []
        : ['*']),
    ],
  };
}

// ---------------------------------------------------------------------------------------------------- batches

/** Types of which two texts may be the same value, by how the schema writes them: blanks at the end, seconds left out. */
const LOOSE_TEXT = /^(?:char|time)\(/;

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | { readonly why: string } {
  const chain = chainOf(query.call);
  const [key] = keys;
  if (chain === undefined || key === undefined) return { why: 'it is no chain of calls' };
  const model = query.model ?? modelOf(file, chain.later.find(({ name }) => name === 'from')?.args[0]);
  const loose = keys.find(({ condition }) =>
    LOOSE_TEXT.test(model?.columns.find(({ name }) => name === condition.column)?.written ?? ''),
  );
  if (loose !== undefined)
    return {
      why: `\`${loose.condition.column ?? ''}\` may be written in several ways that the database takes for one`,
    };
  const conditions = keysReplaced(file, query, chain, keys);
  if ('why' in conditions) return conditions;
  const places = keys.map(({ condition }) => placeOf(file, query, chain, condition));
  const replacements = [...conditions.replacements, ...stepsReplaced(chain)];
  for (const [index, place] of places.entries()) {
    if ('why' in place) return place;
    // The rows of a turn are told apart by the names of its columns where there are several.
    if (index > 0 && place.path !== keys[index]?.condition.column)
      return { why: `its rows have \`${keys[index]?.condition.column ?? ''}\` by another name` };
    if (place.added !== undefined) replacements.push(place.added);
  }
  const [first] = places;
  if (first === undefined || 'why' in first) return { why: 'it is not known where its rows have the key' };
  const added = places.some((place) => 'added' in place && place.added !== undefined);
  const fate = fateOfRows(file, query.call);
  if (added && fate.kind !== 'read')
    return { why: 'its rows would have the key, which they do not have now, and are handed on' };
  return {
    text: rewritten(file, query.call, replacements),
    imports: conditions.imports,
    keyOf: (row) => `${row}.${first.path}`,
  };
}

/** What becomes of the rows of a query, also where a pattern takes them out of the list. */
function fateOfRows(file: File, call: t.CallExpression): Fate {
  const { parent } = file.pathOf<t.Node>(call);
  if (!isNode(parent, 'AwaitExpression')) return { kind: 'handed on', at: call };
  const { parent: holder } = parent;
  if (!isNode(holder, 'VariableDeclarator') || holder.node.id.type !== 'ArrayPattern')
    return fateOfValue(file, parent.node);
  for (const element of holder.node.id.elements) {
    if (element === null) continue;
    if (element.type === 'ObjectPattern') {
      const rest = element.properties.find(({ type }) => type === 'RestElement');
      if (rest !== undefined) return { kind: 'handed on', at: rest };
      continue;
    }
    const binding = element.type === 'Identifier' ? bindingOf(file, element) : undefined;
    const fate: Fate = binding === undefined ? { kind: 'handed on', at: element } : fateOf(file, binding);
    if (fate.kind !== 'read') return fate;
  }
  return { kind: 'read' };
}

/** Where the rows of a query have the column of a condition. */
function placeOf(
  file: File,
  query: Query,
  chain: Chain,
  condition: Condition,
): Place | { readonly why: string } {
  const { column = '' } = condition;
  if (chain.first.name.startsWith('find')) {
    const columns = valueOf(chain.first.args[0], 'columns');
    if (columns?.type !== 'ObjectExpression') return { path: column };
    const own = valueOf(columns, column);
    if (own !== undefined)
      return own.type === 'BooleanLiteral' && own.value
        ? { path: column }
        : { why: `it leaves out \`${column}\`, which the rows are told apart by` };
    const isListed = query.selected !== undefined || columns.properties.length === 0;
    return isListed
      ? { path: column, added: propertyAdded(file, columns, `${column}: true`) }
      : { path: column };
  }
  const named = operatorCall(file, condition)?.arguments[0];
  const sources = sourcesOf(file, chain);
  return named?.type !== 'MemberExpression' || sources === undefined
    ? { why: `it is not known where its rows have \`${column}\`` }
    : placeInRows(file, chain, sources, named);
}

/** A query for one row as one for many. */
function stepsReplaced({ first, later }: Chain): readonly Replacement[] {
  const replacements: Replacement[] = [];
  if (first.name === 'findFirst') replacements.push({ at: methodNode(first.call), by: 'findMany' });
  for (const { name, call } of later) {
    if (name === 'get') replacements.push({ at: methodNode(call), by: 'all' });
    if (name !== 'limit' || call.callee.type !== 'MemberExpression') continue;
    const [, start] = spanOf(call.callee.object);
    const [, end] = spanOf(call);
    replacements.push({ at: { start, end }, by: '' });
  }
  return replacements;
}

/** `eq(column, key)` as `inArray(column, keys)`, for each of the keys. */
function keysReplaced(
  file: File,
  query: Query,
  chain: Chain,
  keys: readonly KeyList[],
):
  | { readonly replacements: readonly Replacement[]; readonly imports: readonly ImportRequest[] }
  | { readonly why: string } {
  const callback = callbackOf(file, query, chain);
  const replacements: Replacement[] = [];
  const imports = new Map<string, ImportRequest>();
  const given: t.Identifier[] = [];
  for (const { condition, list } of keys) {
    const call = operatorCall(file, condition);
    if (call === undefined) return { why: 'its conditions are not written where it is called' };
    const clash = callback?.params.flatMap(namesIn).find((name) => mentions(list, name));
    if (clash !== undefined) return { why: `\`${clash}\` is another thing in its condition` };
    replacements.push({ at: condition.value, by: list });
    const { callee } = call;
    // What has `eq` has `inArray`, too.
    if (callee.type === 'MemberExpression') replacements.push({ at: callee.property, by: 'inArray' });
    if (callee.type !== 'Identifier') continue;
    const known = importOf(bindingOf(file, callee));
    if (known === undefined) given.push(callee);
    else {
      const request = { from: known.from, name: 'inArray' };
      imports.set(known.from, request);
      replacements.push({ at: callee, by: file.ensureImport(request).local });
    }
  }
  const pattern = callback?.params[1];
  if (given.length > 0 && pattern?.type === 'ObjectPattern') {
    const operators = operatorsReplaced(file, pattern, given);
    replacements.push(...given.map((at) => ({ at, by: operators.local })), operators.replacement);
  }
  return { replacements, imports: [...imports.values()] };
}

/** The callback that says the condition of a relational query. */
function callbackOf(file: File, query: Query, { first }: Chain): Where['callback'] {
  const where = first.name.startsWith('find') ? valueOf(first.args[0], 'where') : undefined;
  return where === undefined ? undefined : whereOf(file, where, query.table, query.model)?.callback;
}

/** The names that a parameter declares. */
function namesIn(parameter: t.Node): readonly string[] {
  if (parameter.type === 'Identifier') return [parameter.name];
  if (parameter.type !== 'ObjectPattern') return [];
  return parameter.properties.flatMap((one) => (one.type === 'ObjectProperty' ? namesIn(one.value) : []));
}

/** Whether code has a name that is no property. */
const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text);

/** The operators that a callback takes, with `inArray` for uses of `eq` that go. */
function operatorsReplaced(
  file: File,
  pattern: t.ObjectPattern,
  gone: readonly t.Identifier[],
): { readonly local: string; readonly replacement: Replacement } {
  const own = pattern.properties.find((one) => nameOfKey(one) === 'inArray');
  const local =
    own?.type === 'ObjectProperty' && own.value.type === 'Identifier' ? own.value.name : 'inArray';
  const added = own === undefined ? ['inArray'] : [];
  return { local, replacement: operatorsLeft(file, pattern, gone, added) };
}

/** A pattern of operators without those of which every use is in `gone`, and with those in `added`. */
function operatorsLeft(
  file: File,
  pattern: t.ObjectPattern,
  gone: readonly t.Node[],
  added: readonly string[],
): Replacement {
  const left = pattern.properties.filter((one) => {
    if (one.type !== 'ObjectProperty' || one.value.type !== 'Identifier') return true;
    const reads = bindingOf(file, one.value)?.reads ?? [];
    return reads.length === 0 || !reads.every(({ node }) => gone.some((each) => contains(each, node)));
  });
  const texts = [...left.map((one) => file.textOf(one)), ...added];
  return { at: pattern, by: texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }` };
}

/** The rows of each key, counted: https://orm.drizzle.team/docs/select#aggregations */
function grouped(
  file: File,
  query: Query,
  { condition, list }: KeyList,
): (Written & { readonly countOf: (row: string) => string }) | { readonly why: string } {
  const chain = chainOf(query.call);
  const [table, where] = chain?.first.args ?? [];
  const { column } = condition;
  if (chain === undefined || table === undefined || where === undefined || column === undefined)
    return { why: 'its conditions are not written where it is called' };
  const replaced = keysReplaced(file, query, chain, [{ condition, list }]);
  if ('why' in replaced) return replaced;
  const key = `${file.textOf(table)}.${column}`;
  const plain: ImportRequest = { from: 'drizzle-orm', name: 'count' };
  // Variables are often called so, too.
  const request = file.ensureImport(plain).local === 'count' ? plain : { ...plain, as: 'countRows' };
  const count = file.ensureImport(request).local;
  const name = column === 'count' ? 'rows' : 'count';
  const lines = [
    file.textOf(chain.receiver),
    `.select({ ${column}: ${key}, ${name}: ${count}() })`,
    `.from(${file.textOf(table)})`,
    `.where(${rewritten(file, where, replaced.replacements)})`,
    `.groupBy(${key})`,
  ];
  const indent = indentAt(file.text, spanOf(query.call)[0]);
  return {
    text: lines.join(`\n${indent}${file.style.indent}`),
    imports: [request, ...replaced.imports],
    keyOf: (row) => `${row}.${column}`,
    countOf: (row) => `${row}.${name}`,
  };
}

// ---------------------------------------------------------------------------------------------------- relations

/**
 * Databases whose `with` was compared with `db.select()`, by the types of their clients. It takes the related rows through
 * JSON, which changes some values: https://orm.drizzle.team/docs/rqb
 */
const POSTGRES = /^(?:NodePg|Pglite)(?:Database|Transaction)\b|^PgTransaction<(?:NodePg|Pglite)/;

/** Whether a column has the same values where they come as JSON: not where they are numbers that are texts, or larger than any number. */
function isSameInJson({ type, written, isList }: Column): boolean {
  if (isList) return /^(?:integer|string)$/.test(type) && !LOOSE_TEXT.test(written);
  if (written.startsWith('timestamp('))
    return (
      !/…|\bmode:\s*['"`]string/.test(written) &&
      /^timestamp\((?:['"`][^'"`]*['"`](?:, )?)?(?:\{.*\})?\)$/.test(written)
    );
  return /^(?:integer|float|string|uuid|boolean|enum|json)$/.test(type) || written.startsWith('date(');
}

/** A column that a query loads and whose values JSON changes, as far as that is known. */
function changedByJson(child: Query): string | undefined {
  const { model, selected } = child;
  if (model === undefined) return '*';
  if (selected === undefined && model.unread.some((one) => /^(?:its columns|the column)\b/.test(one)))
    return '*';
  const loaded = selected ?? model.columns.map(({ name }) => name);
  return loaded.find((name) => {
    const column = model.columns.find((one) => one.name === name);
    return column === undefined || !isSameInJson(column);
  });
}

/** The client that a query is asked of, as it is written: `db` of `db.query.users.findMany()` and of `db.select()`. */
function clientOf({ first, receiver }: Chain): t.Node {
  if (!first.name.startsWith('find') || receiver.type !== 'MemberExpression') return receiver;
  return receiver.object.type === 'MemberExpression' ? receiver.object.object : receiver;
}

/** Whether two expressions, such as `db` and `this.db`, stand for one client. */
function isSameClient(file: File, one: t.Node, other: t.Node): boolean {
  if (file.textOf(one) !== file.textOf(other)) return false;
  const rootOf = (node: t.Node): t.Node => (node.type === 'MemberExpression' ? rootOf(node.object) : node);
  const [first, second] = [rootOf(one), rootOf(other)];
  if (first.type === 'ThisExpression') return second.type === 'ThisExpression';
  return (
    first.type === 'Identifier' &&
    second.type === 'Identifier' &&
    bindingOf(file, first) === bindingOf(file, second)
  );
}

/** Takes a condition out of what a query asks for: the rest of its conditions, or nothing. */
function withoutKey(
  file: File,
  where: Pick<Where, 'said' | 'callback'>,
  key: Condition,
): { readonly left: string | undefined } {
  const call = operatorCall(file, key);
  if (call === undefined || call === where.said) return { left: undefined };
  const { parent } = file.pathOf<t.Node>(call);
  if (!isNode(parent, 'CallExpression')) return { left: undefined };
  const others = parent.node.arguments.filter((one) => one !== call);
  const [only, ...more] = others;
  if (only === undefined) return { left: undefined };
  const isAlone = more.length === 0;
  const replacement: Replacement = isAlone
    ? { at: parent.node, by: file.textOf(only) }
    : argumentRemoved(parent.node, call);
  const said = rewritten(file, where.said, [replacement]);
  const pattern = where.callback?.params[1];
  if (where.callback === undefined) return { left: said };
  const gone = isAlone ? [parent.node.callee, call] : [call];
  const replacements: Replacement[] = [{ at: where.said, by: said }];
  if (pattern?.type === 'ObjectPattern') replacements.push(operatorsLeft(file, pattern, gone, []));
  return { left: rewritten(file, where.callback, replacements) };
}

function argumentRemoved({ arguments: args }: t.CallExpression, gone: t.Node): Replacement {
  const index = args.findIndex((one) => one === gone);
  const next = args[index + 1];
  const before = args[index - 1];
  const [start, end] = spanOf(gone);
  if (next !== undefined) return { at: { start, end: spanOf(next)[0] }, by: '' };
  return { at: { start: before === undefined ? start : spanOf(before)[1], end }, by: '' };
}

/** What `with` says of a relation so that it loads what a query of the turns asks for. */
function included(file: File, { child, key }: EagerLoad): string | { readonly why: string } {
  const chain = child === undefined ? undefined : chainOf(child.call);
  if (child === undefined || key === undefined || chain === undefined) return { why: 'it is no query' };
  return chain.first.name.startsWith('find')
    ? includedOptions(file, chain, child, key)
    : includedSelect(file, chain, key);
}

/** Relations to one row take neither conditions nor an order: https://orm.drizzle.team/docs/rqb */
const ONE_ROW = 'a relation to one row takes no further conditions';

function includedOptions(
  file: File,
  { first }: Chain,
  child: Query,
  key: Condition,
): string | { readonly why: string } {
  const [options] = first.args;
  const property = propertyOf(options, 'where');
  const where = property === undefined ? undefined : whereOf(file, property.value, child.table, child.model);
  if (options?.type !== 'ObjectExpression' || property === undefined || where === undefined)
    return { why: 'its options are not written where it is called' };
  if (propertyOf(options, 'extras') !== undefined) return { why: 'what it computes would come as JSON' };
  const { left } = withoutKey(file, where, key);
  if (child.gives === 'one' && (left !== undefined || child.isOrdered)) return { why: ONE_ROW };
  if (left !== undefined) return rewritten(file, options, [{ at: property.value, by: left }]);
  return options.properties.length === 1
    ? 'true'
    : rewritten(file, options, [propertyRemoved(options, property)]);
}

function includedSelect(file: File, chain: Chain, key: Condition): string | { readonly why: string } {
  const { first, later } = chain;
  const selection = selectionOf(first);
  const where = later.find(({ name }) => name === 'where')?.args[0];
  if (first.name !== 'select' || where === undefined)
    return { why: `\`with\` has no form of \`${first.name}\`` };
  const options: string[] = [];
  if (selection !== undefined) {
    const names = selection.type === 'ObjectExpression' ? keysOf(selection) : undefined;
    const isPlain = names?.every((name) => lastName(valueOf(selection, name)) === name) === true;
    if (!isPlain) return { why: '`with` gives columns no other names' };
    options.push(`columns: { ${names.map((name) => `${name}: true`).join(', ')} }`);
  }
  const { left } = withoutKey(file, { said: where, callback: undefined }, key);
  if (left !== undefined) options.push(`where: ${left}`);
  const order = later.find(({ name }) => name === 'orderBy')?.args.map((one) => file.textOf(one)) ?? [];
  if (order.length > 0)
    options.push(`orderBy: ${order.length === 1 ? order.join() : `[${order.join(', ')}]`}`);
  return options.length === 0 ? 'true' : `{ ${options.join(', ')} }`;
}

/** The properties of `with` that load relations. */
function loadsWritten(
  file: File,
  client: t.Node,
  loads: readonly EagerLoad[],
): { readonly texts: readonly string[] } | { readonly why: string } {
  const texts: string[] = [];
  for (const load of loads) {
    const { child, relation } = load;
    const own = child === undefined ? undefined : chainOf(child.call);
    if (child === undefined || own === undefined || !isSameClient(file, client, clientOf(own)))
      return { why: 'the query in the loop is asked of another client' };
    const changed = changedByJson(child);
    if (changed !== undefined)
      return { why: `values of \`${changed}\` would come as JSON, which may change them` };
    const value = included(file, load);
    if (typeof value !== 'string') return value;
    texts.push(`${relation.name}: ${dedented(file, value, child.call)}`);
  }
  return { texts };
}

/** A text of several lines without the indentation that its last line has. */
function dedented(file: File, text: string, call: t.CallExpression): string {
  const indent = indentAt(file.text, spanOf(call)[1] - 1);
  return text
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

const indented = (text: string, indent: string): string => text.replaceAll('\n', `\n${indent}`);

/** The longest line that is not broken up. */
const LONGEST = 100;

/** An object with each property on a line of its own. `indent`: that of the line which it begins on. */
function spreadOver(file: File, properties: readonly string[], indent: string): string {
  const { indent: step, trailingComma } = file.style;
  const lines = properties.map((one) => `\n${indent}${step}${one}`).join(',');
  return `{${lines}${trailingComma ? ',' : ''}\n${indent}}`;
}

/** `with` with some relations, in one line where it fits. `indent`: that of the line which it stands on. */
function withWritten(file: File, texts: readonly string[], indent: string): string {
  const line = `with: { ${texts.join(', ')} }`;
  if (!line.includes('\n') && indent.length + line.length < LONGEST) return line;
  const inner = indent + file.style.indent;
  return `with: ${spreadOver(
    file,
    texts.map((text) => indented(text, inner)),
    indent,
  )}`;
}

/** Adds relations to those that `with` loads already. */
function relationsAdded(file: File, place: t.ObjectExpression, texts: readonly string[]): Replacement {
  const [first] = place.properties;
  const indent = indentAt(file.text, spanOf(first ?? place)[0]);
  return propertyAdded(file, place, texts.map((text) => indented(text, indent)).join(', '));
}

/** Adds `with` to the options of a query, which are spread over lines where it needs several. */
function optionAdded(
  file: File,
  call: t.CallExpression,
  options: t.ObjectExpression | undefined,
  texts: readonly string[],
): Replacement {
  const [start, end] = spanOf(call);
  const outer = indentAt(file.text, options === undefined ? end - 1 : spanOf(options)[0]);
  const added = withWritten(file, texts, outer + file.style.indent);
  if (options !== undefined && file.textOf(options).includes('\n'))
    return propertyAppended(file, options, added);
  const all = [...(options?.properties.map((one) => file.textOf(one)) ?? []), added];
  const length = lineEnd(file.text, end) - lineStart(file.text, start) + added.length;
  const isShort = !added.includes('\n') && length <= LONGEST;
  return {
    at: options ?? { start: end - 1, end: end - 1 },
    by: isShort ? `{ ${all.join(', ')} }` : spreadOver(file, all, outer),
  };
}

function eager(
  file: File,
  parent: Query,
  loads: readonly EagerLoad[],
): WrittenLoads | { readonly why: string } {
  const chain = chainOf(parent.call);
  if (chain?.first.name !== 'findMany') return { why: 'only `db.query` loads relations' };
  const client = clientOf(chain);
  if (!POSTGRES.test(file.facts.typeOf(file.path, client).text))
    return { why: 'it is not known how its database gives related rows' };
  const [options] = chain.first.args;
  if (options !== undefined && options.type !== 'ObjectExpression')
    return { why: 'the options of the first query are not written where it is called' };
  const written = loadsWritten(file, client, loads);
  if ('why' in written) return written;
  const place = valueOf(options, 'with');
  const known = place === undefined ? [] : keysOf(place);
  if (known === undefined || (place !== undefined && place.type !== 'ObjectExpression'))
    return { why: 'what the first query loads is not written where it is called' };
  const names = [...known, ...loads.map(({ relation }) => relation.name)];
  if (new Set(names).size < names.length)
    return { why: 'a relation would be loaded twice, perhaps with other rows' };
  const { at, by } =
    place?.type === 'ObjectExpression'
      ? relationsAdded(file, place, written.texts)
      : optionAdded(file, chain.first.call, options, written.texts);
  return {
    replacements: [{ at, by: by.replace(/\r?\n/g, file.style.eol) }],
    imports: [],
    reads: loads.map(({ relation }) => (row: string) => {
      const value = `${row}.${relation.name}`;
      // `findFirst` gives undefined where `with` gives null.
      return relation.kind === 'one' ? `${value} ?? undefined` : value;
    }),
    evidence: whyRelated(file, parent, loads),
    isShared: false,
  };
}

/** What is so of rows that come with their relations. */
function whyRelated(file: File, parent: Query, loads: readonly EagerLoad[]): readonly Evidence[] {
  const names = loads.map(({ relation }) => `\`${relation.name}\``).join(' and ');
  const site = file.siteOf(parent.call);
  const known = assumed(
    `\`drizzle\` is given the relations of \`${parent.table}\`, ${names} among them`,
    parent.model?.seenAt ?? site,
  );
  return parent.isOrdered
    ? [known]
    : [
        known,
        assumed(
          `The order of the rows of \`${parent.table}\` does not matter: the query asks for none, and a join may change it`,
          site,
        ),
      ];
}

// ---------------------------------------------------------------------------------------------------- values

/** What each key of a query is limited by where that is less than `mostKeys`: https://developers.cloudflare.com/d1/platform/limits/ */
function* whyRowsAgree(file: File, { call, conditions }: Query): Generator<Evidence> {
  const chain = chainOf(call);
  if (chain === undefined || !/^DrizzleD1Database\b/.test(file.facts.typeOf(file.path, clientOf(chain)).text))
    return;
  const columns = [...new Set(conditions.map(({ column }) => `\`${column ?? ''}\``))].join(' and ');
  yield assumed(
    `There are at most 100 different values of ${columns}, as many as D1 takes in one query`,
    file.siteOf(call),
  );
}

/** https://orm.drizzle.team/docs/column-types/pg; texts of decimals compare otherwise in JavaScript, and objects do not compare. */
const JAVASCRIPT: { readonly [K in ColumnType]?: 'number' | 'string' | 'bigint' | 'boolean' } = {
  integer: 'number',
  bigint: 'bigint',
  string: 'string',
  uuid: 'string',
  enum: 'string',
  boolean: 'boolean',
};

export const DRIZZLE: Dialect = {
  orm: 'drizzle',
  methods: /^(?:select|selectDistinct|selectDistinctOn|findMany|findFirst|\$count|execute)$/,
  read,
  batched,
  grouped,
  eager,
  whyRowsAgree,
  javaScriptOf: (type) => JAVASCRIPT[type],
  // SQLite takes the fewest parameters: https://www.sqlite.org/limits.html#max_variable_number
  mostKeys: 32_766,
  // `inArray` of no values is `false`: https://github.com/drizzle-team/drizzle-orm/releases/tag/0.32.1
  takesNoKeys: () => true,
};
