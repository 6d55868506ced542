/** What must hold so that one query for all turns gives each turn what its own query gave it. */
import { mentions, runWith, seenWrite } from '../concurrency/index.ts';
import { assumed, fails, holds, type Evidence, type Site } from '../evidence.ts';
import { conflictsOf, mayBeSame } from '../facts/effects/conflicts.ts';
import type { CodeFact, Effect } from '../facts/effects/effect.ts';
import type { Column } from '../facts/orm/schema.ts';
import type { ValueKind } from '../facts/types.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { Binding } from '../syntax/scopes.ts';
import type { Batch, Key } from './batches.ts';
import type { Eager } from './eager.ts';
import { contains, namesIn, nodesIn, short } from './keys.ts';
import { methodOf, nameOfKey, valueOf } from './objects.ts';
import { earlyEndOf } from './loops.ts';
import type { RowLoop } from './loops.ts';
import { asksOnlyForPresence, guardsOf, statementsBefore } from './guards.ts';
import type { File, Query } from './query.ts';
import { rowsIn, rowsOf, togetherAround, type Rows } from './sites.ts';
import { doesSomething, isArray, isCastList, isOneShot, isTyped } from './values.ts';
import { fateOf, fateOfValue, type Fate, type FateOptions } from './uses.ts';

/** The evidence for asking `batch` once. */
export function* whyAskedOnce(file: File, batch: Batch): Generator<Evidence> {
  yield* whyWaitedFor(batch, file);
  yield* whyPays(file, batch);
  yield* whySameKey(file, batch);
  yield* whyTellableBefore(file, batch);
  yield* whyThereForNone(file, batch);
  yield* whyRightRow(file, batch);
  yield* whyKeysCompare(file, batch);
  yield* whyNoNullKey(file, batch);
  yield* whyRowsStay(file, batch);
  yield* whyWalkedTwice(file, batch);
  yield* whyListStays(file, batch);
  yield* whySharedRows(file, batch);
  yield* whyNoExtraColumn(file, batch);
  yield* whyOrder(file, batch);
  yield* whyErrors(file, batch);
  yield* whyEnough(file, batch);
  yield* batch.site.dialect.whyRowsAgree?.(file, batch.site.query) ?? [];
}

/** The evidence for loading the rows that `batch` asks for with the rows that its walk goes over. */
export function* whyLoadedWithRows(
  file: File,
  { batch, rows, relation }: Eager,
  isShared: boolean,
): Generator<Evidence> {
  const { query } = batch.site;
  const [from, to] = [relation.from.join(', '), relation.to.join(', ')];
  yield holds(
    `\`${relation.name}\` of \`${rows.query.table}\` joins its \`${from}\` to \`${to}\` of \`${relation.model}\``,
    rows.query.model?.seenAt,
  );
  yield holds(
    query.loads === undefined || query.loads.gives === 'rows'
      ? `Of the rows in \`${rows.binding.name}\` only properties are read, so that nobody sees that they have \`${relation.name}\` now`
      : `The rows in \`${rows.binding.name}\` get \`${relation.name}\` as they did in the turns`,
  );
  yield* whyWaitedFor(batch, file);
  if (query.missing === 'throws')
    yield assumed(
      `Every \`${short(file.textOf(batch.keys[0].condition.value))}\` has its row: \`${query.method}\` refuses one that has none`,
      file.siteOf(query.call),
    );
  yield* whyNoNullKey(file, batch);
  yield* whyRowsStay(file, batch);
  if (query.loads === undefined) yield* whyTellableBefore(file, batch);
  yield* whyNothingBetween(file, batch, rows);
  yield* whyListStays(file, batch);
  if (isShared) yield* whySharedRows(file, batch);
  yield* whyOrder(file, batch);
  yield* whyErrors(file, batch);
}

/** Between the query of the rows and the walk nothing must write what is loaded earlier now. */
function* whyNothingBetween(file: File, batch: Batch, rows: Rows): Generator<Evidence> {
  const { site, anchor, keys } = batch;
  const statements = statementsBetween(rows.statement, anchor);
  const moved = site.query.loads === undefined ? [...argumentsOf(site.path.node)] : [];
  const told = moved
    .flatMap((one) => [...namesIn(file, one)])
    .filter(({ path }) => !keys.some(({ condition }) => contains(condition.value, path.node)));
  const set = told.find(
    ({ binding }) =>
      binding !== undefined &&
      binding.kind !== 'const' &&
      binding.writes.some(({ node }) => node !== binding.identifier.node),
  );
  if (set !== undefined)
    yield fails(
      `\`${set.path.node.name}\` is set more than once, and would be looked at before the loop`,
      file.siteOf(set.path.node),
    );
  const late = told.find(
    ({ binding }) =>
      (binding?.identifier.node.start ?? -1) >= (rows.statement.node.start ?? 0) &&
      !contains(site.path.node, binding?.identifier.node ?? rows.statement.node),
  );
  if (late !== undefined)
    yield fails(
      `\`${late.path.node.name}\` is not there yet where the rows are asked for`,
      file.siteOf(late.path.node),
    );
  // What members are read of in what is handed to the query: `context` of `context.tenant.id`.
  const holders = told
    .filter(({ path }) => isNode(path.parent, 'MemberExpression') && path.key === 'object')
    .map(({ path }) => path.node.name);
  const client = [...namesIn(file, site.path.node)].find(
    ({ binding }) => binding !== undefined && /^(let|var)$/.test(binding.kind) && binding.writes.length > 1,
  );
  if (client !== undefined)
    yield fails(
      `\`${client.path.node.name}\` is set more than once: which it is where the rows are asked for is not known`,
      file.siteOf(client.path.node),
    );
  const isMore = told.some(
    ({ path }) => isNode(path.parent, 'MemberExpression') || isNode(path.parent, 'CallExpression'),
  );
  for (const one of statements) {
    const fact = file.facts.codeOf(file.path, one);
    const exit = isMore
      ? [...runWith(file, one)].find(({ node }) => /^(Return|Throw|Break|Continue)Statement$/.test(node.type))
      : undefined;
    const check = [...runWith(file, one)].find(
      ({ node }) =>
        node.type === 'CallExpression' &&
        node.arguments.some((argument) => mentions(file.textOf(argument), holders)),
    );
    if (check !== undefined)
      yield fails(
        `\`${short(file.textOf(check.node))}\`, which comes before the loop, may look whether what the query is told is there`,
        file.siteOf(check.node),
      );
    const [refusal] = isMore ? fact.thrown : [];
    if (refusal !== undefined)
      yield fails(
        `\`${short(refusal.text)}\` may be thrown before what the query is told of is there`,
        refusal.seenAt,
      );
    if (exit !== undefined)
      yield fails(
        'What the query is told may not be there before it is asked for: the code before the loop may leave first',
        file.siteOf(exit.node),
      );
    const writes = fact.effects.filter(({ access }) => access === 'write');
    const changed =
      moved
        .flatMap((part) => [...conflictsOf(file.facts.codeOf(file.path, part), fact)])
        .find(({ later }) => later.access === 'write')?.later ??
      writes.find(
        ({ resource }) =>
          resource.kind === 'field' &&
          told.some(({ binding }) => binding !== undefined && isVariable(file, resource.owner, binding)),
      );
    if (changed !== undefined)
      yield fails(
        `\`${short(changed.by)}\`, which comes before the loop, changes what the query is told`,
        changed.seenAt,
      );
    const certain = writes.find((effect) => isSeenBy(site.query, effect) === 'certain');
    if (certain !== undefined) {
      yield fails(
        `\`${certain.by}\`, which comes before the loop, writes what would be loaded before it`,
        certain.seenAt,
      );
      return;
    }
    const write = writes.find((effect) => isSeenBy(site.query, effect) !== undefined);
    const stranger = fact.unknown.find(
      ({ isAwaited, isDropped, guess }) => (isAwaited || isDropped) && guess !== 'read',
    );
    const promise = [...runWith(file, one)].find(
      ({ node }) =>
        node.type === 'AwaitExpression' && !/^(Call|New|OptionalCall)Expression$/.test(node.argument.type),
    );
    if (write !== undefined)
      yield assumed(
        `\`${write.by}\`, which comes before the loop, writes nothing that is loaded before it now`,
        write.seenAt,
      );
    else if (stranger !== undefined)
      yield assumed(
        `\`${stranger.callee}\`, which comes before the loop, writes nothing that is loaded before it now: ${stranger.why}`,
        stranger.seenAt,
      );
    else if (promise !== undefined || /\$transaction\(\s*[\w$]+\s*[,)]/.test(file.textOf(one)))
      yield assumed(
        `What is waited for before the loop writes nothing that is loaded before it now: \`${short(file.textOf(promise?.node ?? one))}\``,
        file.siteOf(promise?.node ?? one),
      );
  }
}

