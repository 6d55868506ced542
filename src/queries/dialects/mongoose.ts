import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import type { Column, ColumnType } from '../../facts/orm/schema.ts';
import type { DatabaseCall } from '../../facts/effects/effect.ts';
import type { ValueKind } from '../../facts/types.ts';
import { spanOf } from '../../edits/edit.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { Binding } from '../../syntax/scopes.ts';
import { contains, nodesIn, short, varyingName } from '../keys.ts';
import { walksAround, type RowLoop } from '../loops.ts';
import {
  conditionsIn,
  keysOf,
  methodNode,
  methodOf,
  nameOfKey,
  propertyAppended,
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
import { queryAt, rowsIn } from '../sites.ts';
import { fateOfValue } from '../uses.ts';

// How a query is written

/** A query as it is written: the call that has the conditions, and the calls on what that gives. */
interface Chain {
  readonly head: t.CallExpression;
  readonly method: string;
  readonly steps: readonly t.CallExpression[];
  /** A call that builds a part of the query before its head: `where` of `User.where(…).findOne()`. */
  readonly before: string | undefined;
}

/** What asks for rows: https://mongoosejs.com/docs/queries.html. The number is the place of the options. */
const HEADS: Readonly<Record<string, { readonly gives: Query['gives']; readonly optionsAt: number }>> = {
  find: { gives: 'many', optionsAt: 2 },
  findOne: { gives: 'one', optionsAt: 2 },
  findById: { gives: 'one', optionsAt: 2 },
  countDocuments: { gives: 'count', optionsAt: 1 },
  count: { gives: 'count', optionsAt: 1 },
  estimatedDocumentCount: { gives: 'count', optionsAt: 0 },
  exists: { gives: 'exists', optionsAt: 1 },
  distinct: { gives: 'many', optionsAt: 2 },
  aggregate: { gives: 'many', optionsAt: 1 },
};

const isHead = (method: string | undefined): method is string =>
  method !== undefined && Object.hasOwn(HEADS, method);

/** What a model is got by, before a query begins. */
const GETS_MODEL = /^(?:model|discriminator|useDb|connection|createConnection|get\w*|use\w*)$/;

function chainOf(call: t.CallExpression): Chain | undefined {
  const calls: t.CallExpression[] = [];
  for (let at: t.Node = call; at.type === 'CallExpression';) {
    calls.unshift(at);
    if (at.callee.type !== 'MemberExpression') break;
    at = at.callee.object;
  }
  const first = calls.findIndex((one) => isHead(methodOf(one)));
  const head = calls[first];
  const method = head === undefined ? undefined : methodOf(head);
  if (head === undefined || method === undefined) return undefined;
  const before = calls
    .slice(0, first)
    .map((one) => methodOf(one) ?? 'a call')
    .find((name) => name !== 'a call' && !GETS_MODEL.test(name));
  return { head, method, steps: calls.slice(first + 1), before };
}

const isNothing = (node: t.Node | undefined): boolean =>
  node === undefined ||
  node.type === 'NullLiteral' ||
  (node.type === 'Identifier' && node.name === 'undefined') ||
  (node.type === 'ObjectExpression' && node.properties.length === 0);

/** The text that an expression is. */
function textIn(node: t.Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value;
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0
    ? (node.quasis[0]?.value.cooked ?? undefined)
    : undefined;
}

/** Options and steps that change neither which rows are found nor how many. https://mongoosejs.com/docs/api/query.html#Query.prototype.setOptions() */
const HARMLESS_OPTION =
  /^(?:lean|session|sort|projection|populate|hint|comment|maxTimeMS|readPreference|readConcern|batchSize|allowDiskUse)$/;
const HARMLESS_STEP =
  /^(?:exec|lean|session|sort|select|projection|populate|hint|comment|maxTimeMS|read|readConcern|batchSize|allowDiskUse|orFail)$/;
const LIMIT = /^(?:limit|skip)$/;

/** The arguments of the head, by what they are for. */
function partsOf({ head, method }: Chain): {
  readonly filter: t.Node | undefined;
  readonly projection: t.Node | undefined;
  readonly options: t.Node | undefined;
} {
  const { optionsAt = 0 } = HEADS[method] ?? {};
  const [filter] = optionsAt > 0 ? head.arguments : [];
  return {
    filter,
    projection: optionsAt === 2 ? head.arguments[1] : undefined,
    options: head.arguments[optionsAt],
  };
}

// Which columns it asks for

/** The columns that a query asks for: https://mongoosejs.com/docs/api/query.html#Query.prototype.select() */
interface Selection {
  /** The text, object or list that names them. */
  readonly node: t.Node;
  /** Those that are asked for; undefined where all are but some. */
  readonly included: readonly string[] | undefined;
  readonly excluded: readonly string[];
  /** Those that are asked for beside the others, though they are hidden by default. */
  readonly revealed: readonly string[];
}

/** What selects columns in a query. More than one of them are merged by the library. */
function selectorsOf(chain: Chain): readonly t.Node[] {
  const { projection, options } = partsOf(chain);
  const steps = chain.steps.filter((one) => /^(?:select|projection)$/.test(methodOf(one) ?? ''));
  const all = [projection, valueOf(options, 'projection'), ...steps.map((one) => one.arguments[0])];
  return all.filter((one): one is t.Node => one !== undefined && !isNothing(one));
}

/** The columns that a selector names, each with what it says of it; undefined where that cannot be told. */
function wordsOf(node: t.Node): readonly string[] | undefined {
  const text = textIn(node);
  if (text !== undefined) return text.split(/\s+/).filter((one) => one !== '');
  if (node.type === 'ArrayExpression') {
    const words = node.elements.map((one) => textIn(one ?? undefined));
    return words.every((one) => one !== undefined) ? words : undefined;
  }
  if (node.type !== 'ObjectExpression') return undefined;
  const words = node.properties.map((one) => {
    const name = nameOfKey(one);
    const value = one.type === 'ObjectProperty' ? one.value : undefined;
    if (name === undefined) return undefined;
    if (value?.type === 'NumericLiteral') return value.value === 0 ? `-${name}` : name;
    return value?.type === 'BooleanLiteral' ? (value.value ? name : `-${name}`) : undefined;
  });
  return words.every((one) => one !== undefined) ? words : undefined;
}

function selectionIn(node: t.Node): Selection | undefined {
  const words = wordsOf(node);
  if (words === undefined) return undefined;
  const marked = (sign: string): readonly string[] =>
    words.filter((one) => one.startsWith(sign)).map((one) => one.slice(1));
  const plain = words.filter((one) => !/^[-+]/.test(one));
  return {
    node,
    included: plain.length > 0 ? plain : undefined,
    excluded: marked('-'),
    revealed: marked('+'),
  };
}

/** The one selection of a query; undefined where it asks for all columns. */
function selectionOf(chain: Chain): Selection | undefined {
  const [node] = selectorsOf(chain);
  return node === undefined ? undefined : selectionIn(node);
}

/** The names of the columns that rows surely have, `_id` with them unless it is left out. */
const namesIn = ({ included, excluded }: Selection): readonly string[] | undefined =>
  included === undefined || included.includes('_id') || excluded.includes('_id')
    ? included
    : ['_id', ...included];

// What it populates

/** What `populate` is told: the paths, or why they cannot be told. https://mongoosejs.com/docs/populate.html */
function populated(args: readonly t.Node[]): readonly string[] | { readonly why: string } {
  const [first, second, ...more] = args;
  const text = textIn(first);
  if (text !== undefined)
    return more.length === 0 && (second === undefined || textIn(second) !== undefined)
      ? text.split(/\s+/)
      : { why: `what it populates \`${text}\` with is not understood` };
  if (first === undefined || second !== undefined)
    return { why: 'what it populates is not written where it is called' };
  const parts = first.type === 'ArrayExpression' ? first.elements : [first];
  const paths: string[] = [];
  for (const part of parts) {
    const found =
      part === null ? { why: 'what it populates is not written where it is called' } : populatedBy(part);
    if ('why' in found) return found;
    paths.push(...found);
  }
  return paths;
}

function populatedBy(part: t.Node): readonly string[] | { readonly why: string } {
  const text = textIn(part);
  if (text !== undefined) return text.split(/\s+/);
  const path = textIn(valueOf(part, 'path'));
  const keys = keysOf(part);
  if (path === undefined || keys === undefined)
    return { why: 'what it populates is not written where it is called' };
  // A limit is one for all documents: https://mongoosejs.com/docs/populate.html#limit-vs-perDocumentLimit
  const odd = keys.find((key) => !/^(?:path|select|model|match|strictPopulate|populate)$/.test(key));
  if (odd !== undefined) return { why: `\`${odd}\` of what it populates may be about all rows together` };
  const match = valueOf(part, 'match');
  if (match !== undefined && match.type !== 'ObjectExpression')
    return { why: 'what it populates is chosen by a function' };
  const inner = valueOf(part, 'populate');
  const below = inner === undefined ? [] : populated([inner]);
  return 'why' in below ? below : path.split(/\s+/);
}

/** The arguments of each `populate` of a query. */
function populatesOf(chain: Chain): readonly (readonly t.Node[])[] {
  const option = valueOf(partsOf(chain).options, 'populate');
  const steps = chain.steps.filter((one) => methodOf(one) === 'populate').map((one) => one.arguments);
  return option === undefined ? steps : [[option], ...steps];
}

/** The paths that a query populates, as far as they are told. */
const populatedIn = (chain: Chain): readonly string[] =>
  populatesOf(chain).flatMap((args) => {
    const found = populated(args);
    return 'why' in found ? [] : found;
  });

// What it asks

/** What a value of a condition compares with: https://www.mongodb.com/docs/manual/reference/operator/query/ */
function compare(value: t.Node, column: string): Pick<Condition, 'operator' | 'value'> {
  if (column.startsWith('$') || /^(?:ArrayExpression|RegExpLiteral)$/.test(value.type))
    return { operator: 'other', value };
  if (value.type !== 'ObjectExpression') return { operator: 'equals', value };
  const [name] = keysOf(value) ?? [];
  const only = value.properties.length === 1 && name !== undefined ? valueOf(value, name) : undefined;
  if (only === undefined || (name !== '$eq' && name !== '$in')) return { operator: 'other', value };
  return { operator: name === '$eq' ? 'equals' : 'in', value: only };
}

function conditionsOf(chain: Chain): ReturnType<typeof conditionsIn> {
  const { filter } = partsOf(chain);
  if (chain.method === 'findById' && filter !== undefined)
    return { conditions: [{ column: '_id', operator: 'equals', value: filter }], unread: undefined };
  if (filter === undefined || chain.method === 'aggregate' || chain.method === 'distinct')
    return { conditions: [], unread: undefined };
  return conditionsIn(filter, compare);
}

/** Why a query is not understood, one clause each. */
function* whyUnread(chain: Chain): Generator<string> {
  const { head, method, steps, before } = chain;
  if (method === 'aggregate') yield 'a pipeline of its own in each turn makes other rows of the documents';
  if (method === 'distinct') yield '`distinct` gives values, and not which row has them';
  if (before !== undefined) yield `its conditions are built by \`${before}\``;
  if (head.arguments.some(({ type }) => /Function/.test(type))) yield 'its result is given to a callback';
  const { options } = partsOf(chain);
  if (!isNothing(options)) {
    const keys = options === undefined ? [] : keysOf(options);
    if (keys === undefined) yield 'its options are not written where it is called';
    const odd = keys?.find((key) => !HARMLESS_OPTION.test(key) && !LIMIT.test(key));
    if (odd !== undefined) yield `its option \`${odd}\` is not understood`;
  }
  for (const step of steps) {
    const name = methodOf(step) ?? '';
    if (name === 'orFail' && HEADS[method]?.gives === 'one') continue;
    if (name === 'orFail') yield '`orFail` refuses each turn without rows';
    else if (
      !HARMLESS_STEP.test(name) &&
      !LIMIT.test(name) &&
      !(isCount(step) && step.arguments.length === 0)
    )
      yield `its step \`${name}\` is not understood`;
  }
  const selectors = selectorsOf(chain);
  if (selectors.length > 1) yield 'its columns are selected in two places';
  if (selectors.some((one) => selectionIn(one) === undefined))
    yield 'its columns are not written where it is called';
  for (const args of populatesOf(chain)) {
    const paths = populated(args);
    if ('why' in paths) yield paths.why;
  }
}

function limitOf(chain: Chain): string | undefined {
  const { options } = partsOf(chain);
  const option =
    isNothing(options) || options === undefined ? undefined : keysOf(options)?.find((key) => LIMIT.test(key));
  if (option !== undefined) return `its option \`${option}\` limits the rows`;
  const step = chain.steps.map(methodOf).find((name) => name !== undefined && LIMIT.test(name));
  return step === undefined ? undefined : `its step \`${step}\` limits the rows`;
}

const isCount = (step: t.CallExpression): boolean => /^count(?:Documents)?$/.test(methodOf(step) ?? '');

const isCounted = ({ steps }: Chain): boolean => steps.some(isCount);

function read(file: File, path: Path<t.CallExpression>, known: DatabaseCall): Query | undefined {
  const { node: call } = path;
  const chain = chainOf(call);
  // What `then` is called on is a query of its own.
  const isPromise = chain?.steps.some((one) => /^(?:then|catch|finally)$/.test(methodOf(one) ?? ''));
  if (chain === undefined || isPromise === true || known.writes.length > 0) return undefined;
  const gives = isCounted(chain) ? 'count' : (HEADS[chain.method]?.gives ?? 'many');
  const { conditions, unread } = conditionsOf(chain);
  const { options } = partsOf(chain);
  const selection = selectionOf(chain);
  const [why] = whyUnread(chain);
  const isSeen = gives === 'exists' && !isOnlyTested(file, path);
  return {
    orm: 'mongoose',
    call,
    method: isCounted(chain) ? 'countDocuments' : chain.method,
    table: known.table,
    model: file.facts.modelOf(file.path, 'mongoose', known.table),
    gives,
    missing: chain.steps.some((one) => methodOf(one) === 'orFail') ? 'throws' : 'null',
    conditions,
    unread:
      why ?? unread ?? (isSeen ? 'its result is more than tested: it gives the id of a document' : undefined),
    selected: selection === undefined ? undefined : namesIn(selection),
    derived: /^(?:aggregate|distinct)$/.test(chain.method) ? `\`${chain.method}\` makes them` : undefined,
    isOrdered:
      valueOf(options, 'sort') !== undefined ||
      chain.steps.some((one) => methodOf(one) === 'sort' && one.arguments.length > 0),
    limit: gives === 'count' && chain.method === 'estimatedDocumentCount' ? undefined : limitOf(chain),
    nullKey: nullKeyOf(file, call, conditions),
    reads: known.reads,
  };
}

/** Whether only the truth of a value is looked at. */
function isOnlyTested(file: File, path: Path, depth = 0): boolean {
  const { parent, key } = path;
  if (parent === null || depth > 8) return false;
  if (isNode(parent, 'AwaitExpression', 'ParenthesizedExpression', 'TSNonNullExpression'))
    return isOnlyTested(file, parent, depth + 1);
  if (isNode(parent, 'LogicalExpression'))
    return parent.node.operator !== '??' && isOnlyTested(file, parent, depth + 1);
  if (isNode(parent, 'IfStatement', 'WhileStatement', 'ConditionalExpression')) return key === 'test';
  if (isNode(parent, 'UnaryExpression')) return parent.node.operator === '!';
  if (isNode(parent, 'CallExpression'))
    return (
      parent.node.callee.type === 'Identifier' && parent.node.callee.name === 'Boolean' && key === 'arguments'
    );
  if (!isNode(parent, 'VariableDeclarator') || key !== 'init' || parent.node.id.type !== 'Identifier')
    return false;
  const binding = file.scopes.lookup(parent, parent.node.id.name);
  return (
    binding !== undefined &&
    binding.writes.length === 0 &&
    binding.reads.every((one) => isOnlyTested(file, one, depth + 1))
  );
}

/** Every document has an `_id`, so that none is found without one; other columns that are null or missing are found by null. */
function nullKeyOf(file: File, call: t.CallExpression, conditions: readonly Condition[]): Query['nullKey'] {
  return keysIn(file, call, conditions).every(({ column }) => column === '_id') ? 'none' : 'null-rows';
}

/** The conditions whose values belong to a turn. */
function keysIn(file: File, call: t.CallExpression, conditions: readonly Condition[]): readonly Condition[] {
  const walks = walksAround(file, file.pathOf(call)).filter((one): one is RowLoop => 'list' in one);
  return conditions.filter(({ value }) => walks.some((walk) => varyingName(file, value, walk) !== undefined));
}

// What the query for all keys is

function batched(file: File, query: Query, keys: readonly KeyList[]): Written | { readonly why: string } {
  const chain = chainOf(query.call);
  const column = keys[0]?.condition.column;
  if (chain === undefined || column === undefined)
    return { why: `there is no form of \`${query.method}\` for many keys` };
  for (const { condition } of keys) {
    const why = whyUnlikeRow(query, chain, condition.column ?? '');
    if (why !== undefined) return { why };
  }
  const odd = keys.slice(1).find(({ condition }) => !isPrimitive(query, condition.column));
  if (odd !== undefined)
    return { why: `\`${odd.condition.column ?? ''}\` of a row may be an object, which is equal to no other` };
  const added = keys.flatMap(({ condition }) => columnAdded(file, chain, condition.column ?? ''));
  const conflict = added.find((one) => 'why' in one);
  if (conflict !== undefined && 'why' in conflict) return conflict;
  const replacements: Replacement[] = [
    { at: methodNode(chain.head), by: 'find' },
    ...keys.map((key) => keyReplaced(file, chain, key)),
    ...added.filter((one): one is Replacement => 'at' in one),
  ];
  return {
    text: rewritten(file, query.call, replacements),
    imports: [],
    keyOf: (row) => memberOf(row, column),
  };
}

/** `row.author`, and `row.author?.id` of a path below another. */
const memberOf = (row: string, column: string): string => `${row}.${column.replaceAll('.', '?.')}`;

/** How the value of a condition is replaced by a list. */
function keyReplaced(file: File, { head, method }: Chain, { condition, list }: KeyList): Replacement {
  const { value } = condition;
  if (method === 'findById' && head.arguments[0] === value)
    return { at: value, by: `{ _id: { $in: ${list} } }` };
  const { parent } = file.pathOf(value);
  // `{ $eq: x }` becomes `{ $in: xs }`.
  const isEquals = parent?.node.type === 'ObjectProperty' && nameOfKey(parent.node) === '$eq';
  return isEquals ? { at: parent.node, by: `$in: ${list}` } : valueReplaced(file, value, `{ $in: ${list} }`);
}

const columnOf = ({ model }: Query, name: string | undefined): Column | undefined =>
  model?.columns.find((one) => one.name === name);

/** Whether the values of a column are equal in JavaScript where they are in the database. */
function isPrimitive(query: Query, name: string | undefined): boolean {
  const column = columnOf(query, name);
  return (
    column !== undefined && !column.isList && /^(?:string|enum|integer|float|boolean)$/.test(column.type)
  );
}

/** Whether it gives rows as they are stored, without getters and defaults. https://mongoosejs.com/docs/tutorials/lean.html */
function isLean(chain: Chain): boolean {
  const option = valueOf(partsOf(chain).options, 'lean');
  return chain.steps.some((one) => methodOf(one) === 'lean') || (option !== undefined && !isNothing(option));
}

/** Why rows do not have in `column` what the query compared it with. */
function whyUnlikeRow({ model, table }: Query, chain: Chain, column: string): string | undefined {
  if (model === undefined)
    return column.includes('.')
      ? `\`${column}\` may be in a list: the schema of \`${table}\` is not found`
      : undefined;
  const declared = model.columns.find((one) => one.name === column);
  const isKnown = model.unread.every((one) => BESIDE.test(one));
  if (declared === undefined && (isKnown || column.includes('.')))
    return `\`${column}\` is no path of the schema of \`${table}\``;
  const parts = model.columns.filter((one) => column.startsWith(`${one.name}.`));
  if (parts.some((one) => one.isList)) return `\`${column}\` is in a list, of which a row may have several`;
  if (model.hooks.includes(`set ${column}`))
    return `a setter changes what \`${column}\` is compared with, so that rows have another value`;
  if (model.hooks.includes(`get ${column}`) && !isLean(chain))
    return `a getter changes what rows have in \`${column}\``;
  const selection = selectionOf(chain);
  const isShown = [...(selection?.included ?? []), ...(selection?.revealed ?? [])].includes(column);
  return declared?.isHidden === true && !isShown
    ? `rows do not have \`${column}\`, which the schema hides unless it is asked for`
    : undefined;
}

/** What adds the column that rows are told apart by to those that are selected. */
function columnAdded(
  file: File,
  chain: Chain,
  column: string,
): readonly (Replacement | { readonly why: string })[] {
  const selection = selectionOf(chain);
  if (selection === undefined) return [];
  const { node, included, excluded } = selection;
  const isPart = (one: string): boolean => one === column || column.startsWith(`${one}.`);
  if (excluded.some(isPart))
    return [{ why: `it leaves out \`${column}\`, which the rows are told apart by` }];
  if (column === '_id' || included === undefined || included.some(isPart)) return [];
  if (included.some((one) => one.startsWith(`${column}.`)))
    return [{ why: `it selects a part of \`${column}\`, which the rows are told apart by` }];
  const [start, end] = spanOf(node);
  if (node.type === 'ObjectExpression') {
    const key = column.includes('.') ? `'${column}'` : column;
    return [propertyAppended(file, node, `${key}: 1`)];
  }
  if (node.type === 'ArrayExpression') {
    const last = node.elements.at(-1);
    const place = last == null ? start + 1 : spanOf(last)[1];
    return [{ at: { start: place, end: place }, by: last == null ? `'${column}'` : `, '${column}'` }];
  }
  return [{ at: { start: end - 1, end: end - 1 }, by: ` ${column}` }];
}

// What counts for all keys

function grouped(file: File, query: Query, key: KeyList) {
  const chain = chainOf(query.call);
  const { column } = key.condition;
  const filter = chain === undefined ? undefined : partsOf(chain).filter;
  if (
    chain === undefined ||
    column === undefined ||
    filter === undefined ||
    chain.head.callee.type !== 'MemberExpression'
  )
    return { why: 'its conditions are not written where it is called' };
  const why = whyUnlikeRow(query, chain, column);
  if (why !== undefined) return { why };
  const session = sessionOf(file, chain);
  if (typeof session !== 'string') return session;
  const conditions = rewritten(file, filter, [keyReplaced(file, chain, key)]);
  const model = file.textOf(chain.head.callee.object);
  if (query.gives === 'exists')
    return {
      text: `${model}.distinct('${column}', ${conditions})${session}`,
      imports: [],
      keyOf: (row: string) => row,
      countOf: () => 'true',
    };
  const uncast = whyUncast(file, query, key.condition);
  if (uncast !== undefined) return { why: uncast };
  // What an aggregation gives has no type of its own.
  const type = /\.[cm]?tsx?$/.test(file.path) ? '<{ _id: unknown; count: number }>' : '';
  const text = [
    `${model}.aggregate${type}([\n`,
    `  { $match: ${conditions} },\n`,
    `  { $group: { _id: '$${column}', count: { $sum: 1 } } },\n`,
    `])${session}`,
  ].join('');
  return {
    text,
    imports: [],
    keyOf: (row: string) => `${row}._id`,
    countOf: (row: string) => `${row}.count`,
  };
}

/** The session of a query that counts, as a step, or why there is more to keep. */
function sessionOf(file: File, chain: Chain): string | { readonly why: string } {
  const { options } = partsOf(chain);
  const keys = options === undefined || isNothing(options) ? [] : (keysOf(options) ?? ['']);
  const steps = chain.steps.filter(
    (one) => !/^(?:exec|lean|sort|count|countDocuments)$/.test(methodOf(one) ?? ''),
  );
  const odd =
    keys.find((one) => one !== 'session') ??
    steps.map((one) => methodOf(one) ?? '').find((one) => one !== 'session');
  if (odd !== undefined) return { why: `\`${odd}\` is not known for the query that counts all keys` };
  const session = valueOf(options, 'session') ?? steps[0]?.arguments[0];
  return session === undefined ? '' : `.session(${file.textOf(session)})`;
}

/** Why an aggregation, which takes values as they are, would not compare as the query does. https://mongoosejs.com/docs/api/aggregate.html */
function whyUncast(file: File, query: Query, key: Condition): string | undefined {
  for (const condition of query.conditions) {
    const column = columnOf(query, condition.column);
    const text = short(file.textOf(condition.value));
    if (column === undefined || column.isList)
      return `an aggregation does not cast \`${text}\`, and the schema does not tell what it must be`;
    if (query.model?.hooks.includes(`set ${column.name}`) === true)
      return `an aggregation does not apply the setter of \`${column.name}\``;
    const isSame =
      condition.value === key.value && column.type === 'object-id'
        ? keyKind(file, key.value) === 'id'
        : isOfType(file, condition.value, column.type);
    if (!isSame)
      return `an aggregation does not cast \`${text}\`, which may be no \`${column.written}\` as \`${column.name}\` is`;
  }
  return undefined;
}

const COMPARISON = /^\$(?:eq|ne|gte?|lte?|in|nin)$/;

/** Whether a value, or what an object of comparisons has, surely is as it is stored in a column. */
function isOfType(file: File, value: t.Node, type: ColumnType): boolean {
  if (value.type === 'NullLiteral') return true;
  if (value.type === 'RegExpLiteral') return type === 'string';
  if (value.type === 'ArrayExpression')
    return value.elements.every((one) => one !== null && isOfType(file, one, type));
  if (value.type === 'ObjectExpression')
    return value.properties.every((one) => {
      const name = nameOfKey(one) ?? '';
      if (one.type !== 'ObjectProperty') return false;
      if (name === '$exists') return one.value.type === 'BooleanLiteral';
      return COMPARISON.test(name) && isOfType(file, one.value, type);
    });
  if (value.type === 'NewExpression')
    return type === 'date' && value.callee.type === 'Identifier' && value.callee.name === 'Date';
  const kind = type === 'date' ? 'date' : JAVASCRIPT[type];
  if (kind === undefined || kind === 'object') return false;
  const literal = /^(String|Numeric|Boolean)Literal$/.exec(value.type)?.[1];
  if (literal !== undefined)
    return { String: 'string', Numeric: 'number', Boolean: 'boolean' }[literal] === kind;
  const kinds = kindsIn(file, value);
  return kinds.size > 0 && [...kinds].every((one) => one === kind);
}

/** What a value may be by its type, null and undefined left out. */
function kindsIn(file: File, value: t.Node): ReadonlySet<ValueKind> {
  if (!/\.[cm]?tsx?$/.test(file.path)) return new Set(['unknown']);
  const { kinds } = file.facts.typeOf(file.path, value);
  return new Set([...kinds].filter((one) => one !== 'null' && one !== 'undefined'));
}

// What a key is

/** What a key is, as far as types and schemas tell. Of an id nothing but the text is looked up. */
type KeyKind = 'id' | 'text' | 'document' | 'other' | 'unknown';

function keyKind(file: File, value: t.Node): KeyKind {
  const source = columnRead(file, value);
  if (source !== undefined && !source.column.isList) {
    const { column, isPopulated } = source;
    if (column.type === 'string') return 'text';
    if (column.type === 'object-id')
      return isPopulated === 'no' ? 'id' : isPopulated === 'yes' ? 'document' : 'unknown';
    if (column.type !== 'unknown') return 'other';
  }
  const kinds = kindsIn(file, value);
  if (kinds.size === 0 || kinds.has('unknown')) return 'unknown';
  if (kinds.size === 1 && kinds.has('string')) return 'text';
  if (!kinds.has('object')) return 'other';
  const { text } = file.facts.typeOf(file.path, value);
  if (kinds.size === 1 && !/ObjectId/i.test(text)) return 'other';
  const isObjectId = text.split('|').every((one) => /(?:\bObjectId|null|undefined)$/.test(one.trim()));
  // The type of another column does not say whether a document was populated in its place.
  return isObjectId && value.type === 'MemberExpression' && nameOf(value.property) === '_id'
    ? 'id'
    : 'unknown';
}

const nameOf = (node: t.Node): string | undefined => (node.type === 'Identifier' ? node.name : undefined);

const bare = (node: t.Node): t.Node =>
  node.type === 'TSNonNullExpression' ||
  node.type === 'TSAsExpression' ||
  node.type === 'ParenthesizedExpression'
    ? bare(node.expression)
    : node;

interface ColumnRead {
  readonly column: Column;
  /** Whether a document stands where the id was. */
  readonly isPopulated: 'yes' | 'maybe' | 'no';
}

/** The column of a row that an expression in a turn reads: `post.author`, where `posts` are the rows of a query. */
function columnRead(file: File, expression: t.Node, depth = 0): ColumnRead | undefined {
  const value = bare(expression);
  if (depth > 4) return undefined;
  if (value.type === 'MemberExpression' || value.type === 'OptionalMemberExpression') {
    const name = value.computed ? undefined : nameOf(value.property);
    const object = bare(value.object);
    return name === undefined || object.type !== 'Identifier' ? undefined : columnOfRow(file, object, name);
  }
  if (value.type !== 'Identifier') return undefined;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(value), value.name);
  if (binding === undefined) return undefined;
  const property = binding.identifier.parent;
  if (isNode(property, 'ObjectProperty') && isNode(property.parent, 'ObjectPattern')) {
    const query = queryOfElement(file, value, binding);
    const name = nameOfKey(property.node);
    if (query !== undefined && name !== undefined) return columnIn(file, query, name, value);
  }
  const { declaration } = binding;
  if (binding.kind !== 'const' || !isNode(declaration, 'VariableDeclarator')) return undefined;
  const { id, init } = declaration.node;
  if (id.type === 'Identifier' && init != null) return columnRead(file, init, depth + 1);
  const from = id.type === 'ObjectPattern' && init != null ? bare(init) : undefined;
  const name = isNode(property, 'ObjectProperty') ? nameOfKey(property.node) : undefined;
  return from?.type === 'Identifier' && name !== undefined ? columnOfRow(file, from, name) : undefined;
}

