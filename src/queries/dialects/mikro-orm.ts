import { spanOf } from '../../edits/edit.ts';
import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { DatabaseCall } from '../../facts/effects/effect.ts';
import type { Column, ColumnType, Model, Relation } from '../../facts/orm/schema.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import { eolOf, indentAt } from '../../syntax/lines.ts';
import { styleOf } from '../../syntax/style.ts';
import { contains, nodesIn, short } from '../keys.ts';
import { walksAround } from '../loops.ts';
import { keysOf, methodNode, methodOf, nameOfKey, rewritten, valueOf, valueReplaced } from '../objects.ts';
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
import { isTyped } from '../values.ts';

interface Refusal {
  readonly why: string;
}

// Models

/**
 * A model with the columns that hold the keys of its relations, which are properties of no row: a row has `author`, and that has
 * its `id` before it is loaded too. Where such a column is compared with a key, the rows that are found have it.
 * https://mikro-orm.io/docs/6.6/entity-references
 */
function modelNamed(file: File, name: string): Model | undefined {
  const model = file.facts.modelOf(file.path, 'mikro-orm', name);
  if (model === undefined) return undefined;
  const keys = model.relations.flatMap((relation) =>
    isOwner(model, relation) ? [keyColumn(file, relation)] : [],
  );
  return { ...model, columns: [...model.columns, ...keys].map(withOwnType) };
}

/** Whether the key of a relation is one column of the model's own table that is no property. */
const isOwner = ({ columns }: Model, { kind, from, to, through }: Relation): boolean =>
  kind === 'one' &&
  through === undefined &&
  from.length === 1 &&
  to.length === 1 &&
  !columns.some(({ name }) => name === from[0]);

function keyColumn(file: File, { from: [name = ''], to: [key], model }: Relation): Column {
  const target = file.facts.modelOf(file.path, 'mikro-orm', model)?.columns.find((one) => one.name === key);
  return {
    name,
    column: name,
    type: target?.type ?? 'unknown',
    written: target?.written ?? '',
    isNullable: false,
    isList: false,
    isHidden: false,
  };
}