/** The statements between two of one list. */
function statementsBetween({ node, parent, key }: Path, { node: last }: Path): readonly t.Node[] {
  const list =
    parent === null ? undefined : (parent.node as unknown as Readonly<Record<string, unknown>>)[key];
  return (Array.isArray(list) ? (list as t.Node[]) : []).filter(
    (one) => (one.start ?? 0) >= (node.end ?? 0) && (one.start ?? 0) < (last.start ?? 0),
  );
}

/** What a query is called in a sentence: the model and the method. */
export const named = ({ table, method }: Query): string => `${table === '*' ? '' : `${table}.`}${method}`;

function* whyWaitedFor({ site, walk, path }: Batch, file: File): Generator<Evidence> {
  const loose = path.find(
    (one) =>
      one.kind === 'callback' && /^(map|flatMap|pMap)$/.test(one.method ?? '') && !areTurnsAwaited(one),
  );
  if (loose !== undefined)
    yield fails(
      'The turns are not waited for all together where they begin, so that one query for them would be waited for earlier; by hand: put the list into `await Promise.all(…)`',
      file.siteOf(loose.path.node),
    );
  if (!site.isWaitedFor)
    yield fails(
      'Its result is not waited for where it is asked: what becomes of the promise is not followed',
      file.siteOf(site.path.node),
    );
  if (walk.kind === 'callback' && walk.method === 'forEach')
    yield fails(
      'Nobody waits for the turns that `forEach` begins; by hand: make it a `for…of` loop first',
      file.siteOf(walk.path.node),
    );
  else if (walk.kind === 'callback' && !/^(map|flatMap|pMap)$/.test(walk.method ?? ''))
    yield fails(
      `\`${walk.method ?? ''}\` is handed promises, which it takes for values`,
      file.siteOf(walk.path.node),
    );
}

/** Whether the turns of a walk are waited for in the expression that begins them. */
const areTurnsAwaited = (walk: RowLoop): boolean =>
  walk.method === 'pMap' ? isNode(walk.path.parent, 'AwaitExpression') : togetherAround(walk) !== undefined;

/** Prisma asks for all `findUnique`s of one tick at once: https://www.prisma.io/docs/orm/prisma-client/queries/query-optimization-performance */
function* whyPays(file: File, { site, path }: Batch): Generator<Evidence> {
  const { query } = site;
  const [walk] = path;
  if (query.orm !== 'prisma' || !query.method.startsWith('findUnique') || walk === undefined) return;
  const isFirst = walk.path.node === site.walks[0]?.path.node && !hasAwaitBefore(file, site.path, walk.body);
  if (isFirst && togetherAround(walk) !== undefined)
    yield fails(
      'Nothing is gained: Prisma already sends the `findUnique` calls that begin together as one query',
      file.siteOf(site.path.node),
    );
}

/** Whether a turn waits for something before it comes to `path`. */
const hasAwaitBefore = (file: File, path: Path, body: t.Node): boolean =>
  [...runWith(file, body)].some(
    ({ node }) => node.type === 'AwaitExpression' && (node.end ?? 0) <= (path.node.start ?? 0),
  );

function* whySameKey(file: File, { site, keys, walk }: Batch): Generator<Evidence> {
  const [key] = keys;
  const list = short(file.textOf(walk.list));
  const names = keys.map(({ condition }) => `\`${condition.column}\``).join(' and ');
  yield holds(
    `The turns over \`${list}\` differ only in the value that ${names} must have`,
    file.siteOf(key.condition.value),
  );
  for (const call of callsIn(file, site.path.node, keys)) {
    const { effects, unknown, thrown } = file.facts.codeOf(file.path, call);
    // What the program itself keeps is looked at elsewhere: whether a turn changes it.
    const outer = effects.filter(
      ({ access, resource }) => access === 'write' || !/^(variable|field)$/.test(resource.kind),
    );
    if (outer.length + unknown.length + thrown.length > 0)
      yield assumed(
        `\`${short(file.textOf(call))}\` gives the same in every turn, and before the first one`,
        file.siteOf(call),
      );
  }
}