/** A column of the row that a name stands for. */
function columnOfRow(file: File, row: t.Identifier, name: string): ColumnRead | undefined {
  const binding = file.scopes.lookup(file.pathOf<t.Node>(row), row.name);
  if (binding === undefined) return undefined;
  const query = queryOfResult(file, binding) ?? queryOfElement(file, row, binding);
  return query === undefined ? undefined : columnIn(file, query, name, row);
}

function columnIn(file: File, query: Query, name: string, at: t.Node): ColumnRead | undefined {
  const column = query.orm === 'mongoose' ? columnOf(query, name) : undefined;
  return column === undefined ? undefined : { column, isPopulated: populationOf(file, query, name, at) };
}

/** The query whose row a name is bound to: `const post = await Post.findById(…)`. */
function queryOfResult(file: File, { kind, declaration }: Binding): Query | undefined {
  if (kind !== 'const' || !isNode(declaration, 'VariableDeclarator')) return undefined;
  const { init } = declaration.node;
  if (init?.type !== 'AwaitExpression' || init.argument.type !== 'CallExpression') return undefined;
  const query = queryAt(file, file.pathOf<t.CallExpression>(init.argument))?.query;
  return query?.gives === 'one' ? query : undefined;
}

/** The query whose rows are walked, of which a name is bound to one, or to a part of it. */
function queryOfElement(file: File, name: t.Node, { identifier }: Binding): Query | undefined {
  for (const walk of walksAround(file, file.pathOf<t.Node>(name)))
    if ('list' in walk && walk.element !== undefined && contains(walk.element, identifier.node))
      return rowsIn(file, walk.list);
  return undefined;
}