/** `new BigIntType('string')` says what a bigint is in JavaScript: https://mikro-orm.io/docs/6.6/custom-types#biginttype */
function withOwnType(column: Column): Column {
  if (column.type !== 'bigint') return column;
  if (/['"]string['"]/.test(column.written)) return { ...column, type: 'string' };
  return /['"]number['"]/.test(column.written) ? { ...column, type: 'integer' } : column;
}

const columnOf = (model: Model | undefined, name: string | undefined): Column | undefined =>
  model?.columns.find((one) => one.name === name);

/** The relation whose key a column is, where rows have no property for the column. */
const relationOf = (model: Model | undefined, column: string | undefined): Relation | undefined =>
  model?.relations.find(
    ({ kind, from, to, through }) =>
      kind === 'one' &&
      through === undefined &&
      from.length === 1 &&
      from[0] === column &&
      to.length === 1 &&
      !model.primaryKey.includes(column ?? ''),
  );

/** How a row's value of a column is read. The key of a relation that may be null is there in rows that were found by it. */
function readFrom(file: File, model: Model | undefined, column: string): (row: string) => string {
  const relation = relationOf(model, column);
  if (relation === undefined) return (row) => `${row}.${column}`;
  const mark = isTyped(file) ? '!' : '';
  return (row) => `${row}.${relation.name}${mark}.${relation.to[0] ?? 'id'}`;
}

/** The property that queries call a column by. */
const propertyFor = (model: Model | undefined, column: string): string =>
  relationOf(model, column)?.name ?? column;

// How a query is read

/** What the methods of entity managers and repositories give: https://mikro-orm.io/docs/6.6/entity-manager */
const FINDERS: Readonly<Record<string, Query['gives']>> = {
  find: 'many',
  findAll: 'many',
  findOne: 'one',
  findOneOrFail: 'one',
  count: 'count',
};

const BUILT: readonly [gives: Query['gives'], why: string] = [
  'many',
  'it is made by a query builder; by hand: ask for the rows of all turns by `$in`',
];

/** Methods that ask in a way of their own: what they give, and why they are not asked once for all turns. */
const OTHERS: Readonly<Record<string, readonly [gives: Query['gives'], why: string]>> = {
  findAndCount: [
    'many',
    'it gives rows and their number together; by hand: ask for both in queries of their own',
  ],
  findByCursor: ['many', 'it gives one page of rows'],
  matching: [
    'many',
    'it asks for a part of what one row leads to; by hand: ask for those of all rows by `$in`',
  ],
  loadCount: ['count', 'it counts what one row leads to; by hand: count for all rows in one query'],
  getResult: BUILT,
  getResultList: BUILT,
  getSingleResult: BUILT,
  getCount: ['count', 'it is made by a query builder; by hand: group by the key, and count for all turns'],
  execute: ['many', 'it is SQL, which is not read; by hand: ask for the rows of all turns by `IN`'],
};

/** Options that change neither which rows are found nor how many: https://mikro-orm.io/api/6.6/core/interface/FindOptions */
const HARMLESS =
  /^(?:where|populate|populateFilter|fields|orderBy|strategy|filters|ctx|schema|flushMode|connectionType|comments|hintComments|logging|loggerContext|indexHint)$/;
const LIMITS = /^(?:limit|offset)$/;

/** Whether a call is told the entity first, as those of a manager are. */
const isToldEntity = ([first]: t.CallExpression['arguments'], table: string): boolean =>
  (first?.type === 'Identifier' && (first.name === table || /^[A-Z]/.test(first.name))) ||
  first?.type === 'StringLiteral';

/** The conditions and the options of a finder. */
function argumentsOf({ arguments: args }: t.CallExpression, method: string, table: string) {
  const [first, second] = isToldEntity(args, table) ? args.slice(1) : args;
  return method === 'findAll'
    ? { where: valueOf(first, 'where'), options: first }
    : { where: first, options: second };
}

function read(file: File, { node: call }: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const method = methodOf(call);
  if (method === undefined || (method === 'execute' && known.writes.length > 0)) return undefined;
  const [odd, why] = OTHERS[method] ?? [];
  const gives = FINDERS[method] ?? odd;
  if (gives === undefined) return undefined;
  const model = modelNamed(file, known.table);
  const { where, options } = argumentsOf(call, method, known.table);
  const { conditions, unread } = why === undefined ? conditionsOf(file, where, model, method) : nothing(why);
  const limit = ['limit', 'offset'].find((name) => valueOf(options, name) !== undefined);
  const order = valueOf(options, 'orderBy');
  const isByKey = where !== undefined && where.type !== 'ObjectExpression';
  return {
    orm: 'mikro-orm',
    call,
    method,
    table: known.table,
    model,
    gives,
    missing: method.endsWith('OrFail') ? 'throws' : 'null',
    conditions,
    unread: unread ?? whyUnknown(file, known, model, isByKey) ?? whyOptionsUnread(options, method),
    selected: selectedIn(valueOf(options, 'fields'), model),
    derived: why === undefined ? undefined : `\`${method}\` does not only give rows of its table`,
    isOrdered: order !== undefined && !(order.type === 'ObjectExpression' && order.properties.length === 0),
    limit: limit === undefined ? undefined : `its option \`${limit}\` limits the rows`,
    nullKey: isByKey ? (gives === 'one' ? 'throws' : 'any-row') : nullKeyOf(conditions, model),
    reads: known.reads,
  };
}

const nothing = (unread: string): Pick<Query, 'conditions' | 'unread'> => ({ conditions: [], unread });

/** Why too little is known of the entity. */
function whyUnknown(
  file: File,
  known: DatabaseCall,
  model: Model | undefined,
  isByKey: boolean,
): string | undefined {
  if (known.writes.length > 0) return 'it locks the rows that it finds';
  if (file.facts.packageOf(file.path).dependencies.has('@mikro-orm/mongodb'))
    return 'keys of documents are objects, of which each is equal only to itself';
  if (model === undefined)
    return isByKey && known.table !== '*'
      ? undefined
      : `what is declared of ${known.table === '*' ? 'its entity' : `\`${known.table}\``} is not known, so that a condition may be on a relation`;
  return model.unread.find((one) => /primary key/.test(one)) === undefined
    ? undefined
    : `the primary key of \`${known.table}\` is not known`;
}

/** Why the options of a finder are not all understood. */
function whyOptionsUnread(options: t.Node | undefined, method: string): string | undefined {
  if (options === undefined) return undefined;
  if (options.type !== 'ObjectExpression') return 'its options are not written where it is called';
  const names = keysOf(options);
  if (names === undefined) return 'its options are spread or computed';
  const odd = names.find((name) => !HARMLESS.test(name) && !LIMITS.test(name));
  if (odd !== undefined) return `its option \`${odd}\` is not understood`;
  if (method === 'count' && names.length > 0) return 'it counts with options';
  const fields = valueOf(options, 'fields');
  return fields === undefined || textsIn(fields)?.every((one) => /^\w+$/.test(one)) === true
    ? undefined
    : 'the columns that it selects are not all its own, or not written where it is called';
}

/** The texts in a list of texts. */
function textsIn(node: t.Node | undefined): readonly string[] | undefined {
  if (node?.type !== 'ArrayExpression') return undefined;
  const texts = node.elements.map((one) => (one?.type === 'StringLiteral' ? one.value : undefined));
  return texts.every((one) => one !== undefined) ? texts : undefined;
}

/** The columns that `fields` selects: the primary key is always among them. https://mikro-orm.io/docs/6.6/entity-manager#partial-loading */
function selectedIn(fields: t.Node | undefined, model: Model | undefined): readonly string[] | undefined {
  const names = textsIn(fields);
  if (names === undefined) return undefined;
  const columns = names.map((name) => ownRelation(model, name)?.from[0] ?? name);
  return [...new Set([...(model?.primaryKey ?? ['id']), ...columns])];
}

/** The relation of that name, where the model's own table has its key in one column. */
function ownRelation(model: Model | undefined, name: string | undefined): Relation | undefined {
  const relation = model?.relations.find((one) => one.name === name);
  return relation !== undefined && relationOf(model, relation.from[0]) === relation ? relation : undefined;
}

/** `null` and `undefined` are both compared with as `IS NULL`. A column that is never null finds nothing then. */
const nullKeyOf = (conditions: readonly Condition[], model: Model | undefined): Query['nullKey'] =>
  conditions.every(({ column }) => column !== undefined && model?.primaryKey.includes(column))
    ? 'none'
    : 'null-rows';

// Conditions

function conditionsOf(
  file: File,
  where: t.Node | undefined,
  model: Model | undefined,
  method: string,
): Pick<Query, 'conditions' | 'unread'> {
  if (where === undefined) return { conditions: [], unread: undefined };
  if (where.type !== 'ObjectExpression') return conditionOnKey(file, where, model, method);
  const conditions: Condition[] = [];
  for (const property of where.properties) {
    const name = nameOfKey(property);
    if (property.type !== 'ObjectProperty' || name === undefined)
      return { conditions, unread: 'one of its conditions is spread, computed or a method' };
    const found = conditionAt(file, name, property.value, model);
    if ('why' in found) return { conditions, unread: found.why };
    conditions.push(found);
  }
  return { conditions, unread: undefined };
}

/** `em.findOne(User, id)`: https://mikro-orm.io/docs/6.6/entity-manager#fetching-entities-with-entitymanager */
function conditionOnKey(
  file: File,
  value: t.Node,
  model: Model | undefined,
  method: string,
): Pick<Query, 'conditions' | 'unread'> {
  const [column, ...more] = model?.primaryKey ?? ['id'];
  if (column === undefined || more.length > 0 || !method.startsWith('findOne') || !isKey(file, value))
    return nothing('its conditions are not written where it is called');
  if (relationOf(model, column) !== undefined) return nothing('its primary key is that of another row');
  return { conditions: [{ column, operator: 'equals', value }], unread: undefined };
}

const ENTITY =
  'it compares with an object, which may be a row; by hand: compare with its primary key, as in `{ author: user.id }`';

/** The condition that one property of `where` is: https://mikro-orm.io/docs/6.6/query-conditions */
function conditionAt(file: File, name: string, value: t.Node, model: Model | undefined): Condition | Refusal {
  const relation = ownRelation(model, name);
  if (relation === undefined) {
    const isColumn = model === undefined || columnOf(model, name) !== undefined;
    return isColumn ? { column: name, ...compared(value) } : { column: undefined, operator: 'other', value };
  }
  const [column] = relation.from;
  const inner = keyIn(relation, value);
  const comparison = compared(inner ?? value);
  if (comparison.operator === 'equals' && !isKey(file, comparison.value)) return { why: ENTITY };
  return { column, ...comparison };
}

/** `{ author: { id: x } }` is a condition on the key that the row holds. */
function keyIn({ to: [key = ''] }: Relation, value: t.Node): t.Node | undefined {
  const names = keysOf(value) ?? [];
  return names.length === 1 ? valueOf(value, key) : undefined;
}

/** What a value of a condition compares with. */
function compared(value: t.Node): Pick<Condition, 'operator' | 'value'> {
  if (value.type === 'ArrayExpression') return { operator: 'in', value };
  if (value.type !== 'ObjectExpression') return { operator: 'equals', value };
  const [name] = keysOf(value) ?? [];
  const only = value.properties.length === 1 && name !== undefined ? valueOf(value, name) : undefined;
  if (only !== undefined && name === '$eq') return { operator: 'equals', value: only };
  return only !== undefined && name === '$in'
    ? { operator: 'in', value: only }
    : { operator: 'other', value };
}

/** Whether a value is a key, and neither a row nor other conditions: by its type, or by its name where that tells nothing. */
function isKey(file: File, value: t.Node): boolean {
  if (value.type.endsWith('Literal')) return true;
  const { kinds } = file.facts.typeOf(file.path, value);
  if (isTyped(file) && kinds.size > 0 && !kinds.has('unknown'))
    return [...kinds].every((kind) => /^(?:number|string|bigint|boolean|null|undefined)$/.test(kind));
  return /(?:^|[._$])(?:id|pk|uuid|key)!?$|[a-z\d](?:Id|ID|Uuid|Key)!?$|^(?:String|Number|BigInt)\(/.test(
    file.textOf(value),
  );
}

// One query for all keys

/** What a method's form for many rows is called. */
const BATCHED: Readonly<Record<string, string>> = { find: 'find', findAll: 'findAll', findOne: 'find' };

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | Refusal {
  const { call, method, model } = query;
  const form = BATCHED[method];
  const [first, ...others] = keys;
  const column = first?.condition.column;
  if (form === undefined || column === undefined)
    return { why: `there is no form of \`${method}\` for many keys` };
  const odd = others.find(({ condition }) => relationOf(model, condition.column) !== undefined);
  if (odd !== undefined)
    return {
      why: `rows have \`${odd.condition.column ?? ''}\` in what they lead to; by hand: ask by it first`,
    };
  const hidden = keys.find(({ condition }) => columnOf(model, condition.column)?.isHidden === true);
  if (hidden !== undefined)
    return { why: `\`${hidden.condition.column ?? ''}\` is lazy, so that rows come without it` };
  return {
    text: rewritten(file, call, [
      { at: methodNode(call), by: form },
      ...keys.map((key) => keyReplaced(file, query, key)),
      ...fieldsAdded(query, keys),
    ]),
    imports: [],
    keyOf: readFrom(file, model, column),
  };
}

/** `{ id: x }` becomes `{ id: { $in: ids } }`, and so does `x` alone. */
function keyReplaced(file: File, { call, model }: Query, { condition, list }: KeyList): Replacement {
  const { value, column = 'id' } = condition;
  if (call.arguments.some((one) => one === value))
    return { at: value, by: `{ ${propertyFor(model, column)}: { $in: ${list} } }` };
  const { parent } = file.pathOf(value);
  const isEquals = parent?.node.type === 'ObjectProperty' && nameOfKey(parent.node) === '$eq';
  return isEquals ? { at: parent.node, by: `$in: ${list}` } : valueReplaced(file, value, `{ $in: ${list} }`);
}

/** The columns of keys that `fields` does not name, added to it. */
function fieldsAdded(
  { call, method, table, model, selected }: Query,
  keys: readonly KeyList[],
): readonly Replacement[] {
  const fields = valueOf(argumentsOf(call, method, table).options, 'fields');
  const missing = keys.flatMap(({ condition: { column } }) =>
    column === undefined || selected?.includes(column) !== false ? [] : [propertyFor(model, column)],
  );
  if (fields?.type !== 'ArrayExpression' || missing.length === 0) return [];
  const last = fields.elements.at(-1);
  const at = last == null ? (fields.start ?? 0) + 1 : spanOf(last)[1];
  const texts = missing.map((one) => `'${one}'`).join(', ');
  return [{ at: { start: at, end: at }, by: last == null ? texts : `, ${texts}` }];
}

// Counting by key

/** Types that a raw row of every driver has as an entity has them, by how TypeScript calls them. */
const RAW: { readonly [K in ColumnType]?: string } = { integer: 'number', string: 'string', uuid: 'string' };

/** Drivers that write SQL, whose managers have query builders: https://mikro-orm.io/docs/6.6/query-builder */
const SQL_DRIVERS = [
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'better-sqlite',
  'libsql',
  'mssql',
  'knex',
].map((name) => `@mikro-orm/${name}`);

function grouped(
  file: File,
  query: Query,
  { condition, list }: KeyList,
): (Written & { countOf: (row: string) => string }) | Refusal {
  const { call, model, table } = query;
  const { column } = condition;
  const type = RAW[columnOf(model, column)?.type ?? 'unknown'];
  if (column === undefined || type === undefined || call.callee.type !== 'MemberExpression')
    return { why: `how \`${column ?? ''}\` looks in a row that counts is not known` };
  if (model?.defaultScope !== undefined)
    return { why: `\`${table}\` has filters, which a query that groups does not apply` };
  const { object } = call.callee;
  const driver = driverOf(file);
  if (driver === undefined || isOfCore(file, object))
    return {
      why: 'its entity manager is not known to have query builders; by hand: take that of the driver, and group by the key',
    };
  const isTold = isToldEntity(call.arguments, table);
  const where = call.arguments[isTold ? 1 : 0];
  if (where?.type !== 'ObjectExpression') return { why: 'its conditions are not written where it is called' };
  const [entity] = isTold ? call.arguments : [];
  const property = propertyFor(model, column);
  const rows = isTyped(file) ? `<{ ${property}: ${type}; count: string }[]>` : '';
  const conditions = rewritten(file, where, [keyReplaced(file, query, { condition, list })]);
  // The lines below the first one lose the indentation of the query that they replace.
  const indent = `${indentAt(file.text, spanOf(call)[0])}  `;
  const text = [
    file.textOf(object),
    `.createQueryBuilder(${entity === undefined ? '' : file.textOf(entity)})`,
    `.select(['${property}', raw('count(*) as count')])`,
    `.where(${conditions})`,
    `.groupBy('${property}')`,
    `.execute${rows}()`,
  ].join(`\n${indent}`);
  return {
    text,
    imports: [{ from: importedFrom(file) ?? driver, name: 'raw' }],
    keyOf: (row) => `${row}.${property}`,
    countOf: (row) => `Number(${row}.count)`,
  };
}

const driverOf = (file: File): string | undefined => {
  const { dependencies } = file.facts.packageOf(file.path);
  return SQL_DRIVERS.find((one) => dependencies.has(one));
};

/** The package of MikroORM that a file imports already. */
function importedFrom(file: File): string | undefined {
  return file
    .find('ImportDeclaration')
    .map(({ node }) => node)
    .filter(({ importKind }) => importKind !== 'type')
    .map(({ source }) => source.value)
    .find((source) => source === '@mikro-orm/core' || SQL_DRIVERS.includes(source));
}

/** Whether a manager or repository is that of all databases, which has no query builder for TypeScript. */
const isOfCore = (file: File, receiver: t.Node): boolean =>
  isTyped(file) && /^Entity(?:Manager|Repository)</.test(file.facts.typeOf(file.path, receiver).text);

// Relations loaded with the rows

function eager(file: File, parent: Query, loads: readonly EagerLoad[]): WrittenLoads | Refusal {
  if (loads.some(({ child }) => child !== undefined))
    return { why: 'what is loaded for a row is seen in its JSON' };
  const { callee } = parent.call;
  if (callee.type !== 'MemberExpression' || /\bdisableIdentityMap\b/.test(file.textOf(parent.call)))
    return { why: 'its rows belong to no entity manager' };
  const populated = textsIn(
    valueOf(argumentsOf(parent.call, parent.method, parent.table).options, 'populate'),
  );
  for (const { relation } of loads) {
    const target = file.facts.modelOf(file.path, 'mikro-orm', relation.model);
    if (target === undefined || target.defaultScope !== undefined || relation.isFiltered)
      return { why: `\`${relation.model}\` has filters, or is not known` };
    if (relation.isEager || populated?.includes(relation.name) === true)
      return { why: `\`${relation.name}\` is loaded with the rows already` };
  }
  const statement = statementAround(file.pathOf<t.Node>(parent.call));
  const name = isNode(statement, 'VariableDeclaration') ? statement.node.declarations[0]?.id : undefined;
  if (statement === undefined || name?.type !== 'Identifier')
    return { why: 'the rows have no name of their own' };
  const { end = 0, start = 0 } = statement.node;
  const names = [...new Set(loads.map(({ relation }) => `'${relation.name}'`))].join(', ');
  const semicolon = styleOf(file).semicolons ? ';' : '';
  const call = `await ${file.textOf(callee.object)}.populate(${name.name}, [${names}])${semicolon}`;
  return {
    replacements: [
      {
        at: { start: end ?? 0, end: end ?? 0 },
        by: `${eolOf(file.text, end ?? 0) ?? '\n'}${indentAt(file.text, start ?? 0)}${call}`,
      },
    ],
    imports: [],
    reads: loads.map(
      ({ relation: { name: property, kind } }) =>
        (row: string) =>
          `${row}.${property}.${kind === 'many' ? 'getItems' : 'getEntity'}()`,
    ),
    evidence: [...whyPopulated(parent, loads)],
    isShared: false,
  };
}

/** The statement that a node stands in. */
function statementAround(path: Path): Path | undefined {
  for (let at: Path | null = path; at !== null; at = at.parent)
    if (/(?:Statement|VariableDeclaration)$/.test(at.node.type)) return at;
  return undefined;
}

/** `load` leaves the JSON of a row as it is; `populate` marks what it loads to be part of it, and takes a key away that leads nowhere. */
function* whyPopulated({ table, model }: Query, loads: readonly EagerLoad[]): Generator<Evidence> {
  for (const { relation } of loads) {
    yield assumed(
      `Nobody looks whether \`${relation.name}\` of \`${table}\` is loaded where no turn has asked for it: it is for all rows now`,
      model?.seenAt,
    );
    if (relation.kind === 'many') continue;
    yield assumed(
      `Every \`${relation.name}\` of \`${table}\` has its row, as a foreign key sees to: \`populate\` sets it to null where there is none`,
      model?.seenAt,
    );
    yield assumed(
      `Nobody turns these rows of \`${table}\` to JSON, in which \`populate\` puts \`${relation.name}\` instead of its key`,
      model?.seenAt,
    );
  }
}

/** `post.author.load()`, `user.posts.loadItems()`, `em.populate(post, ['author'])`: https://mikro-orm.io/docs/6.6/populating-relations */
function relationCall(file: File, path: Path<t.Expression>): RelationCall | undefined {
  const { node } = path;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const method = methodOf(node);
  const { object } = node.callee;
  const isWrapped =
    method === 'init' && object.type === 'CallExpression' && file.textOf(object.callee) === 'wrap';
  if (method === 'populate') return populateCall(node.arguments);
  const loaded = isWrapped ? object.arguments[0] : object;
  if (loaded?.type !== 'MemberExpression' || loaded.computed || loaded.property.type !== 'Identifier')
    return undefined;
  if (loaded.object.type !== 'Identifier' || !/^(?:loadItems|load|loadOrFail|init)$/.test(method ?? ''))
    return undefined;
  const found = { row: loaded.object, relation: loaded.property.name };
  const isStatement =
    isNode(path.parent, 'AwaitExpression') && isNode(path.parent.parent, 'ExpressionStatement');
  if (isStatement || method === 'init') return { ...found, gives: 'nothing', unread: fills(found.relation) };
  const isReference = /^(?:\w*Ref|Reference)\b|Reference</.test(file.facts.typeOf(file.path, loaded).text);
  const unread =
    node.arguments.length > 0
      ? `it says how \`${found.relation}\` is loaded`
      : method === 'loadItems' || isReference
        ? undefined
        : `what \`${method ?? ''}\` gives here is not known`;
  return { ...found, gives: 'rows', unread };
}

const fills = (relation: string): string =>
  `it fills the rows in one by one; by hand: \`populate\` the list of them with \`${relation}\` before the loop`;

/** `em.populate(post, ['author'])` */
function populateCall([row, hint]: t.CallExpression['arguments']): RelationCall | undefined {
  const [relation] = (textsIn(hint)?.[0] ?? '').split('.');
  return row?.type === 'Identifier' && relation !== undefined && relation !== ''
    ? { row, relation, gives: 'nothing', unread: fills(relation) }
    : undefined;
}

// Whether the rows are the same

function* whyRowsAgree(file: File, query: Query): Generator<Evidence> {
  const { call, model, table, gives, unread, conditions } = query;
  if (unread !== undefined) return;
  if (model === undefined) yield assumed(`The primary key of \`${table}\` is \`id\``, file.siteOf(call));
  const isByPrimaryKey =
    gives === 'one' && conditions.every(({ column }) => (model?.primaryKey ?? ['id']).includes(column ?? ''));
  const isOwn = isUnchanged(file, call);
  if (gives !== 'count')
    yield assumed(
      `Nobody looks whether \`${table}\` is loaded where rows refer to it: the entity manager holds those of all turns at once`,
      file.siteOf(call),
    );
  if (isByPrimaryKey || gives === 'count') {
    if (isOwn)
      yield holds(
        'The entity manager was forked in this function, and nothing is changed before the loop: it holds nothing that differs from the tables',
        file.siteOf(call),
      );
    else if (gives === 'count')
      yield assumed(
        `No \`${table}\` waits to be written before the loop: \`count\` writes it first, and a query that groups does not`,
        file.siteOf(call),
      );
    else
      yield assumed(
        `The rows of \`${table}\` that the entity manager holds are those of the table: \`${query.method}\` gives them as they are, and a query for all keys looks into the table`,
        file.siteOf(call),
      );
  }
  if (isByPrimaryKey && model?.defaultScope !== undefined)
    yield assumed(
      `No row of \`${table}\` is loaded already that its filters leave out: \`${query.method}\` gives such a row`,
      model.seenAt,
    );
  if (gives === 'count') return;
  const hook = model?.hooks.find((one) => /^on(?:Load|Init)$/i.test(one));
  if (hook !== undefined)
    yield assumed(
      `\`${hook}\` of \`${table}\` does the same for a row, whenever it is loaded`,
      model?.seenAt,
    );
  yield* whyPopulatedAgree(query);
  yield* whyWrittenLater(file, query);
}

/** Rows that are joined may come in another order: https://mikro-orm.io/docs/6.6/loading-strategies */
function* whyPopulatedAgree({ call, method, table, model }: Query): Generator<Evidence> {
  const populate = valueOf(argumentsOf(call, method, table).options, 'populate');
  const names = populate === undefined ? [] : textsIn(populate);
  const mayBeMany =
    names === undefined ||
    names.some((name) => model?.relations.find((one) => one.name === name)?.kind !== 'one') ||
    model?.relations.some(({ isEager, kind }) => isEager && kind === 'many') === true;
  if (mayBeMany)
    yield assumed(
      'The order of lists that are loaded with the rows does not matter, or is declared: a join of more rows may change it',
      model?.seenAt,
    );
}

/**
 * A query first writes the changed rows of its own entity, also those that turns before have changed; `clear` lets the manager
 * forget them. https://mikro-orm.io/docs/6.6/unit-of-work#flush-modes
 */
function* whyWrittenLater(file: File, query: Query): Generator<Evidence> {
  const walk = walksAround(file, file.pathOf<t.Node>(query.call)).find((one) => 'list' in one);
  if (walk === undefined || !('list' in walk)) return;
  const cleared = [...nodesIn(file, walk.body)].find(
    ({ node }) =>
      node.type === 'CallExpression' &&
      methodOf(node) === 'clear' &&
      /\bem\b|[mM]anager/.test(file.textOf(node.callee)),
  );
  if (cleared !== undefined)
    yield fails(
      `\`${short(file.textOf(cleared.node))}\` lets the entity manager forget in each turn what is asked for before the loop then`,
      file.siteOf(cleared.node),
    );
  const changes = changesIn(file, walk.body).filter((target) => isOfTurn(file, target, walk.path.node));
  const toldBy = query.conditions.flatMap(({ column = '' }) => [column, propertyFor(query.model, column)]);
  const told = changes.find(
    ({ property }) => property.type !== 'Identifier' || toldBy.includes(property.name),
  );
  if (told !== undefined)
    yield fails(
      `\`${short(file.textOf(told))}\`, by which rows are found, is changed in a turn, and the query of the next one writes it first`,
      file.siteOf(told),
    );
  else if (changes[0] !== undefined)
    yield assumed(
      `\`${short(file.textOf(changes[0]))}\` is written by a \`flush\` after the loop, if it is of a row: now the query of the next turn may write it`,
      file.siteOf(changes[0]),
    );
}

/** Whether code sets a property of what belongs to a turn, other than of an object that is made in it. */
function isOfTurn(file: File, target: t.MemberExpression, walk: t.Node): boolean {
  let root: t.Node = target;
  while (root.type === 'MemberExpression' || root.type === 'TSNonNullExpression')
    root = root.type === 'MemberExpression' ? root.object : root.expression;
  if (root.type !== 'Identifier') return root.type !== 'ThisExpression';
  const binding = file.scopes.lookup(file.pathOf<t.Node>(root), root.name);
  if (binding === undefined || !contains(walk, binding.identifier.node)) return false;
  const { declaration } = binding;
  const init = isNode(declaration, 'VariableDeclarator') ? declaration.node.init : undefined;
  return init == null || !/^(?:Object|Array|New)Expression$/.test(init.type);
}

/** The members that code sets. */
const changesIn = (file: File, code: t.Node): readonly t.MemberExpression[] =>
  [...nodesIn(file, code)].flatMap(({ node }) => {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    return target?.type === 'MemberExpression' ? [target] : [];
  });

/**
 * Whether a query is asked of a manager that was forked in the same block of statements, before whose loop nothing is written or
 * changed. https://mikro-orm.io/docs/6.6/identity-map
 */
function isUnchanged(file: File, call: t.CallExpression): boolean {
  const receiver = call.callee.type === 'MemberExpression' ? call.callee.object : undefined;
  if (receiver?.type !== 'Identifier') return false;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(receiver), receiver.name);
  if (binding?.kind !== 'const' || !isNode(binding.declaration, 'VariableDeclarator')) return false;
  const { init } = binding.declaration.node;
  const block = binding.declaration.parent?.parent;
  if (init?.type !== 'CallExpression' || methodOf(init) !== 'fork' || init.arguments.length > 0) return false;
  if (!isNode(block, 'BlockStatement')) return false;
  const walk = walksAround(file, file.pathOf<t.Node>(call)).at(-1)?.path.node;
  const before = block.node.body.filter(
    (one) => (one.start ?? 0) > (init.end ?? 0) && (one.start ?? 0) <= (call.start ?? 0),
  );
  return before.every((one) => {
    const isLoop = walk !== undefined && contains(one, walk);
    const { effects, unknown } = file.facts.codeOf(file.path, one);
    const isQuiet =
      !effects.some(({ access, resource }) => access === 'write' && resource.kind === 'table') &&
      unknown.every(({ guess }) => guess === 'read');
    return isQuiet && (isLoop || changesIn(file, one).length === 0);
  });
}

/** https://mikro-orm.io/docs/6.6/defining-entities and https://mikro-orm.io/docs/6.6/custom-types: decimals are texts, dates are objects. */
const JAVASCRIPT: { readonly [K in ColumnType]?: 'number' | 'string' | 'bigint' | 'boolean' } = {
  integer: 'number',
  float: 'number',
  bigint: 'bigint',
  string: 'string',
  uuid: 'string',
  enum: 'string',
  boolean: 'boolean',
};

/** How the queries of MikroORM are read and written. */
export const MIKRO_ORM: Dialect = {
  orm: 'mikro-orm',
  methods: new RegExp(`^(?:${[FINDERS, OTHERS].flatMap((one) => Object.keys(one)).join('|')})$`),
  read,
  batched,
  grouped,
  eager,
  relationCall,
  whyRowsAgree,
  javaScriptOf: (type) => JAVASCRIPT[type],
  // Each key is a parameter of the statement: https://www.postgresql.org/docs/current/limits.html
  mostKeys: 65_535,
  // `$in: []` is written as a condition that is never met.
  takesNoKeys: () => true,
};