/** What is taken out of a list need not be there where there are no turns. */
function* whyThereForNone(file: File, { site, keys, walk }: Batch): Generator<Evidence> {
  for (const part of argumentsOf(site.path.node)) {
    for (const path of nodesIn(file, part)) {
      if (
        !isNode(path, 'MemberExpression') ||
        keys.some(({ condition }) => contains(condition.value, path.node))
      )
        continue;
      const { object } = path.node;
      const binding =
        object.type === 'Identifier'
          ? file.scopes.lookup(file.pathOf<t.Node>(object), object.name)
          : undefined;
      const isTaken =
        isNode(binding?.declaration, 'VariableDeclarator') &&
        binding.declaration.node.id.type === 'ArrayPattern';
      if (!isTaken && !(object.type === 'MemberExpression' && object.computed)) continue;
      yield assumed(
        `\`${short(file.textOf(object))}\` is there also where \`${short(file.textOf(walk.list))}\` is empty: it is looked at before the loop now`,
        file.siteOf(path.node),
      );
      return;
    }
  }
}

/** What the query is told is told before all turns, also where a turn would not come to it. */
function* whyTellableBefore(file: File, batch: Batch): Generator<Evidence> {
  const { site, keys, walk } = batch;
  const guards = [...guardsOf(file, site.path, walk.path)];
  const refusals = [...statementsBefore(site.path, walk.path)].filter(
    (one) => file.facts.codeOf(file.path, one).thrown.length > 0,
  );
  if (guards.length + refusals.length === 0) return;
  const values = keys.map(({ condition }) => condition.value);
  const asked = guards.map((one) => file.textOf(one)).join('\n');
  for (const path of runWith(file, site.path.node)) {
    if (!isNode(path, 'MemberExpression') || values.some((one) => contains(one, path.node))) continue;
    const object = file.textOf(path.node.object);
    if (
      path.node.object.type === 'ThisExpression' ||
      path.node.object.type === 'CallExpression' ||
      !mentions(asked, [object])
    )
      continue;
    yield fails(
      `\`${short(object)}\`, which the query is told of, is looked at first in the turn: whether it is there is not known before the loop`,
      file.siteOf(path.node),
    );
    return;
  }
  const partsOfKeys = new Set(
    keys.flatMap(({ condition, dependence }) =>
      [
        dependence.text,
        file.textOf(condition.value),
        ...dependence.sources.map((one) => file.textOf(one)),
      ].flatMap(prefixesOf),
    ),
  );
  const valueGuard = guards.find((one) => !asksOnlyForPresence(file, one, partsOfKeys)) ?? refusals[0];
  if (valueGuard === undefined) return;
  for (const key of keys) {
    const { column } = key.condition;
    const declared = site.query.model?.columns.find((one) => one.name === column);
    const value = short(file.textOf(key.condition.value));
    const test = short(file.textOf(valueGuard));
    const { dependence } = key;
    if (dependence.on === 'element' && isOfSeveralTypes(file, dependence.walk))
      yield fails(
        `The elements are of several types, and \`${test}\` tells which one has \`${value}\`; by hand: filter the list first`,
        file.siteOf(valueGuard),
      );
    else if (declared?.type === 'string' || columnRead(file, key, batch) !== undefined)
      yield holds(
        `Any \`${value}\` may be asked for, also where \`${test}\` keeps a turn from it`,
        file.siteOf(valueGuard),
      );
    else
      yield assumed(
        `The database takes any \`${value}\` without an error, also where \`${test}\` keeps a turn from asking for it`,
        file.siteOf(valueGuard),
      );
  }
}

/** A chain of properties, and all that it goes through: `post`, `post.author` and `post.author.id`. */
function prefixesOf(text: string): readonly string[] {
  const parts = text.replaceAll('?.', '.').replaceAll('!', '').split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Whether the elements of a list are of a union of types, as far as types tell. */
function isOfSeveralTypes(file: File, { element }: RowLoop): boolean {
  if (element?.type !== 'Identifier' || !isTyped(file)) return false;
  const { text, kinds } = file.facts.typeOf(file.path, element);
  return (
    kinds.has('object') &&
    / \| (?!null\b|undefined\b)/.test(text.replace(/\{[^{}]*\}|<[^<>]*>|\([^()]*\)/g, '_'))
  );
}

/** The calls in the arguments of a query that are evaluated for it, those of its own chain left out. */
function* callsIn(file: File, query: t.CallExpression, keys: Batch['keys']): Generator<t.Node> {
  const chain = spineOf(query);
  for (const { node } of runWith(file, query)) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
    if (chain.has(node) || keys.some(({ condition }) => contains(condition.value, node))) continue;
    // The operators of libraries only describe.
    const callee = node.callee.type === 'Identifier' ? node.callee.name : '';
    if (
      /^(In|Not|Equal|IsNull|Like|ILike|LessThan\w*|MoreThan\w*|Between|Any|Raw|eq|ne|gt|gte|lt|lte|and|or|not|isNull|isNotNull|inArray|like|ilike|between|asc|desc|exists)$/.test(
        callee,
      )
    )
      continue;
    yield node;
  }
}

/** The columns that a query fixes to one value. */
const fixedIn = (file: File, { conditions, nullKey }: Query): ReadonlySet<string> =>
  new Set(
    conditions.flatMap(({ column, operator, value }) => {
      if (operator !== 'equals' || column === undefined) return [];
      // A condition on undefined is left out by some libraries.
      const mayBeLeftOut =
        nullKey !== 'none' && isTyped(file) && file.facts.typeOf(file.path, value).kinds.has('undefined');
      return mayBeLeftOut ? [] : [column];
    }),
  );

/** Whether no two rows can meet what a query asks for, by keys and uniques. */
export function isUniqueIn(file: File, query: Query): boolean {
  const fixed = fixedIn(file, query);
  const { model, derived } = query;
  if (derived !== undefined) return false;
  const sets = model === undefined ? [] : [model.primaryKey, ...model.uniques];
  return sets.some((columns) => columns.length > 0 && columns.every((one) => fixed.has(one)));
}

function* whyRightRow(file: File, { site: { query }, keys }: Batch): Generator<Evidence> {
  const columns = keys.map(({ condition }) => `\`${condition.column}\``).join(' and ');
  if (query.gives === 'many') return;
  if (query.gives === 'count' || query.gives === 'exists') {
    yield holds(`Rows are counted for each ${columns}; a value without rows counts none`);
    return;
  }
  if (query.missing === 'throws')
    yield fails(
      `\`${query.method}\` refuses where there is no row, and a lookup does not; by hand: look the row up, and throw where it is missing`,
      file.siteOf(query.call),
    );
  const isUnique =
    isUniqueIn(file, query) || (query.orm === 'prisma' && query.method.startsWith('findUnique'));
  if (isUnique)
    yield holds(`No two rows of \`${query.table}\` have the same ${columns}`, query.model?.seenAt);
  else if (query.isOrdered)
    yield fails(
      `\`${query.method}\` takes the first row by its order, and ${columns} may have several; by hand: ask for the first of each by a window function`,
      file.siteOf(query.call),
    );
  else
    yield assumed(
      `No two rows of \`${query.table}\` that it finds have the same ${columns}`,
      query.model?.seenAt ?? file.siteOf(query.call),
    );
}