/** Whether rows of a query have documents where the ids of a column were: it, a hook, a plugin or code near the turn populates them. */
function populationOf(file: File, query: Query, column: string, at: t.Node): 'yes' | 'maybe' | 'no' {
  const chain = chainOf(query.call);
  if (column === '_id') return 'no';
  if (chain === undefined) return 'maybe';
  if (populatedIn(chain).includes(column)) return 'yes';
  let found: 'maybe' | 'no' = populatesOf(chain).some((args) => 'why' in populated(args)) ? 'maybe' : 'no';
  if (query.model?.hooks.some((one) => OF_ROWS.test(one)) === true) found = 'maybe';
  for (const { node } of nodesIn(file, functionAround(file, at))) {
    if (node.type !== 'CallExpression' || methodOf(node) !== 'populate' || contains(query.call, node))
      continue;
    // Of another query in the same function.
    if (node.callee.type === 'MemberExpression' && node.callee.object.type === 'CallExpression') continue;
    const isOfColumn = node.arguments.some(
      (one) => textIn(one) === column || textIn(valueOf(one, 'path')) === column,
    );
    if (isOfColumn) return 'yes';
    found = 'maybe';
  }
  return found;
}

/** Middleware that sees the rows of a query: https://mongoosejs.com/docs/middleware.html */
const OF_ROWS = /^plugin |^(?:pre|post) (?:find|findOne|init|\*)$/;

