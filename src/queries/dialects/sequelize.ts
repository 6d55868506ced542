import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { Column, ColumnType, Model, Relation } from '../../facts/orm/schema.ts';
import type { DatabaseCall } from '../../facts/effects/effect.ts';
import { spanOf } from '../../edits/edit.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import { eolOf } from '../../syntax/lines.ts';
import { contains, nodesIn, short, varyingName } from '../keys.ts';
import { walksAround, type RowLoop } from '../loops.ts';
import {
  keysOf,
  methodNode,
  methodOf,
  nameOfKey,
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

// How a query is written

/** The finders of models: https://sequelize.org/docs/v6/core-concepts/model-querying-finders/ */
const FINDERS: Readonly<Record<string, Query['gives']>> = {
  findAll: 'many',
  findOne: 'one',
  findByPk: 'one',
  findAndCountAll: 'many',
  count: 'count',
  sum: 'count',
  min: 'count',
  max: 'count',
};

/** Methods of rows that the associations of their model give them: `getAuthor`, `countPosts`, `$get` of sequelize-typescript. */
const OF_ROW = /^(?:(?:get|count)[A-Z]\w*|\$(?:get|count))$/;

/** The object of options of a finder; undefined where it is given none. */
const optionsOf = (call: t.CallExpression): t.Node | undefined =>
  call.arguments[methodOf(call) === 'findByPk' ? 1 : 0];

const isNothing = (node: t.Node | undefined): boolean =>
  node === undefined || (node.type === 'Identifier' && node.name === 'undefined');

/** Whether an expression is an operator of the package: `Op.eq`, `Sequelize.Op.or`. */
const operatorOf = (file: File, key: t.Node): string | undefined =>
  /^(?:[\w$]+\.)*Op\.(\w+)$/.exec(file.textOf(key))?.[1];

/** Calls that stand for a piece of SQL: https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#querying-json */
const IS_SQL = /^(?:[\w$]+\.)*(?:literal|fn|col|cast|where|json)$/;
const HAS_SQL = /\b(?:literal|fn|col|cast|where|json)\(|['"`]\$\w/;

/** What a value of a condition compares with: https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#operators */
function compare(file: File, value: t.Node): Pick<Condition, 'operator' | 'value'> {
  if (value.type === 'ArrayExpression') return { operator: 'in', value };
  if (value.type === 'CallExpression' && IS_SQL.test(file.textOf(value.callee)))
    return { operator: 'other', value };
  if (value.type !== 'ObjectExpression') return { operator: 'equals', value };
  const [only, ...more] = value.properties;
  if (only?.type !== 'ObjectProperty' || !only.computed || more.length > 0)
    return { operator: 'other', value };
  const operator = operatorOf(file, only.key);
  if (operator === 'eq') return { operator: 'equals', value: only.value };
  return operator === 'in' ? { operator: 'in', value: only.value } : { operator: 'other', value };
}

/** The conditions in `where`, all of which must be met. */
function conditionsOf(file: File, where: t.Node | undefined): Pick<Query, 'conditions' | 'unread'> {
  if (isNothing(where)) return { conditions: [], unread: undefined };
  if (where?.type !== 'ObjectExpression')
    return { conditions: [], unread: 'its conditions are not written as an object where it is called' };
  const conditions: Condition[] = [];
  for (const property of where.properties) {
    if (property.type !== 'ObjectProperty')
      return { conditions, unread: 'one of its conditions is spread or a method' };
    const { value } = property;
    const name = nameOfKey(property);
    if (name === undefined && operatorOf(file, property.key) === undefined)
      return { conditions, unread: `its condition on \`${short(file.textOf(property.key))}\` is computed` };
    // `$author.name$` and `meta.size` are no columns of the table.
    const isColumn = name !== undefined && /^[\p{L}_]\w*$/u.test(name);
    conditions.push(
      isColumn ? { column: name, ...compare(file, value) } : { column: undefined, operator: 'other', value },
    );
  }
  return { conditions, unread: undefined };
}

/** What follows a name that is bound once: `AUTHOR_COLUMNS` of `const AUTHOR_COLUMNS = ['id', 'name']`. */
function literalOf(file: File, node: t.Node): t.Node {
  if (node.type === 'TSAsExpression') return literalOf(file, node.expression);
  if (node.type !== 'Identifier') return node;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(node), node.name);
  if (binding?.kind !== 'const' || !isNode(binding.declaration, 'VariableDeclarator')) return node;
  const { id, init } = binding.declaration.node;
  return id.type === 'Identifier' && init != null && init.type !== 'Identifier'
    ? literalOf(file, init)
    : node;
}

/** Which columns `attributes` asks for. */
type Selection =
  | { readonly kind: 'all' }
  /** `aliases`: names that rows have for what other columns hold. */
  | { readonly kind: 'some'; readonly names: readonly string[]; readonly aliases: readonly string[] }
  | { readonly kind: 'all but'; readonly names: readonly string[] }
  | { readonly kind: 'unread' };

/** The name in `['size', 'length']`. */
function aliasIn(element: t.Node | null): string | undefined {
  if (element?.type !== 'ArrayExpression' || element.elements.length !== 2) return undefined;
  const [column, alias] = element.elements;
  return column?.type === 'StringLiteral' && alias?.type === 'StringLiteral' ? alias.value : undefined;
}

/** The columns that a list names, and its aliases; undefined where it has more than these. */
function selectedIn(
  file: File,
  list: t.Node,
): { readonly names: readonly string[]; readonly aliases: readonly string[] } | undefined {
  const literal = literalOf(file, list);
  if (literal.type !== 'ArrayExpression') return undefined;
  const names = literal.elements.flatMap((one) => (one?.type === 'StringLiteral' ? [one.value] : []));
  const aliases = literal.elements.flatMap((one) => aliasIn(one) ?? []);
  return names.length + aliases.length === literal.elements.length ? { names, aliases } : undefined;
}

/** https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#specifying-attributes-for-select-queries */
function selectionOf(file: File, options: t.Node | undefined): Selection {
  const attributes = valueOf(options, 'attributes');
  if (isNothing(attributes) || attributes === undefined) return { kind: 'all' };
  const some = selectedIn(file, attributes);
  if (some !== undefined) return { kind: 'some', ...some };
  const [key, ...more] = keysOf(attributes) ?? [];
  const excluded = key === 'exclude' && more.length === 0 ? valueOf(attributes, key) : undefined;
  const left = excluded === undefined ? undefined : selectedIn(file, excluded);
  return left === undefined || left.aliases.length > 0
    ? { kind: 'unread' }
    : { kind: 'all but', names: left.names };
}

/** Options that change neither which rows are found nor how many, and may stay. https://sequelize.org/api/v6/class/src/model.js~model#static-method-findAll */
const HARMLESS =
  /^(?:where|attributes|order|transaction|raw|nest|paranoid|logging|benchmark|useMaster|include|hooks|rejectOnEmpty)$/;
const HARMLESS_FOR_COUNT = /^(?:where|transaction|paranoid|logging|benchmark|useMaster|hooks)$/;
const LIMIT = /^(?:limit|offset)$/;

const isTrue = (node: t.Node | undefined): boolean => node?.type === 'BooleanLiteral' && node.value;
const isFalse = (node: t.Node | undefined): boolean => node?.type === 'BooleanLiteral' && !node.value;

/** Why a finder is not understood, one clause each. */
function* whyUnread(file: File, call: t.CallExpression, gives: Query['gives']): Generator<string> {
  const method = methodOf(call) ?? '';
  if (method === 'findAndCountAll') yield 'it gives rows and their number together';
  if (/^(?:sum|min|max)$/.test(method))
    yield `it computes over the rows of one turn; by hand: ask for \`fn('${method.toUpperCase()}', …)\` of all keys at once, in groups`;
  const options = optionsOf(call);
  if (isNothing(options) || options === undefined) return;
  const keys = keysOf(options);
  if (keys === undefined) yield 'its options are not written where it is called';
  const harmless = gives === 'count' ? HARMLESS_FOR_COUNT : HARMLESS;
  const odd = keys?.find((key) => !harmless.test(key) && !LIMIT.test(key));
  if (odd !== undefined) yield `its option \`${odd}\` is not understood`;
  if (gives === 'count') return;
  if (selectionOf(file, options).kind === 'unread') yield 'its `attributes` are more than names of columns';
  if (givesJoinedRows(options)) yield 'it gives one raw row for each row that is joined';
  const refused = valueOf(options, 'rejectOnEmpty');
  if (gives === 'many' && refused !== undefined && !isFalse(refused))
    yield 'its option `rejectOnEmpty` refuses each turn without rows';
}

/** Whether a row comes once for each row that is joined to it. */
function givesJoinedRows(options: t.Node | undefined): boolean {
  const raw = valueOf(options, 'raw');
  return raw !== undefined && !isFalse(raw) && valueOf(options, 'include') !== undefined;
}

// What it asks

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The model of a call: a class may be called `ApiKey`, and its model `apiKey`. */
const modelOf = (file: File, name: string): Model | undefined =>
  [name, lowerFirst(name), upperFirst(name)]
    .map((one) => file.facts.modelOf(file.path, 'sequelize', one))
    .find((one) => one !== undefined);

/** The names that the tables which a call looks at may go by in other calls. */
const namesOf = (tables: readonly string[]): readonly string[] => [
  ...new Set(tables.flatMap((one) => [one, lowerFirst(one), upperFirst(one)])),
];

function read(file: File, path: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const { node: call } = path;
  const method = methodOf(call);
  if (method === undefined || known.writes.some((one) => !known.reads.includes(one))) return undefined;
  if (method === 'query') return known.writes.length === 0 ? sqlQuery(file, call, known) : undefined;
  const gives = Object.hasOwn(FINDERS, method) ? FINDERS[method] : undefined;
  if (gives === undefined) return OF_ROW.test(method) ? queryOfRow(file, path, known) : undefined;
  const model = modelOf(file, known.table);
  const options = optionsOf(call);
  const [why] = whyUnread(file, call, gives);
  const { conditions, unread } =
    method === 'findByPk'
      ? conditionOnKey(call, model, known.table)
      : conditionsOf(file, valueOf(options, 'where'));
  const selection = selectionOf(file, options);
  const limit = (options === undefined ? [] : (keysOf(options) ?? [])).find((key) => LIMIT.test(key));
  const refused = valueOf(options, 'rejectOnEmpty');
  return {
    orm: 'sequelize',
    call,
    method,
    table: known.table,
    model,
    gives,
    missing: refused === undefined || isFalse(refused) ? 'null' : 'throws',
    conditions,
    unread: whyLocked(known) ?? why ?? unread,
    selected: selection.kind === 'some' ? selection.names : undefined,
    derived: givesJoinedRows(options) ? 'it gives one raw row for each row that is joined' : undefined,
    isOrdered: valueOf(options, 'order') !== undefined || isOrderedByScope(call, model),
    limit: limit === undefined ? undefined : `its option \`${limit}\` limits the rows`,
    nullKey: method === 'findByPk' ? 'none' : nullKeyOf(file, call, { conditions, model }),
    reads: namesOf(known.reads),
  };
}

/** A lock counts as a write of what is read. */
const whyLocked = ({ writes }: DatabaseCall): string | undefined =>
  writes.length === 0 ? undefined : 'it locks the rows that it reads';

/** A query of a kind that is only told about. */
const told = (
  call: t.CallExpression,
  known: DatabaseCall,
  about: Pick<Query, 'gives' | 'unread' | 'reads'>,
): Query => ({
  orm: 'sequelize',
  call,
  method: methodOf(call) ?? '',
  table: known.table,
  model: undefined,
  missing: 'null',
  conditions: [],
  selected: undefined,
  isOrdered: false,
  limit: undefined,
  nullKey: 'none',
  ...about,
});

function sqlQuery(file: File, call: t.CallExpression, known: DatabaseCall): Query | undefined {
  const [text] = call.arguments;
  if (text === undefined) return undefined;
  return told(call, known, {
    gives: 'many',
    unread: `it is SQL: \`${short(file.textOf(text))}\`; by hand: compare with a list of all keys, \`IN (:ids)\`, before the loop`,
    reads: namesOf(known.reads),
  });
}

/** The condition of `findByPk`, which takes the first column of the primary key. */
function conditionOnKey(
  call: t.CallExpression,
  model: Model | undefined,
  table: string,
): Pick<Query, 'conditions' | 'unread'> {
  const [value] = call.arguments;
  const [column, ...more] = model?.primaryKey ?? [];
  if (value === undefined || value.type === 'SpreadElement')
    return { conditions: [], unread: 'its key is not written where it is called' };
  if (column === undefined || more.length > 0)
    return { conditions: [], unread: `the primary key of \`${table}\` is not known, or has several columns` };
  return { conditions: [{ column, operator: 'equals', value }], unread: undefined };
}

/** The walks over lists around a call. */
const rowLoopsAround = (file: File, call: t.Node): readonly RowLoop[] =>
  walksAround(file, file.pathOf<t.Node>(call)).filter((one): one is RowLoop => 'list' in one);

/** The column of rows of a query that an expression in a turn reads: `post.authorId`, `{ authorId }`, `posts[i].authorId`. */
function columnRead(file: File, value: t.Node, walks: readonly RowLoop[]): Column | undefined {
  for (const walk of walks) {
    const name = elementProperty(file, value, walk);
    const rows = name === undefined ? undefined : rowsOf(file, walk.list)?.query;
    if (rows === undefined || name === undefined) continue;
    const column = rows.model?.columns.find((one) => one.name === name);
    const isThere = rows.selected === undefined ? column?.isHidden === false : rows.selected.includes(name);
    if (column !== undefined && isThere && !rows.model?.virtuals.includes(name)) return column;
  }
  return undefined;
}

/** The property of the element of a walk that an expression is. */
function elementProperty(file: File, value: t.Node, { element, list, index }: RowLoop): string | undefined {
  if (value.type === 'Identifier' && element?.type === 'ObjectPattern') {
    const property = element.properties.find(
      (one) =>
        one.type === 'ObjectProperty' && one.value.type === 'Identifier' && one.value.name === value.name,
    );
    return property === undefined ? undefined : nameOfKey(property);
  }
  if (value.type !== 'MemberExpression' || value.computed || value.property.type !== 'Identifier')
    return undefined;
  const of = file.textOf(value.object);
  const isElement =
    (element?.type === 'Identifier' && of === element.name) ||
    (index !== undefined && of === `${file.textOf(list)}[${index}]`);
  return isElement ? value.property.name : undefined;
}

/** What a null or undefined key does: https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#applying-where-clauses */
function nullKeyOf(
  file: File,
  call: t.CallExpression,
  { conditions, model }: Pick<Query, 'conditions' | 'model'>,
): Query['nullKey'] {
  const walks = rowLoopsAround(file, call);
  const keys = conditions.filter(({ value }) =>
    walks.some((walk) => varyingName(file, value, walk) !== undefined),
  );
  const isNullable = ({ column }: Condition): boolean =>
    model?.columns.find(({ name }) => name === column)?.isNullable !== false;
  // `null` becomes `IS NULL`, and `undefined` is refused.
  if (keys.some(isNullable)) return 'null-rows';
  return keys.every(({ value }) => isNeverUndefined(file, value, walks)) ? 'none' : 'throws';
}

function isNeverUndefined(file: File, value: t.Node, walks: readonly RowLoop[]): boolean {
  if (columnRead(file, value, walks) !== undefined) return true;
  if (!isTyped(file)) return false;
  const { kinds } = file.facts.typeOf(file.path, value);
  return !kinds.has('undefined') && !kinds.has('unknown');
}

// What belongs to rows

const getterOf = ({ name }: Relation): string => `get${upperFirst(name)}`;
const counterOf = ({ name }: Relation): string => `count${upperFirst(name)}`;

/** The relation that a method of a row is about: `author` of `getAuthor()` and of `$get('author')`. */
function relationOf(call: t.CallExpression, model: Model | undefined): Relation | undefined {
  const method = methodOf(call);
  const [first] = call.arguments;
  if (method?.startsWith('$') === true)
    return model?.relations.find(({ name }) => first?.type === 'StringLiteral' && first.value === name);
  return model?.relations.find((one) => getterOf(one) === method || counterOf(one) === method);
}

/** Whether a walk over the rows of a query gives a row. */
const isRowOfQuery = (file: File, row: t.Node, call: t.CallExpression): boolean =>
  row.type === 'Identifier' &&
  rowLoopsAround(file, call).some(
    ({ element, list }) =>
      element?.type === 'Identifier' && element.name === row.name && rowsOf(file, list) !== undefined,
  );

/** A relation that is counted, or loaded for a row that no walk over the rows of a query gives. */
function queryOfRow(
  file: File,
  { node: call }: Path<t.CallExpression>,
  known: DatabaseCall,
): Query | undefined {
  const method = methodOf(call) ?? '';
  const relation = relationOf(call, modelOf(file, known.table));
  if (relation === undefined || call.callee.type !== 'MemberExpression') return undefined;
  const reads = namesOf(relation.through === undefined ? [relation.model] : [relation.model, '*']);
  if (/^\$?count/.test(method)) {
    const [column = ''] = relation.to;
    const way =
      relation.through === undefined
        ? `; by hand: \`${relation.model}.count({ where: { ${column}: ids }, group: ['${column}'] })\` before the loop`
        : '';
    return told(call, known, {
      gives: 'count',
      unread: `it counts the \`${relation.name}\` of one row${way}`,
      reads,
    });
  }
  if (method.startsWith('get') && isRowOfQuery(file, call.callee.object, call)) return undefined;
  return told(call, known, {
    gives: relation.kind,
    unread: `it loads the \`${relation.name}\` of one row; by hand: include \`${relation.name}\` where the row is asked for`,
    reads,
  });
}

/** https://sequelize.org/docs/v6/core-concepts/assocs/#special-methodsmixins-added-to-instances */
function relationCall(file: File, path: Path<t.Expression>): RelationCall | undefined {
  const { node: call } = path;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const method = methodOf(call);
  if (method === undefined || !/^(?:get[A-Z]|\$get$)/.test(method)) return undefined;
  const known = file.facts.databaseCallOf(file.path, call);
  if (known?.database !== 'sequelize') return undefined;
  const relation = relationOf(call, modelOf(file, known.table));
  if (relation === undefined) return undefined;
  const options = call.arguments[method === '$get' ? 1 : 0];
  return {
    row: call.callee.object as t.Expression,
    relation: relation.name,
    gives: 'rows',
    unread: isNothing(options)
      ? undefined
      : `\`${method}\` is told more than which row: \`${short(file.textOf(options ?? call))}\`; by hand: tell \`include\` the same where the rows are asked for`,
  };
}

// What the query for all keys is

/** The text of a condition on a column: `{ id: ids }`. */
const conditionText = (column: string, list: string): string =>
  column === list ? column : `${column}: ${list}`;

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | { readonly why: string } {
  const { call, method } = query;
  const column = keys[0]?.condition.column;
  if (column === undefined) return { why: `there is no form of \`${method}\` for many keys` };
  const replacements: Replacement[] = [{ at: methodNode(call), by: 'findAll' }];
  for (const key of keys) replacements.push(...keyReplaced(file, call, key));
  for (const { condition } of keys) {
    const added = columnAdded(file, query, condition.column ?? '');
    if ('why' in added) return added;
    replacements.push(...added.replacements);
  }
  return { text: rewritten(file, call, replacements), imports: [], keyOf: (row) => `${row}.${column}` };
}

/** A list of values where one value was compared: https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#shorthand-syntax-for-opin */
function keyReplaced(
  file: File,
  call: t.CallExpression,
  { condition: { value, column = '' }, list }: KeyList,
): readonly Replacement[] {
  const [key, options] = call.arguments;
  if (key === value) {
    const where = `where: { ${conditionText(column, list)} }`;
    if (options?.type !== 'ObjectExpression' || options.properties.length === 0) {
      const [start] = spanOf(value);
      const [, end] = spanOf(options ?? value);
      return [{ at: { start, end }, by: `{ ${where} }` }];
    }
    const [start] = spanOf(value);
    const [end] = spanOf(options);
    return [{ at: { start, end }, by: '' }, propertyAdded(file, options, where)];
  }
  const { parent } = file.pathOf(value);
  if (isNode(parent, 'ObjectProperty') && parent.node.computed) {
    // `{ [Op.eq]: x }` becomes `{ [Op.in]: xs }`.
    const operator = file.textOf(parent.node.key).replace(/\w+$/, 'in');
    return [{ at: parent.node, by: `[${operator}]: ${list}` }];
  }
  return [valueReplaced(file, value, list)];
}

/** Adds a column to those that are asked for, where it is not among them. */
function columnAdded(
  file: File,
  { call, model }: Query,
  column: string,
): { readonly replacements: readonly Replacement[] } | { readonly why: string } {
  const options = optionsOf(call);
  const selection = selectionOf(file, options);
  const why = { why: `it leaves out \`${column}\`, which the rows are told apart by` };
  if (selection.kind === 'all but') return selection.names.includes(column) ? why : { replacements: [] };
  if (selection.kind === 'all')
    return model?.columns.find(({ name }) => name === column)?.isHidden === true && !isUnscoped(call)
      ? why
      : { replacements: [] };
  if (selection.kind === 'unread' || selection.aliases.includes(column)) return why;
  if (selection.names.includes(column)) return { replacements: [] };
  const attributes = valueOf(options, 'attributes');
  if (attributes?.type !== 'ArrayExpression') return why;
  const last = attributes.elements.at(-1);
  if (last == null) return { replacements: [{ at: attributes, by: `['${column}']` }] };
  const [from, end] = spanOf(last);
  const quote = file.text.charAt(from) === '"' ? '"' : "'";
  return { replacements: [{ at: { start: end, end }, by: `, ${quote}${column}${quote}` }] };
}

/** `propertyAppended` with the line ends of the file. */
function appended(file: File, object: t.ObjectExpression, property: string): Replacement {
  const { at, by } = propertyAppended(file, object, property);
  return { at, by: by.replace(/\r?\n/g, eolOf(file.text, spanOf(object)[0]) ?? '\n') };
}

/** Types whose values a query of groups, whose rows are raw, gives as the rows of a model do. */
const GROUPED: ReadonlySet<ColumnType> = new Set(['integer', 'bigint', 'string', 'uuid', 'enum']);

/** Databases that know no names of the selection in `GROUP BY`. */
const KNOWS_NO_ALIAS = ['tedious', 'mssql', 'oracledb', 'ibm_db'];

/** https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#grouping */
function grouped(file: File, query: Query, key: KeyList) {
  const { call, model } = query;
  const { column } = key.condition;
  const options = optionsOf(call);
  if (column === undefined || options?.type !== 'ObjectExpression')
    return { why: 'its options are not written where it is called' };
  if (column === 'count') return { why: 'the number of rows would have the name of the column' };
  const declared = model?.columns.find(({ name }) => name === column);
  if (declared !== undefined && !GROUPED.has(declared.type))
    return { why: `a query of groups may give \`${column}\` in another form than rows do` };
  const { dependencies } = file.facts.packageOf(file.path);
  if (declared?.column !== column && KNOWS_NO_ALIAS.some((one) => dependencies.has(one)))
    return { why: `the database may not know \`${column}\` by that name where it makes groups` };
  const replacements = [...keyReplaced(file, call, key), appended(file, options, `group: ['${column}']`)];
  return {
    text: rewritten(file, call, replacements),
    imports: [],
    keyOf: (row: string) => `${row}.${column}`,
    // Older versions give a text here: https://sequelize.org/api/v6/class/src/model.js~model#static-method-count
    countOf: (row: string) => `Number(${row}.count)`,
  };
}

// What is so of the rows of one query for all keys

/** The calls before the finder: `scope('active')` of `User.scope('active').findAll()`. */
function receiversOf(call: t.CallExpression): readonly t.CallExpression[] {
  const found: t.CallExpression[] = [];
  for (let at: t.Node = call; at.type === 'CallExpression' && at.callee.type === 'MemberExpression';) {
    at = at.callee.object;
    if (at.type === 'CallExpression') found.push(at);
  }
  return found;
}

/** Whether the default scope of the model does not apply: https://sequelize.org/docs/v6/other-topics/scopes/ */
const isUnscoped = (call: t.CallExpression): boolean =>
  receiversOf(call).some((one) => /^(?:unscoped|scope|withScope|withoutScope)$/.test(methodOf(one) ?? ''));

/** The scopes that a call names. */
const namedScopesOf = (call: t.CallExpression): readonly t.Node[] =>
  receiversOf(call)
    .filter((one) => /^(?:scope|withScope)$/.test(methodOf(one) ?? ''))
    .flatMap((one) => one.arguments)
    .filter((one) => one.type !== 'NullLiteral');

const isOrderedByScope = (call: t.CallExpression, model: Model | undefined): boolean =>
  !isUnscoped(call) && /\border\s*:\s*\[/.test(model?.defaultScope ?? '');

const FIND_HOOK = /^(?:beforeFind|beforeFindAfterExpandIncludeAll|beforeFindAfterOptions|afterFind)$/;

const findHooksOf = (model: Model | undefined): readonly string[] =>
  (model?.hooks ?? []).filter((one) => FIND_HOOK.test(one));

function* whyRowsAgree(file: File, query: Query): Generator<Evidence> {
  if (query.unread !== undefined) return;
  const walks = rowLoopsAround(file, query.call);
  const keys = query.conditions.filter(
    ({ column, value }) =>
      column !== undefined && walks.some((walk) => varyingName(file, value, walk) !== undefined),
  );
  yield* whyHooksAgree(file, query);
  yield* whyScopesAgree(file, query);
  for (const key of keys) yield* whyValuesAgree(file, query, key, walks);
  yield* whyIncludesAgree(file, query);
  const [unread] = query.model?.unread ?? [];
  if (unread !== undefined)
    yield assumed(
      `What is not understood of \`${query.table}\` changes nothing here: ${unread}`,
      query.model?.seenAt,
    );
}

/** Hooks run once for all turns now: https://sequelize.org/docs/v6/other-topics/hooks/ */
function* whyHooksAgree(file: File, { call, gives, table, model }: Query): Generator<Evidence> {
  if (isFalse(valueOf(optionsOf(call), 'hooks'))) return;
  const hooks =
    gives === 'count' ? (model?.hooks ?? []).filter((one) => one === 'beforeCount') : findHooksOf(model);
  for (const hook of hooks) {
    if (hook === 'afterFind' && gives === 'one')
      yield fails(
        `The hook \`afterFind\` of \`${table}\` is handed one row in each turn, and would be handed a list`,
        model?.seenAt,
      );
    else
      yield assumed(
        `The hook \`${hook}\` of \`${table}\` does for all turns at once what it does in each`,
        model?.seenAt ?? file.siteOf(call),
      );
  }
}

/** What a scope may have that one query for all turns would do to all of them together. */
const SCOPE_TROUBLE = /\b(limit|offset|group|having|raw|plain|rejectOnEmpty|distinct)\b\s*[:,}(]/;

function* whyScopesAgree(file: File, { call, table, model }: Query): Generator<Evidence> {
  for (const scope of namedScopesOf(call))
    yield assumed(
      `The scope \`${short(file.textOf(scope))}\` of \`${table}\` limits and groups no rows, and leaves no column out`,
      model?.seenAt,
    );
  const scope = model?.defaultScope;
  if (scope === undefined || isUnscoped(call)) return;
  const trouble = SCOPE_TROUBLE.exec(scope)?.[1];
  if (trouble !== undefined)
    yield fails(
      `The default scope of \`${table}\` has \`${trouble}\`, which one query for all turns would do once`,
      model?.seenAt,
    );
  else if (!scope.startsWith('{') || /\.\.\.|\binclude\b/.test(scope))
    yield assumed(
      `The default scope of \`${table}\` does to all rows what it does to those of one turn`,
      model?.seenAt,
    );
  else
    yield holds(
      `The default scope of \`${table}\` applies to the one query as it does in each turn`,
      model?.seenAt,
    );
}

/** Types that a database compares by less than what is written, by how the model writes them. */
const LOOSE = /\b(?:CITEXT|INET|CIDR|MACADDR)\b/;
const PADDED = /\b(?:CHAR|DATEONLY|TIME)\b/;

function* whyValuesAgree(
  file: File,
  { model }: Query,
  { column, value }: Condition,
  walks: readonly RowLoop[],
): Generator<Evidence> {
  const declared = model?.columns.find(({ name }) => name === column);
  if (declared === undefined || JAVASCRIPT[declared.type] === undefined) return;
  const site = file.siteOf(value);
  const text = short(file.textOf(value));
  if (model?.virtuals.includes(declared.name) === true)
    yield fails(
      `\`${declared.name}\` has a getter, which may give another value than the table has`,
      model.seenAt,
    );
  if (LOOSE.test(declared.written))
    yield fails(
      `\`${declared.name}\` is \`${declared.written}\`, whose values JavaScript does not compare as the database does`,
      site,
    );
  const from = columnRead(file, value, walks);
  const isSame = from !== undefined && from.type === declared.type && from.written === declared.written;
  if (PADDED.test(declared.written) && !isSame)
    yield assumed(
      `\`${text}\` is written as rows have it: \`${declared.name}\` is \`${declared.written}\``,
      site,
    );
  if (declared.type === 'bigint' && !isSame)
    yield assumed(
      `\`${text}\` is written as rows have it: the database takes \`007\` for \`7\`, and whether rows have big numbers as texts depends on it`,
      site,
    );
}

/** Whether the related rows that an element of `include` adds come in an order of their own, or are at most one. */
function isOrderless(element: t.Node | null, model: Model | undefined): boolean {
  if (isTrue(valueOf(element, 'separate'))) return true;
  const named =
    element?.type === 'StringLiteral' ? element : (valueOf(element, 'association') ?? valueOf(element, 'as'));
  const name = named?.type === 'StringLiteral' ? named.value : undefined;
  return (
    model?.relations.find((one) => one.name === name)?.kind === 'one' &&
    valueOf(element, 'include') === undefined
  );
}

function* whyIncludesAgree(file: File, { call, model }: Query): Generator<Evidence> {
  const include = valueOf(optionsOf(call), 'include');
  if (include === undefined) return;
  const elements = include.type === 'ArrayExpression' ? include.elements : [include];
  if (!elements.every((one) => isOrderless(one, model)))
    yield assumed(
      'The order of the rows that `include` adds does not matter: joined rows have none',
      file.siteOf(include),
    );
}

// Relations loaded with the rows

/** Options of the first query under which its rows, and what they include, are the same beside an `include` more. */
const PLAIN_PARENT = /^(?:where|order|attributes|transaction|logging|benchmark|include|limit|offset)$/;

/** Why relations are not loaded with the rows of a query, whatever the relations. */
function whyNotWithRows(file: File, { call, method, table, model }: Query): string | undefined {
  const [options, ...more] = call.arguments;
  if (method !== 'findAll' || more.length > 0) return `\`${method}\` of the first query is not understood`;
  if (isNothing(options) ? options !== undefined : options?.type !== 'ObjectExpression')
    return 'the options of the first query are not written where it is called';
  if (selectionOf(file, options).kind === 'unread') return 'the first query asks for more than columns';
  const odd = options === undefined ? undefined : keysOf(options)?.find((key) => !PLAIN_PARENT.test(key));
  if (odd !== undefined)
    return `the option \`${odd}\` of the first query would be about the related rows too`;
  if (receiversOf(call).length > 0)
    return 'the first query is asked in a scope, or of a model that is computed';
  return whyNotPlain(model, table);
}

/** Why the rows of a model may be others where they are included. */
function whyNotPlain(model: Model | undefined, table: string): string | undefined {
  if (model === undefined) return `what \`${table}\` is declared as is not known`;
  if (model.defaultScope !== undefined)
    return `\`${table}\` has a default scope, which works otherwise in an \`include\``;
  const [hook] = findHooksOf(model);
  if (hook !== undefined)
    return `\`${table}\` has the hook \`${hook}\`, which does not run for what is included`;
  const [unread] = model.unread;
  return unread === undefined
    ? undefined
    : `not all that \`${table}\` is declared as is understood: ${unread}`;
}

/** Why the rows of one relation are not loaded with the rows of `parent`. */
function whyNotLoaded(file: File, parent: Query, load: EagerLoad): string | undefined {
  const { relation, child } = load;
  const target = modelOf(file, relation.model);
  const why = whyNotPlain(target, relation.model);
  if (why !== undefined || target === undefined) return why;
  const { name } = relation;
  if (relation.through !== undefined)
    return `rows of \`${name}\` would have those of \`${relation.through}\` with them, and come in another order; by hand: include \`${name}\` with \`through: { attributes: [] }\` and an \`order\``;
  if (relation.isFiltered)
    return `a scope of the association \`${name}\` decides too which rows belong to it`;
  const [from, to] = [columnOf(parent.model, relation.from), columnOf(target, relation.to)];
  if (
    from === undefined ||
    to === undefined ||
    from.type !== to.type ||
    !/^(?:integer|bigint|uuid)$/.test(to.type)
  )
    return `\`${relation.from.join()}\` and \`${relation.to.join()}\`, which \`${name}\` joins, are not known to be numbers or UUIDs of one type`;
  if (parent.selected !== undefined && !parent.selected.includes(from.name))
    return `the first query leaves out \`${from.name}\``;
  const options = optionsOf(parent.call);
  if (
    optionText(file, options, 'transaction') !==
    optionText(file, child === undefined ? undefined : optionsOf(child.call), 'transaction')
  )
    return 'the two queries do not run in the same transaction';
  if (child !== undefined && receiversOf(child.call).length > 0)
    return 'it is asked in a scope, or of a model that is computed';
  return relation.kind === 'one'
    ? whyNotJoined(file, parent, target, relation)
    : isUnique(parent.model, [from.name])
      ? undefined
      : `several rows of \`${parent.table}\` may have the same \`${from.name}\`, and would share one list`;
}

const columnOf = (model: Model | undefined, [name, ...more]: readonly string[]): Column | undefined =>
  more.length > 0 ? undefined : model?.columns.find((one) => one.name === name);

/** The text of the value of an option. */
const optionText = (file: File, options: t.Node | undefined, name: string): string | undefined => {
  const value = valueOf(options, name);
  return value === undefined ? undefined : file.textOf(value);
};

const isUnique = (model: Model | undefined, columns: readonly string[]): boolean =>
  [model?.primaryKey ?? [], ...(model?.uniques ?? [])].some(
    (set) => set.length > 0 && set.every((one) => columns.includes(one)),
  );

/** How long a name can be: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const LONGEST_NAME = 63;

/** Why one row is not joined to each row: a join may change the order of rows, and find several of them. */
function whyNotJoined(file: File, parent: Query, target: Model, relation: Relation): string | undefined {
  const options = optionsOf(parent.call);
  if (!isUnique(target, relation.to))
    return `several rows of \`${relation.model}\` may have the same \`${relation.to.join()}\`, and each would be joined`;
  const limit = options === undefined ? undefined : keysOf(options)?.find((key) => LIMIT.test(key));
  if (limit !== undefined)
    return `the first query has a \`${limit}\`, which a join may have another meaning for`;
  if (valueOf(options, 'include') !== undefined)
    return 'the first query joins other rows, whose order one more join may change';
  if (
    HAS_SQL.test(optionText(file, options, 'where') ?? '') ||
    conditionsOf(file, valueOf(options, 'where')).unread !== undefined
  )
    return 'the conditions of the first query may name columns that both tables have';
  if (!isInFullOrder(valueOf(options, 'order'), parent.model))
    return `the first query does not say in which order all its rows come, and a join may change it`;
  const long = target.columns.find(({ name }) => `${relation.name}.${name}`.length > LONGEST_NAME);
  if (long !== undefined)
    return `\`${relation.name}.${long.name}\`, as a joined column is called, is longer than names in databases are`;
  const json = target.columns.find(({ type }) => type === 'json');
  return json === undefined
    ? undefined
    : `\`${json.name}\` of \`${relation.model}\` is JSON, which some databases give as a text where it is joined`;
}

/** Whether `order` names columns that no two rows have the same values of. */
function isInFullOrder(order: t.Node | undefined, model: Model | undefined): boolean {
  if (order?.type !== 'ArrayExpression') return false;
  const names = order.elements.map((one) => {
    if (one?.type === 'StringLiteral') return one.value;
    if (one?.type !== 'ArrayExpression' || one.elements.length > 2) return undefined;
    const [column, direction] = one.elements;
    const isPlain =
      column?.type === 'StringLiteral' && (direction === undefined || direction?.type === 'StringLiteral');
    return isPlain ? column.value : undefined;
  });
  if (!names.every((one) => one !== undefined)) return false;
  const stored = names.filter((one) =>
    model?.columns.some(({ name, isNullable }) => name === one && isNullable === false),
  );
  return names.every((one) => model?.columns.some(({ name }) => name === one)) && isUnique(model, stored);
}

/** A text of several lines on one. */
const onOneLine = (written: string): string =>
  written
    .replace(/,?\s*\n\s*([\])])/g, '$1')
    .replace(/,?\s*\n\s*\}/g, ' }')
    .replace(/([[(])\s*\n\s*/g, '$1')
    .replace(/\s*\n\s*/g, ' ');

/** Why what an option has beside the key is not the same where the first query is: it is declared or set later, or computed. */
function whyNotEarlier(
  file: File,
  option: t.Node,
  key: Condition,
  first: t.CallExpression,
): string | undefined {
  for (const path of nodesIn(file, option)) {
    const { node } = path;
    if (contains(key.value, node)) continue;
    const isSql = isNode(path, 'CallExpression') && IS_SQL.test(file.textOf(path.node.callee));
    if (COMPUTES.test(node.type) && !isSql)
      return `\`${short(file.textOf(node))}\` is computed where it is asked, and not where the first query is`;
    const binding = isNode(path, 'Identifier') ? file.scopes.lookup(path, path.node.name) : undefined;
    if (binding === undefined || contains(option, binding.identifier.node)) continue;
    const places = [binding.identifier, ...binding.writes].map(({ node: place }) => place.start ?? 0);
    if (places.some((start) => start > (first.start ?? 0)))
      return `\`${binding.name}\` is set only after the first query`;
  }
  return undefined;
}

const COMPUTES =
  /^(?:CallExpression|OptionalCallExpression|NewExpression|AwaitExpression|YieldExpression|\w*Function\w*|AssignmentExpression|UpdateExpression|TaggedTemplateExpression)$/;

/** What a query of related rows asks for, as an element of `include`, or why it is not one. */
function included(
  file: File,
  parent: Query,
  { relation, child, key }: EagerLoad,
): string | { readonly why: string } {
  const isMany = relation.kind === 'many';
  const parts = [`association: '${relation.name}'`, ...(isMany ? ['separate: true'] : [])];
  const options = child === undefined ? undefined : optionsOf(child.call);
  const properties = options?.type === 'ObjectExpression' ? options.properties : [];
  for (const property of properties) {
    const name = nameOfKey(property);
    if (property.type !== 'ObjectProperty' || name === undefined)
      return { why: 'its options are not written where it is called' };
    if (name === 'transaction') continue;
    const why = key === undefined ? undefined : whyNotEarlier(file, property.value, key, parent.call);
    if (why !== undefined) return { why };
    if (/\n/.test(file.textOf(property)) && /\/[/*]|`/.test(file.textOf(property)))
      return { why: `its option \`${name}\` has comments or texts of several lines` };
    if (/^(?:include|order)$/.test(name) && isMany) parts.push(onOneLine(file.textOf(property)));
    else if (name === 'attributes') {
      if (
        child?.selected === undefined ||
        !relation.to.every((one) => child.selected?.includes(one)) ||
        (!isMany && !hasKey(file, child))
      )
        return { why: 'the columns that it asks for would be others' };
      parts.push(onOneLine(file.textOf(property)));
    } else if (name === 'where' && key !== undefined) {
      const others = otherConditions(file, property.value, key);
      if (others === undefined || (others !== '' && !isMany))
        return {
          why: `its other conditions are not those of a relation to ${isMany ? 'many rows' : 'one row'}`,
        };
      if (others !== '') parts.push(`where: { ${others} }`);
    } else return { why: `its option \`${name}\` has no place in an \`include\`` };
  }
  return parts.length === 1 ? `'${relation.name}'` : `{ ${parts.join(', ')} }`;
}

/** Whether a query asks for the primary key, which is asked for where it is included. */
const hasKey = (file: File, { call, model }: Query): boolean => {
  const selection = selectionOf(file, optionsOf(call));
  return (
    selection.kind === 'some' &&
    model !== undefined &&
    model.primaryKey.length > 0 &&
    model.primaryKey.every((one) => selection.names.includes(one))
  );
};

/** The text of the conditions in `where` without the one that a relation takes the place of. */
function otherConditions(file: File, where: t.Node, key: Condition): string | undefined {
  if (where.type !== 'ObjectExpression') return undefined;
  const others = where.properties.filter((one) => !contains(one, key.value));
  if (others.length !== where.properties.length - 1) return undefined;
  return others.map((one) => onOneLine(file.textOf(one))).join(', ');
}

/** Whether an element of `include` may be the relation already. */
function mayBeIncluded(element: t.Node | null, relation: Relation): boolean {
  const named =
    element?.type === 'StringLiteral' ? element : (valueOf(element, 'association') ?? valueOf(element, 'as'));
  return named?.type !== 'StringLiteral' || named.value === relation.name;
}

/** https://sequelize.org/docs/v6/advanced-association-concepts/eager-loading/ */
function eager(
  file: File,
  parent: Query,
  loads: readonly EagerLoad[],
): WrittenLoads | { readonly why: string } {
  const why = whyNotWithRows(file, parent);
  if (why !== undefined) return { why };
  const [options] = parent.call.arguments;
  const include = valueOf(options, 'include');
  if (include !== undefined && include.type !== 'ArrayExpression')
    return { why: 'what the first query includes is not written as a list' };
  const elements = new Map<string, string>();
  for (const load of loads) {
    if (isTyped(file) && load.child !== undefined)
      return {
        why: `whether the class of \`${parent.table}\` declares \`${load.relation.name}\` is not known`,
      };
    const whyNot = whyNotLoaded(file, parent, load);
    if (whyNot !== undefined) return { why: whyNot };
    if (include?.elements.some((one) => mayBeIncluded(one, load.relation)) === true)
      return { why: 'the first query may load the relation already' };
    const element = included(file, parent, load);
    if (typeof element !== 'string') return element;
    if ((elements.get(load.relation.name) ?? element) !== element)
      return { why: `\`${load.relation.name}\` is asked for in two ways` };
    elements.set(load.relation.name, element);
  }
  return {
    replacements: [includeAdded(file, parent.call, [...elements.values()].join(', '))],
    imports: [],
    reads: loads.map(
      ({ relation }) =>
        (row: string) =>
          `${row}.${relation.name}${isTyped(file) ? '!' : ''}`,
    ),
    evidence: loads.map(({ relation }) => whyEqual(file, parent, relation)),
    // Two queries of a turn for the same rows become one list.
    isShared: elements.size < loads.length,
  };
}

function whyEqual(file: File, parent: Query, { name, kind, to, model }: Relation): Evidence {
  if (isTyped(file))
    return assumed(`The class of \`${parent.table}\` declares \`${name}\``, parent.model?.seenAt);
  return kind === 'many'
    ? holds(
        `\`${name}\` is asked for by a query of its own, so that it comes in the order of the query in the turn`,
      )
    : holds(
        `No two rows of \`${model}\` have the same \`${to.join()}\`, and the first query says in which order its rows come`,
      );
}

/** Adds elements to the `include` of a call. */
function includeAdded(file: File, call: t.CallExpression, elements: string): Replacement {
  const [options] = call.arguments;
  const [, end] = spanOf(call);
  if (options?.type !== 'ObjectExpression')
    return { at: { start: end - 1, end: end - 1 }, by: `{ include: [${elements}] }` };
  const include = propertyOf(options, 'include')?.value;
  if (include?.type !== 'ArrayExpression') return appended(file, options, `include: [${elements}]`);
  const last = include.elements.at(-1);
  if (last == null) return { at: include, by: `[${elements}]` };
  const [, after] = spanOf(last);
  return { at: { start: after, end: after }, by: `, ${elements}` };
}

/** https://sequelize.org/docs/v6/other-topics/other-data-types/: BIGINT is a text; DECIMAL too, in which `1.5` is not `1.50`. */
const JAVASCRIPT: { readonly [K in ColumnType]?: 'number' | 'string' | 'boolean' } = {
  integer: 'number',
  bigint: 'string',
  string: 'string',
  uuid: 'string',
  enum: 'string',
  boolean: 'boolean',
};

export const SEQUELIZE: Dialect = {
  orm: 'sequelize',
  methods:
    /^(?:findAll|findOne|findByPk|findAndCountAll|count|sum|min|max|query|(?:get|count)[A-Z]\w*|\$(?:get|count))$/,
  read,
  batched,
  grouped,
  eager,
  relationCall,
  whyRowsAgree,
  javaScriptOf: (type) => JAVASCRIPT[type],
  // Values are written into the statement, and are no parameters of it.
  mostKeys: undefined,
  // `IN (NULL)` is asked then, which finds nothing.
  takesNoKeys: () => true,
};