/** The property of its row that a key is: `authorId` of `post.authorId`, or of `{ authorId: id }`. */
function propertyRead(dependence: Key['dependence']): string | undefined {
  const pattern = dependence.on === 'element' ? dependence.walk.element : undefined;
  if (pattern?.type !== 'ObjectPattern') return /^[\w$]+\??\.(\w+)!?$/.exec(dependence.text)?.[1];
  const property = pattern.properties.find(
    (one) =>
      one.type === 'ObjectProperty' && one.value.type === 'Identifier' && one.value.name === dependence.text,
  );
  return property === undefined ? undefined : nameOfKey(property);
}

/** The query of a batch, where its rows are rows of its model. */
const ownRowsOf = (batch: Batch | undefined): Query | undefined =>
  batch?.site.query.derived === undefined ? batch?.site.query : undefined;

/** The model's column that an expression reads: `post.authorId`, where `posts` are the rows of a query. */
function columnRead(file: File, { dependence }: Key, batch: Batch): Column | undefined {
  const query = dependence.on === 'row' ? ownRowsOf(batch.after) : rowsIn(file, dependence.walk.list);
  const name = propertyRead(dependence);
  if (name === undefined || query?.selected?.includes(name) === false) return undefined;
  const rows = dependence.on === 'row' ? undefined : rowsOf(file, dependence.walk.list);
  if (rows !== undefined && fateOf(file, rows.binding).kind === 'changed') return undefined;
  return query?.model?.columns.find((one) => one.name === name);
}

/** What a key may be when the program runs, as far as types and schemas tell. */
export function kindsOfKey(file: File, key: Key, batch: Batch): ReadonlySet<ValueKind> {
  // A cast, or a mark that it is there, says what the code wishes for.
  const value = withoutWishes(key.condition.value);
  const isCast =
    (value !== key.condition.value && key.condition.value.type === 'TSAsExpression') ||
    (key.dependence.on === 'element' && isCastList(file, key.dependence.walk.list));
  const typed: ReadonlySet<ValueKind> =
    isTyped(file) && !isCast ? file.facts.typeOf(file.path, value).kinds : new Set<ValueKind>(['unknown']);
  const kinds = new Set<ValueKind>(typed.has('unknown') ? (kindsOfColumn(file, key, batch) ?? typed) : typed);
  // A row that may be missing.
  if (value.type === 'OptionalMemberExpression') kinds.add('undefined');
  // Documents need not have what a type says of them.
  const ofDocument = batch.site.query.orm === 'mongoose' && propertyRead(key.dependence) !== '_id';
  if (ofDocument && (key.dependence.on === 'row' || rowsIn(file, key.dependence.walk.list) !== undefined))
    kinds.add('undefined');
  // What a type says of any index need not be there.
  if (key.dependence.text.includes('[')) kinds.add('undefined');
  return kinds;
}

const withoutWishes = (node: t.Node): t.Node =>
  node.type === 'TSNonNullExpression' || node.type === 'TSAsExpression'
    ? withoutWishes(node.expression)
    : node;

/** The kinds of the values of the column that a key reads. */
function kindsOfColumn(file: File, key: Key, batch: Batch): ReadonlySet<ValueKind> | undefined {
  const column = columnRead(file, key, batch);
  const kind = column === undefined ? undefined : batch.site.dialect.javaScriptOf(column.type);
  if (column === undefined || kind === undefined || column.isList) return undefined;
  return new Set<ValueKind>([kind, ...(column.isNullable !== false ? (['null'] as const) : [])]);
}

/** Types of texts that a database gives in another form than it is asked for: padded, shortened, without regard to case. */
const NORMALISED =
  /(^|[^a-z])(n?char|bpchar|character(?!\s*varying)|inet|cidr|macaddr8?|bit|varbit|xml|citext|time(?:tz)?|interval|money|ltree|tsvector|tsquery|jsonb?|point|name)\b(?!\s*varying)/i;

function* whyKeysCompare(file: File, batch: Batch): Generator<Evidence> {
  const { query, dialect } = batch.site;
  for (const key of batch.keys) {
    const { column } = key.condition;
    const declared = query.model?.columns.find((one) => one.name === column);
    const value = short(file.textOf(key.condition.value));
    const site = file.siteOf(key.condition.value);
    const isNormalised =
      declared?.type === 'float' || (declared?.type === 'string' && NORMALISED.test(declared.written));
    const kind = declared === undefined || isNormalised ? undefined : dialect.javaScriptOf(declared.type);
    if (declared?.type === 'boolean')
      yield fails(`\`${column}\` has two values: by hand, ask for both before the loop`, site);
    if (declared?.isList === true)
      yield fails(`\`${column}\` is a list, which no lookup by one value finds`, site);
    if (
      declared !== undefined &&
      kind === undefined &&
      (declared.type !== 'unknown' || declared.written !== '')
    ) {
      yield fails(
        `\`${column}\` is \`${declared.written}\`, whose values JavaScript does not compare as the database does`,
        site,
      );
      continue;
    }
    const kinds = new Set<ValueKind>(
      [...kindsOfKey(file, key, batch)].filter((one) => one !== 'null' && one !== 'undefined'),
    );
    if (dialect.mapKey !== undefined && kind === 'object') continue;
    if (kind === undefined || kinds.has('unknown') || kinds.size === 0) {
      const type =
        kind === undefined
          ? `of the type that \`${column}\` has in rows`
          : `a ${kind}, as \`${column}\` is in rows`;
      yield assumed(
        `\`${value}\` is ${type}: a lookup tells \`1\` from \`'1'\`, the database does not`,
        site,
      );
    } else if (kinds.size > 1 || !kinds.has(kind))
      yield fails(
        `\`${value}\` is a ${[...kinds].join(' or ')}, and \`${column}\` is a ${kind} in rows: a lookup would not find it`,
        site,
      );
    else
      yield holds(
        `\`${value}\` and \`${column}\` are both a ${kind}`,
        declared?.name === undefined ? site : query.model?.seenAt,
      );
    const isOwnUuid = columnRead(file, key, batch)?.type === 'uuid';
    const isOwn = columnRead(file, key, batch)?.type === declared?.type;
    if (declared?.type === 'bigint' && kind === 'string' && !isOwn)
      yield assumed(
        `\`${value}\` is written as the database gives \`${column}\`: without zeros or a sign in front`,
        site,
      );
    if (declared?.type === 'uuid' && !isOwnUuid)
      yield assumed(
        `\`${value}\` is written in small letters, as the database gives \`${column}\`: it finds capitals too, and a lookup does not`,
        site,
      );
    else if (kind === 'string' && declared?.type !== 'uuid' && isCaseBlind(file)) {
      yield assumed(
        `\`${value}\` is written as it is in the table, letter case and blanks too: this database may take \`a\` for \`A\``,
        site,
      );
    }
  }
}