function functionAround(file: File, node: t.Node): t.Node {
  let at: Path = file.pathOf<t.Node>(node);
  while (at.parent !== null && !(/Function|Method/.test(at.node.type) && !/Call/.test(at.parent.node.type)))
    at = at.parent;
  return at.node;
}

// Why the rows agree

function* whyRowsAgree(file: File, query: Query): Generator<Evidence> {
  const chain = chainOf(query.call);
  if (chain === undefined) return;
  yield* whyHooksAgree(query);
  const keys = keysIn(file, query.call, query.conditions);
  const isOfText = keys.some(
    ({ column }) => !/^(?:object-id|integer|float|boolean)$/.test(columnOf(query, column)?.type ?? ''),
  );
  if (isOfText && query.model?.defaultScope?.includes('collation') === true)
    yield fails(
      'The schema has a collation, by which texts may be equal that a lookup tells apart',
      query.model.seenAt,
    );
  yield* whyIdsStay(query, chain, keys);
  for (const key of keys) yield* whyIdIsFound(file, query, key);
  yield* whyPopulatedAgree(file, query, chain);
  yield* whyHooksWriteNothing(file, query);
}

/** What waits for a query, or the query. */
function valueNode(file: File, call: t.CallExpression): t.Node {
  const { parent } = file.pathOf<t.Node>(call);
  return isNode(parent, 'AwaitExpression') ? parent.node : call;
}