/** Whether the package may use a database that does not tell capitals from small letters by default. */
function isCaseBlind(file: File): boolean {
  const { dependencies } = file.facts.packageOf(file.path);
  return ['mysql', 'mysql2', 'mariadb', 'tedious', 'mssql'].some((one) => dependencies.has(one));
}

/** The parts of a test that are all true where it is. */
function* conjuncts(node: t.Node): Generator<t.Node> {
  if (node.type === 'LogicalExpression' && node.operator === '&&') {
    yield* conjuncts(node.left);
    yield* conjuncts(node.right);
  } else yield node;
}

/** The parts of a test one of which is true where it is. */
function* disjuncts(node: t.Node): Generator<t.Node> {
  if (node.type === 'LogicalExpression' && node.operator === '||') {
    yield* disjuncts(node.left);
    yield* disjuncts(node.right);
  } else yield node;
}

/** What a check has to tell an expression from: rows have null where a key is missing, and never undefined. */
interface Checked {
  readonly text: string;
  readonly isOfRow: boolean;
}

const plain = (text: string): string => text.replaceAll('?.', '.');

/** Whether a comparison is with nothing: by `==` with null or undefined, by `===` with what rows have. */
function comparesWithNothing(
  file: File,
  node: t.Node,
  operator: RegExp,
  { text, isOfRow }: Checked,
): boolean {
  if (
    node.type !== 'BinaryExpression' ||
    !operator.test(node.operator) ||
    plain(file.textOf(node.left)) !== text
  )
    return false;
  const right = file.textOf(node.right);
  return node.operator.length === 2
    ? /^(null|undefined)$/.test(right)
    : isOfRow && /^(null|undefined)$/.test(right);
}

/** Whether a test says that an expression is there. */
const saysThere = (file: File, test: t.Node, checked: Checked): boolean =>
  [...conjuncts(test)].some(
    (one) => plain(file.textOf(one)) === checked.text || comparesWithNothing(file, one, /^!==?$/, checked),
  );

/** Whether a statement leaves the turn where an expression is not there: `if (!post.authorId) continue;`. */
function leavesWithout(file: File, node: t.Node, checked: Checked): boolean {
  if (node.type !== 'IfStatement' || node.alternate != null) return false;
  const { test, consequent } = node;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  const isExit = last !== undefined && /^(Continue|Return|Throw)Statement$/.test(last.type);
  const isMissing = [...disjuncts(test)].some(
    (one) =>
      (one.type === 'UnaryExpression' &&
        one.operator === '!' &&
        plain(file.textOf(one.argument)) === checked.text) ||
      comparesWithNothing(file, one, /^===?$/, checked),
  );
  return isExit && isMissing;
}

/** Whether types say that a key is there where the query stands. */
function isKnownThere(file: File, { condition }: Key): boolean {
  if (!isTyped(file)) return false;
  const { kinds } = file.facts.typeOf(file.path, condition.value);
  return !['null', 'undefined', 'unknown'].some((one) => kinds.has(one as ValueKind));
}

/** The check in a turn that lets it come to a query only where its key is there. */
export function checkOf(file: File, key: Key, batch: Batch): t.Node | undefined {
  const { path } = batch.site;
  const checked: Checked = {
    text: plain(file.textOf(key.condition.value)),
    isOfRow: columnRead(file, key, batch) !== undefined || isKnownThere(file, key),
  };
  for (let at: Path = path; at.parent !== null; at = at.parent) {
    const { node } = at.parent;
    if (/^(For|While|DoWhile)|Function|Method|Program/.test(node.type)) return undefined;
    if (at.key === 'consequent' && 'test' in node && node.test != null && saysThere(file, node.test, checked))
      return node.test;
    const { test } = node as { readonly test?: t.Node | null };
    if (at.key === 'alternate' && test != null && comparesWithNothing(file, test, /^===?$/, checked))
      return test;
    if (
      node.type === 'LogicalExpression' &&
      node.operator === '&&' &&
      at.key === 'right' &&
      saysThere(file, node.left, checked)
    )
      return node.left;
    if (node.type !== 'BlockStatement') continue;
    const before = node.body.find(
      (one) => (one.end ?? 0) <= (path.node.start ?? 0) && leavesWithout(file, one, checked),
    );
    if (before !== undefined) return before;
  }
  return undefined;
}

const NULL_KEY: Readonly<Record<Exclude<Query['nullKey'], 'none'>, string>> = {
  throws: 'refuses it',
  'null-rows': 'finds the rows without one',
  'any-row': 'leaves the condition out and finds any row, or refuses it, as its version does',
};

function* whyNoNullKey(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  for (const key of batch.keys) {
    const kinds = kindsOfKey(file, key, batch);
    const value = short(file.textOf(key.condition.value));
    const mayBeNull = kinds.has('null') || kinds.has('undefined');
    if (!mayBeNull && !kinds.has('unknown')) continue;
    const check = checkOf(file, key, batch);
    if (check !== undefined) {
      yield holds(`The query is asked only where \`${value}\` is there`, file.siteOf(check));
      continue;
    }
    if (query.nullKey === 'none') {
      if (mayBeNull) yield holds(`A turn without \`${value}\` finds nothing, as now`);
      continue;
    }
    yield assumed(
      `\`${value}\` is never null or undefined: \`${query.method}\` ${NULL_KEY[query.nullKey]}, and a lookup finds nothing`,
      file.siteOf(key.condition.value),
    );
  }
}

/** What all turns together do. */
const factOfTurns = (file: File, { walk }: Batch): CodeFact => file.facts.codeOf(file.path, walk.body);

/** The table that an effect is on. */
const tableOf = ({ resource }: Effect): string => (resource.kind === 'table' ? resource.name : '*');

/** Whether a query looks at what an effect writes: for certain, perhaps, or not. */
function isSeenBy(query: Query, { resource, certainty }: Effect): 'certain' | 'possible' | undefined {
  if (resource.kind !== 'table') return undefined;
  const seen = query.reads.filter((name) =>
    mayBeSame({ kind: 'table', database: query.orm, name }, resource),
  );
  if (seen.length === 0) return undefined;
  return resource.name !== '*' && certainty === 'proved' && seen.some((name) => name !== '*')
    ? 'certain'
    : 'possible';
}

function* whyRowsStay(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  const { effects, unknown, pacing } = factOfTurns(file, batch);
  const writes = effects.filter(({ access, resource }) => access === 'write' && resource.kind === 'table');
  const certain = writes.find((effect) => isSeenBy(query, effect) === 'certain');
  if (certain !== undefined) {
    yield fails(
      `\`${certain.by}\` writes rows of \`${tableOf(certain)}\` in a turn, which the query of a later one sees`,
      certain.seenAt,
    );
    return;
  }
  const possible = writes.find((effect) => isSeenBy(query, effect) !== undefined);
  if (possible !== undefined)
    yield assumed(
      `\`${possible.by}\` writes nothing that \`${named(query)}\` looks at in a later turn`,
      possible.seenAt,
    );
  const [pace] = pacing;
  if (pace !== undefined)
    yield assumed(
      `Nothing is waited for on purpose before the query of a later turn, as \`${pace.by}\` does`,
      pace.seenAt,
    );
  const isOwn = isWithin(file, batch.site.path.node);
  const one = unknown.find(
    ({ isAwaited, isDropped, guess, seenAt }) =>
      (isAwaited || isDropped) && guess !== 'read' && !isOwn(seenAt),
  );
  if (one !== undefined)
    yield assumed(
      `\`${one.callee}\` leaves the rows of \`${query.table}\` as they are: ${one.why}`,
      one.seenAt,
    );
  else if (possible !== undefined) return;
  else if (writes.length === 0) yield holds(`No turn writes rows that the query of a later one sees`);
  else yield holds(`No turn writes rows of \`${query.table}\``);
}

/** Tells whether a place is on the lines of some code. */
function isWithin(file: File, node: t.Node): (site: Site) => boolean {
  const first = file.siteOf(node).line;
  const last = first + file.textOf(node).split('\n').length - 1;
  return ({ path, line }) => path === file.path && line >= first && line <= last;
}

/** The list is walked once more, before its turns. */
function* whyWalkedTwice(file: File, { path, after }: Batch): Generator<Evidence> {
  if (after !== undefined) return;
  for (const walk of path) {
    if (walk.kind === 'callback' || isArray(file, walk)) continue;
    const kinds = isTyped(file) ? file.facts.typeOf(file.path, walk.list).kinds : new Set<ValueKind>();
    if (kinds.size === 1 && (kinds.has('map-or-set') || kinds.has('string'))) continue;
    if (isOneShot(file, walk.list)) {
      // What is computed in the head of the loop is kept in an array first.
      if (walk.list.type === 'CallExpression') continue;
      yield fails(
        `\`${short(file.textOf(walk.list))}\` can be walked only once; by hand: make an array of it first`,
        file.siteOf(walk.list),
      );
      continue;
    }
    yield assumed(
      `\`${short(file.textOf(walk.list))}\` is an array, or can be walked twice as one can`,
      file.siteOf(walk.list),
    );
  }
}