/** What a schema says that has nothing to do with what its queries find. */
const BESIDE = /^(?:the (?:model|relations?|index(?:es)?|virtual)\b|whether `[^`]*` is unique)/;

/** The middleware of the calls: https://mongoosejs.com/docs/middleware.html. `exists` is a `findOne`. */
function middlewareOf({ gives, method }: Query): readonly string[] {
  if (gives === 'count') return [method, 'aggregate'];
  if (gives === 'exists') return ['findOne', 'distinct'];
  return gives === 'one' ? ['findOne', 'find'] : ['find'];
}

function* whyHooksAgree(query: Query): Generator<Evidence> {
  const { model, table } = query;
  if (model === undefined) {
    yield assumed(
      `No hook, plugin, getter or list in the schema of \`${table}\`, which is not found, tells one query from many`,
    );
    return;
  }
  const names = middlewareOf(query);
  const hooks = model.hooks.filter((one) => {
    const [, name] = /^(?:pre|post) (.*)$/.exec(one) ?? [];
    return (
      one.startsWith('plugin ') ||
      name === '*' ||
      name === 'init' ||
      (name !== undefined && names.includes(name))
    );
  });
  const unread = model.unread.filter((one) => !BESIDE.test(one));
  const [hook] = hooks;
  if (hook !== undefined)
    yield assumed(
      `${hooks.map((one) => `\`${one}\``).join(', ')} of \`${table}\` give the same rows for all turns as for each`,
      model.seenAt,
    );
  if (unread.length > 0)
    yield assumed(
      `What is not understood of the schema of \`${table}\` changes no rows: ${unread.join(', ')}`,
      model.seenAt,
    );
  if (hook === undefined && unread.length === 0)
    yield holds(
      `No hook or plugin of \`${table}\` runs for ${names.map((one) => `\`${one}\``).join(' or ')}`,
      model.seenAt,
    );
}

/** Rows have the ids that they were found by, unless documents take their places. */
function* whyIdsStay(query: Query, chain: Chain, keys: readonly Condition[]): Generator<Evidence> {
  const { model, table } = query;
  if (query.gives === 'count' || query.gives === 'exists') return;
  const populatedPaths = populatedIn(chain);
  for (const { column } of keys) {
    if (column === undefined || column === '_id') continue;
    const type = columnOf(query, column)?.type;
    if (type !== undefined && type !== 'object-id') continue;
    const isEager = model?.relations.some(({ name, isEager: is }) => name === column && is) === true;
    const hook = model?.hooks.find((one) => /^(?:pre|post) (?:find|\*)$/.test(one));
    if (isEager || populatedPaths.includes(column))
      yield fails(
        `\`${column}\` of the rows is populated, so that it is not the id that they are told apart by`,
      );
    else if (hook !== undefined)
      yield fails(
        `\`${hook}\` of \`${table}\` may populate \`${column}\`, which would then not be the id that rows are told apart by`,
        model?.seenAt,
      );
  }
}