/** The list, its elements, and what else the query is told must be in the turns what they are before the first. */
function* whyListStays(file: File, batch: Batch): Generator<Evidence> {
  const { walk, site, keys, path } = batch;
  for (const one of path) {
    const change = changeOf(file, one, batch);
    if (change !== undefined)
      yield fails(
        `The list \`${short(file.textOf(one.list))}\` is changed while it is walked`,
        file.siteOf(change),
      );
    else yield* whyNobodyElseChanges(file, one, batch);
  }
  const spine = spineOf(site.path.node);
  const told = [site.path.node, ...keys.flatMap(({ dependence }) => dependence.sources)];
  const used = new Set(told.flatMap((one) => propertiesIn(file, one, spine)));
  const names = new Set(
    told
      .flatMap((one) => [...nodesIn(file, one)])
      .flatMap(({ node, key }) =>
        node.type === 'Identifier' && key !== 'key' && key !== 'property' ? [node.name] : [],
      ),
  );
  const turns = factOfTurns(file, batch);
  for (const part of argumentsOf(site.path.node)) {
    // A getter, or a function that is called, may look at more than its name says.
    const conflict = conflictsOf(file.facts.codeOf(file.path, part), turns).find(
      ({ later }) => later.access === 'write' && /^(field|variable)$/.test(later.resource.kind),
    );
    if (conflict === undefined) continue;
    const claim = `A turn changes what its query is told: \`${short(conflict.later.by)}\``;
    yield conflict.certainty === 'proved'
      ? fails(claim, conflict.later.seenAt)
      : assumed(
          `\`${short(conflict.later.by)}\` changes nothing that the query of a turn is told`,
          conflict.later.seenAt,
        );
    return;
  }
  const held = told
    .flatMap((one) => [...namesIn(file, one)])
    .flatMap(({ binding }) => (binding === undefined ? [] : [binding]));
  const grown = turns.effects.find(
    ({ access, resource }) =>
      access === 'write' &&
      resource.kind === 'field' &&
      !/^[\w$#]+$/.test(resource.name) &&
      held.some((binding) => isVariable(file, resource.owner, binding)),
  );
  if (grown !== undefined) {
    yield fails(`A turn changes a list that its query is told: \`${short(grown.by)}\``, grown.seenAt);
    return;
  }
  const changed = turns.effects.find(
    ({ access, resource }) =>
      access === 'write' &&
      ((resource.kind === 'field' && used.has(resource.name)) ||
        (resource.kind === 'variable' && names.has(resource.name))),
  );
  if (changed !== undefined && (changed.resource.kind === 'field' || changed.resource.kind === 'variable'))
    yield fails(
      `A turn changes \`${changed.resource.name}\`, which the query is told: \`${short(changed.by)}\``,
      changed.seenAt,
    );
  else {
    const sources = keys.flatMap(({ dependence }) => dependence.sources);
    const assigned = assignedIn(
      file,
      walk.body,
      sources.flatMap((one) => propertiesIn(file, one)),
    );
    if (assigned !== undefined)
      yield fails(
        `A turn changes what its query is told: \`${short(file.textOf(assigned))}\``,
        file.siteOf(assigned),
      );
    const blurred = factOfTurns(file, batch).effects.find(
      ({ access, resource }) =>
        access === 'write' &&
        resource.kind === 'field' &&
        resource.name === '*' &&
        // What only one variable leads to is no element.
        !resource.owner.startsWith('only '),
    );
    if (blurred !== undefined && assigned === undefined && used.size > 0)
      yield assumed(
        `\`${short(blurred.by)}\` changes nothing that the query of its turn is told`,
        blurred.seenAt,
      );
  }
}

/** The list of a walk may have another name, by which it is changed. */
function* whyNobodyElseChanges(file: File, { list }: RowLoop, batch: Batch): Generator<Evidence> {
  if (doesSomething(file, list) && batch.walk.kind === 'index')
    yield fails(
      `\`${short(file.textOf(list))}\` may be another list each time it is looked at`,
      file.siteOf(list),
    );
  if (list.type !== 'Identifier') return;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
  for (const { access, resource, by, seenAt } of factOfTurns(file, batch).effects) {
    if (access !== 'write' || resource.kind !== 'field' || !/^(\[\]|length)$/.test(resource.name)) continue;
    if (binding !== undefined && isVariable(file, resource.owner, binding)) {
      yield fails(`The list \`${list.name}\` is changed while it is walked: \`${short(by)}\``, seenAt);
      return;
    }
  }
}

/** Whether the owner of a field is what a variable was declared with. It is told by where the name begins, with the space before it. */
function isVariable(file: File, owner: string, { identifier }: Binding): boolean {
  const [, path, position] = /^(?:only )?variable (.*):(\d+)$/.exec(owner) ?? [];
  const start = identifier.node.start ?? 0;
  return (
    path === file.path && Number(position) <= start && file.text.slice(Number(position), start).trim() === ''
  );
}

const GROWS = /^(push|unshift|splice|pop|shift|add|delete|set|clear|sort|reverse|fill|copyWithin)$/;

/** A change of the list of a walk, in its turns or in a function that may run in them. */
function changeOf(file: File, { list, body }: RowLoop, { anchor }: Batch): t.Node | undefined {
  const text = file.textOf(list);
  const home = file.scopes.functionAround(anchor);
  const binding =
    list.type === 'Identifier' ? file.scopes.lookup(file.pathOf<t.Node>(list), list.name) : undefined;
  const found = file.find('CallExpression').find((path) => {
    const { callee } = path.node;
    if (
      callee.type !== 'MemberExpression' ||
      callee.property.type !== 'Identifier' ||
      !GROWS.test(callee.property.name)
    )
      return false;
    if (contains(body, path.node)) return file.textOf(callee.object) === text;
    // A function beside the loop may be called in its turns.
    return (
      callee.object.type === 'Identifier' &&
      binding?.reads.some(({ node }) => node === callee.object) === true &&
      file.scopes.functionAround(path) !== home
    );
  });
  return found?.node ?? elementSet(file, text, body);
}

/** An assignment to an element of a list, or to its length, in the turns. */
const elementSet = (file: File, list: string, body: t.Node): t.Node | undefined =>
  [...nodesIn(file, body)].find(({ node }) => {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    if (target?.type !== 'MemberExpression' || file.textOf(target.object) !== list) return false;
    return target.computed || (target.property.type === 'Identifier' && target.property.name === 'length');
  })?.node;

/** What is handed to the calls of a chain. */
function* argumentsOf(call: t.Node): Generator<t.Node> {
  for (let at = call; at.type === 'CallExpression' || at.type === 'MemberExpression';) {
    if (at.type === 'CallExpression') yield* at.arguments;
    at = at.type === 'CallExpression' ? at.callee : at.object;
  }
}

/** The calls and members that a chain of calls consists of, without what is handed to them. */
function spineOf(call: t.Node): ReadonlySet<t.Node> {
  const spine = new Set<t.Node>();
  for (let at = call; at.type === 'CallExpression' || at.type === 'MemberExpression';) {
    spine.add(at);
    at = at.type === 'CallExpression' ? at.callee : at.object;
  }
  return spine;
}

/** The properties that code reads. */
const propertiesIn = (file: File, node: t.Node, except: ReadonlySet<t.Node> = new Set()): readonly string[] =>
  [...runWith(file, node)].flatMap((one) => {
    if (isNode(one, 'ObjectProperty') && isNode(one.parent, 'ObjectPattern'))
      return [nameOfKey(one.node) ?? ''];
    return isNode(one, 'MemberExpression', 'OptionalMemberExpression') &&
      one.key !== 'callee' &&
      !except.has(one.node) &&
      !one.node.computed &&
      one.node.property.type === 'Identifier'
      ? [one.node.property.name]
      : [];
  });

/** An assignment to one of some properties in the turns. */
function assignedIn(file: File, body: t.Node, names: readonly string[]): t.Node | undefined {
  for (const { node } of nodesIn(file, body)) {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === 'delete')
          ? node.argument
          : undefined;
    if (
      target?.type === 'MemberExpression' &&
      target.property.type === 'Identifier' &&
      names.includes(target.property.name)
    )
      return node;
  }
  return undefined;
}

/** Whether no two turns ask for the same rows: each element is a row of its own, and it is told by its key. */
export function areKeysDistinct(file: File, { keys: [{ dependence }], path }: Batch): boolean {
  if (dependence.on !== 'element' || path.length > 1) return false;
  const rows = rowsIn(file, dependence.walk.list);
  if (rows?.model === undefined) return false;
  const name = propertyRead(dependence);
  return (
    name !== undefined &&
    [rows.model.primaryKey, ...rows.model.uniques].some((one) => one.length === 1 && one[0] === name)
  );
}

/** What becomes of what a query gives to a turn. */
const fateOfResult = (file: File, { result, site }: Batch, options: FateOptions = {}): Fate =>
  result === undefined ? fateOfValue(file, site.whole, options) : fateOf(file, result, options);

/** Whether a property of a model's rows may hold an object. Without a schema any may. */
const holdsObjectsOf =
  ({ model }: Query) =>
  (property: string): boolean => {
    if (/^(length|size)$/.test(property)) return false;
    const column = model?.columns.find(({ name }) => name === property);
    return column === undefined || column.isList || /^(json|date|bytes|unknown)$/.test(column.type);
  };

function* whySharedRows(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  if (query.gives === 'count' || query.gives === 'exists') return;
  const value = short(file.textOf(batch.keys[0].condition.value));
  if (areKeysDistinct(file, batch)) {
    yield holds(`Each turn has a \`${value}\` of its own, so that no two share a row`);
    return;
  }
  const fate = fateOfResult(file, batch, { holdsObjects: holdsObjectsOf(query) });
  if (fate.kind === 'changed')
    yield fails(
      `Turns with the same \`${value}\` would share one object, and \`${short(file.textOf(fate.at))}\` changes it`,
      file.siteOf(fate.at),
    );
  else if (fate.kind === 'handed on')
    yield assumed(
      `Turns with the same \`${value}\` may share one object: nobody changes it after it is handed on`,
      file.siteOf(fate.at),
    );
  else yield holds(`Turns with the same \`${value}\` may share one object, which they only read`);
}

/** A column that is asked for only to tell the rows apart must not be seen. */
function* whyNoExtraColumn(file: File, batch: Batch): Generator<Evidence> {
  const { query } = batch.site;
  const added = batch.keys
    .map(({ condition }) => condition.column)
    .filter((column) => query.selected?.includes(column) === false);
  if (added.length === 0 || query.gives === 'count' || query.gives === 'exists') return;
  const fate = fateOfResult(file, batch);
  const columns = added.map((one) => `\`${one}\``).join(' and ');
  if (fate.kind === 'handed on')
    yield fails(
      `The rows have to be asked for with ${columns} too, which is seen where they go: \`${short(file.textOf(fate.at))}\`; by hand: take it away again, or let it be seen`,
      file.siteOf(fate.at),
    );
  else yield holds(`The rows are asked for with ${columns} too, and only other properties of them are read`);
}

/** Uses of a list that do not tell in what order it is. */
const UNORDERED = /^(length|some|every|includes|size)$/;

function* whyOrder(file: File, { site: { query }, result, keys }: Batch): Generator<Evidence> {
  if (query.gives !== 'many') return;
  if (isUniqueIn(file, query)) {
    yield holds(`A turn finds one row of \`${query.table}\` at most`, query.model?.seenAt);
    return;
  }
  if (query.isOrdered) {
    yield holds('The rows of each turn keep the order that the query asks for');
    return;
  }
  const uses = result?.reads ?? [];
  const isTold = uses.some(({ parent, key }) => {
    if (!isNode(parent, 'MemberExpression', 'OptionalMemberExpression') || key !== 'object') return true;
    return !(parent.node.property.type === 'Identifier' && UNORDERED.test(parent.node.property.name));
  });
  if (result !== undefined && uses.length > 0 && !isTold)
    yield holds('Nothing depends on the order of the rows of a turn');
  else
    yield assumed(
      `The order of the rows with one \`${keys[0].condition.column}\` does not matter: the query asks for none`,
      file.siteOf(query.call),
    );
}

function* whyErrors(file: File, batch: Batch): Generator<Evidence> {
  const { site, walk } = batch;
  for (let at: Path = site.path; at.parent !== null && at.parent !== walk.path; at = at.parent) {
    if (isNode(at.parent, 'TryStatement') && at.key === 'block') {
      yield fails(
        'An error of the query is caught in each turn; by hand: decide what an error of the one query means, and catch it before the loop',
        file.siteOf(at.parent.node),
      );
      return;
    }
  }
  yield* whyNoneIsCountedOn(file, batch);
  const end = earlyEndOf(file, walk);
  if (end !== undefined)
    yield assumed(
      'The loop usually comes to its end: rows are now asked for all turns, and it may end before the last one',
      file.siteOf(end),
    );
}

/** A key that the database refuses fails all turns now, and not only those from its own on. */
function* whyNoneIsCountedOn(file: File, batch: Batch): Generator<Evidence> {
  const { walk, keys, site } = batch;
  const odd = keys.find((key) => {
    const declared = site.query.model?.columns.find((one) => one.name === key.condition.column);
    return declared?.type !== 'string' && columnRead(file, key, batch) === undefined;
  });
  if (odd === undefined) return;
  const { effects } = factOfTurns(file, batch);
  const seen =
    effects.find(
      ({ access, resource }) => access === 'write' && /^(table|file|host|store|process)$/.test(resource.kind),
    ) ?? seenWrite(file, effects, walk.path.node);
  if (seen === undefined) return;
  yield assumed(
    `No \`${short(file.textOf(odd.condition.value))}\` is refused by the database: what the turns before do, as \`${short(seen.by)}\`, would not be done any more`,
    seen.seenAt,
  );
}

/** The number of rows that a query of a list gives at most, by a literal. */
function boundOf(file: File, list: t.Expression): number | undefined {
  if (list.type === 'ArrayExpression')
    return list.elements.some((one) => one?.type === 'SpreadElement') ? undefined : list.elements.length;
  const rows = rowsIn(file, list);
  for (let at: t.Node | undefined = rows?.call; at?.type === 'CallExpression';) {
    const [first] = at.arguments;
    const limit = /^(limit|take)$/.test(methodOf(at) ?? '')
      ? first
      : at.arguments
          .map((one) => valueOf(one, 'take') ?? valueOf(one, 'limit'))
          .find((one) => one !== undefined);
    if (limit?.type === 'NumericLiteral') return limit.value;
    at = at.callee.type === 'MemberExpression' ? at.callee.object : undefined;
  }
  return undefined;
}

/** Whether a batch may have more keys than one query takes. */
export function mayBeTooMany(file: File, { site: { dialect }, path, after }: Batch): boolean {
  const [walk] = path;
  const bound =
    walk === undefined || after !== undefined || path.length > 1 ? undefined : boundOf(file, walk.list);
  return dialect.mostKeys !== undefined && (bound === undefined || bound > dialect.mostKeys);
}

function* whyEnough(file: File, batch: Batch): Generator<Evidence> {
  const {
    site: { dialect },
    path,
    keys,
  } = batch;
  if (dialect.mostKeys === undefined) return;
  const { chunk } = file.options;
  const [walk] = path;
  const isBounded = !mayBeTooMany(file, batch);
  const bound = isBounded && walk !== undefined ? boundOf(file, walk.list) : undefined;
  if (!isBounded && chunk > 0 && chunk <= dialect.mostKeys)
    yield holds(`At most ${chunk.toLocaleString('en')} values are asked for at once`);
  else if (bound !== undefined && bound <= dialect.mostKeys)
    yield holds(
      `The list has at most ${bound} elements, and one query takes ${dialect.mostKeys.toLocaleString('en')} values`,
    );
  else
    yield assumed(
      `There are at most ${dialect.mostKeys.toLocaleString('en')} different values of \`${short(file.textOf(keys[0].condition.value))}\`, as many as one query takes`,
      file.siteOf(keys[0].condition.value),
    );
}