/** The hooks of what a turn writes may write too. */
function* whyHooksWriteNothing(file: File, query: Query): Generator<Evidence> {
  const walk = walksAround(file, file.pathOf(query.call)).findLast((one): one is RowLoop => 'list' in one);
  const effects = walk === undefined ? [] : file.facts.codeOf(file.path, walk.body).effects;
  for (const { access, resource, by, seenAt } of effects) {
    if (access !== 'write' || resource.kind !== 'table' || resource.database !== 'mongoose') continue;
    const model = file.facts.modelOf(file.path, 'mongoose', resource.name);
    const hook = model?.hooks.find((one) =>
      /^plugin |^(?:pre|post) (?!find$|findOne$|count|distinct|init$)/.test(one),
    );
    if (hook === undefined) continue;
    yield assumed(
      `\`${hook}\` of \`${resource.name}\`, which \`${by}\` may run, writes nothing that the query looks at`,
      seenAt,
    );
    return;
  }
}

/** Ids are looked up by their texts, which must be written in one way. */
function* whyIdIsFound(file: File, query: Query, { column, value }: Condition): Generator<Evidence> {
  const declared = columnOf(query, column);
  if (declared !== undefined && declared.type !== 'object-id') return;
  if (declared === undefined && column !== '_id' && query.model !== undefined) return;
  const text = short(file.textOf(value));
  const site = file.siteOf(value);
  const kind = keyKind(file, value);
  if (kind === 'id') yield holds(`\`${text}\` is an id, which is looked up by its text`, site);
  else if (kind === 'text')
    yield assumed(
      `\`${text}\` is a text of 24 small letters and figures, as the text of an id is: another one is not looked up, and one that is no id refuses all turns`,
      site,
    );
  else if (kind === 'document')
    yield fails(`\`${text}\` is a document, which was populated in the place of its id`, site);
  else if (kind === 'other')
    yield fails(`\`${text}\` is neither an id nor the text of one, so that its text finds no row`, site);
  else
    yield assumed(`\`${text}\` is an id or its text, and no document that was populated in its place`, site);
}

/** Rows share what is populated in them, those of several turns too: https://mongoosejs.com/docs/populate.html */
function* whyPopulatedAgree(file: File, { call, model }: Query, chain: Chain): Generator<Evidence> {
  const fate = fateOfValue(file, valueNode(file, call));
  for (const path of populatedIn(chain)) {
    const relation = model?.relations.find(({ name }) => name === path);
    if (relation?.isFiltered === true)
      yield fails(
        `The relation \`${path}\` has a limit or filter of its own, which is one for all turns`,
        model?.seenAt,
      );
    else if (relation === undefined)
      yield assumed(
        `\`${path}\` of each row is populated with the same documents whichever rows are beside it`,
        model?.seenAt,
      );
    if (fate.kind !== 'read')
      yield assumed(
        `Nobody changes the documents in \`${path}\`, which rows of several turns share now`,
        file.siteOf(fate.at),
      );
  }
}

// Relations that a turn populates

/** `await post.populate('author')`, `await Post.populate(post, 'author')`: https://mongoosejs.com/docs/api/model.html#Model.populate() */
function relationCall(file: File, path: Path<t.Expression>): RelationCall | undefined {
  const call = path.node;
  if (
    call.type !== 'CallExpression' ||
    call.callee.type !== 'MemberExpression' ||
    methodOf(call) !== 'populate'
  )
    return undefined;
  const [first] = call.arguments;
  // What a document is told to populate is a text or an object; a model is told the document first.
  const isOfModel = first?.type === 'Identifier';
  const [row, ...told] = isOfModel ? call.arguments : [call.callee.object, ...call.arguments];
  if (row?.type !== 'Identifier') return undefined;
  const binding = file.scopes.lookup(path, row.name);
  if (binding === undefined || queryOfElement(file, row, binding)?.orm !== 'mongoose') return undefined;
  const paths = populated(told);
  const [relation = '', ...others] = 'why' in paths ? [] : paths;
  const isPlain = told.length === 1 && textIn(told[0]) !== undefined && others.length === 0;
  const isStatement =
    isNode(path.parent, 'AwaitExpression') && isNode(path.parent.parent, 'ExpressionStatement');
  return {
    row,
    relation,
    gives: isStatement ? 'nothing' : 'rows',
    unread: !isPlain
      ? 'it populates more than one relation as it is'
      : isStatement
        ? undefined
        : 'it gives the document again',
  };
}

/** Populates what turns populated. A query of its own stays one: others would see documents in the place of ids. */
function eager(
  _file: File,
  parent: Query,
  loads: readonly EagerLoad[],
): WrittenLoads | { readonly why: string } {
  const chain = chainOf(parent.call);
  if (chain === undefined || loads.some(({ child }) => child !== undefined))
    return { why: 'a populated document takes the place of the id, which other code may read' };
  if (isLean(chain)) return { why: 'rows that are no documents cannot populate' };
  const known = populatesOf(chain).map(populated);
  if (known.some((one) => 'why' in one || loads.some(({ relation }) => one.includes(relation.name))))
    return { why: 'the first query populates the relation already, perhaps in another way' };
  const filtered = loads.find(({ relation }) => relation.isFiltered)?.relation;
  if (filtered !== undefined)
    return { why: `\`${filtered.name}\` has a limit or filter of its own, which is one for all rows` };
  const selection = selectionOf(chain);
  const isAsked = (column: string): boolean =>
    selection === undefined ||
    (!selection.excluded.includes(column) && namesIn(selection)?.includes(column) !== false);
  if (!loads.every(({ relation }) => relation.from.every(isAsked)))
    return { why: 'the first query does not ask for what the relation is joined by' };
  const exec = chain.steps.find((one) => methodOf(one) === 'exec')?.callee;
  const [, end] = spanOf(exec?.type === 'MemberExpression' ? exec.object : parent.call);
  return {
    replacements: [
      { at: { start: end, end }, by: loads.map(({ relation }) => `.populate('${relation.name}')`).join('') },
    ],
    imports: [],
    reads: loads.map(() => undefined),
    isShared: true,
    evidence: loads.map(({ relation }) =>
      assumed(
        `Nothing reads \`${relation.name}\` as an id before a turn populates it: documents stand there from the start now`,
        parent.model?.seenAt,
      ),
    ),
  };
}

/**
 * https://mongoosejs.com/docs/schematypes.html. Large numbers lose figures on their way, and a UUID is a text in documents and an object in
 * plain rows.
 */
const JAVASCRIPT: { readonly [K in ColumnType]?: 'number' | 'string' | 'boolean' | 'object' } = {
  integer: 'number',
  float: 'number',
  string: 'string',
  enum: 'string',
  boolean: 'boolean',
  'object-id': 'object',
};

export const MONGOOSE: Dialect = {
  orm: 'mongoose',
  methods:
    /^(?:find|findOne|findById|countDocuments|count|estimatedDocumentCount|exists|distinct|aggregate)$/,
  read,
  batched,
  grouped,
  eager,
  relationCall,
  whyRowsAgree,
  javaScriptOf: (type) => JAVASCRIPT[type],
  // A command holds 16 MB, hundreds of thousands of ids: https://www.mongodb.com/docs/manual/reference/limits/
  mostKeys: undefined,
  takesNoKeys: () => true,
  mapKey: (key, type) =>
    type === undefined || type === 'object-id' || type === 'unknown' ? `String(${key})` : key,
};
