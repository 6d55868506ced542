import { aggregate, find, Query, updateOne } from 'mingo';
import mongoose from 'mongoose';
import {
  copyOf,
  fieldsOf,
  idFirst,
  listOf,
  type Collection,
  type Documents,
  type Fields,
  type UniqueIndex,
} from './mongo-documents.ts';

const { BSON } = mongoose.mongo;

/** What a command is answered with where it fails as a whole. */
export class Refusal extends Error {
  readonly code: number;

  /** @param code a number of https://www.mongodb.com/docs/manual/reference/error-codes/ */
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Command = (asked: Fields, context: Context) => Fields;

interface Context {
  readonly documents: Documents;
  readonly database: string;
  readonly cursors: Cursors;
  /** Where the server is reached. */
  readonly address: string;
}

/**
 * What answers commands, each a document of which the first key is its name, with documents.
 * @throws {Refusal} for what it does not know.
 */
export function createCommands(
  documents: Documents,
  address: () => string,
): (name: string, asked: Fields) => Fields {
  const cursors = createCursors();
  return (name, asked) => {
    const command = COMMANDS.get(name);
    if (command === undefined) throw new Refusal(COMMAND_NOT_FOUND, `no such command: '${name}'`);
    for (const option of ['collation', 'let']) {
      if (asked[option] !== undefined) throw new Refusal(NOT_IMPLEMENTED, `${option} is not implemented`);
    }
    const database = typeof asked['$db'] === 'string' ? asked['$db'] : 'test';
    return command(asked, { documents, database, cursors, address: address() });
  };
}

const COMMAND_NOT_FOUND = 59;
const NOT_IMPLEMENTED = 238;
const NAMESPACE_NOT_FOUND = 26;
const CURSOR_NOT_FOUND = 43;
const DUPLICATE_KEY = 11000;

const nothing: Command = () => ({});

/** https://www.mongodb.com/docs/manual/reference/command/hello/ */
const hello: Command = (_, { address }) => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  setName: 'rs',
  hosts: [address],
  me: address,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
});

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['buildInfo', () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0] })],
  ['ping', nothing],
  ['endSessions', nothing],
  ['commitTransaction', nothing],
  ['abortTransaction', nothing],
  ['create', (asked, context) => (collectionOf(asked, context), {})],
  ['drop', drop],
  ['dropDatabase', (_, { documents, database }) => (documents.drop(database), {})],
  ['listCollections', listCollections],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['find', findCommand],
  ['aggregate', aggregateCommand],
  ['getMore', (asked, { cursors }) => cursors.more(asked)],
  ['killCursors', (asked, { cursors }) => cursors.kill(listOf(asked['cursors']))],
  ['count', count],
  ['distinct', distinct],
  ['insert', insert],
  ['update', update],
  ['delete', deleteCommand],
  ['findAndModify', findAndModify],
]);

/** The name of the collection that a command is for, the value of its first key. */
const nameOf = (asked: Fields): string => String(Object.values(asked)[0]);

const collectionOf = (asked: Fields, { documents, database }: Context): Collection =>
  documents.collection(database, nameOf(asked));

/** The document under a key; an empty one where there is none. */
const partOf = (asked: Fields, key: string): Fields => fieldsOf(asked[key] ?? {});

const numberIn = (asked: Fields, key: string): number | undefined =>
  asked[key] === undefined ? undefined : Number(asked[key]);

function drop(asked: Fields, { documents, database }: Context): Fields {
  if (!documents.names(database).includes(nameOf(asked)))
    throw new Refusal(NAMESPACE_NOT_FOUND, 'ns not found');
  documents.drop(database, nameOf(asked));
  return {};
}

function listCollections(asked: Fields, { documents, database, cursors }: Context): Fields {
  const all = documents.names(database).map((name) => ({ name, type: 'collection' }));
  const found = all.filter((one) => new Query(partOf(asked, 'filter')).test(one));
  return cursors.open(`${database}.$cmd.listCollections`, found, {});
}

function createIndexes(asked: Fields, context: Context): Fields {
  const collection = collectionOf(asked, context);
  for (const index of listOf(asked['indexes']).map(fieldsOf)) {
    const isKnown = collection.unique.some(({ name }) => name === index['name']);
    if (index['unique'] !== true || isKnown) continue;
    collection.unique.push({
      name: String(index['name']),
      keys: Object.keys(partOf(index, 'key')),
      isSparse: index['sparse'] === true,
      filter:
        index['partialFilterExpression'] === undefined ? undefined : partOf(index, 'partialFilterExpression'),
    });
  }
  return {};
}

function listIndexes(asked: Fields, context: Context): Fields {
  const { unique } = collectionOf(asked, context);
  const found = unique.map(({ name, keys }) => ({
    v: 2,
    name,
    unique: true,
    key: Object.fromEntries(keys.map((key) => [key, 1])),
  }));
  const ofId = { v: 2, name: '_id_', key: { _id: 1 } };
  return context.cursors.open(`${context.database}.${nameOf(asked)}`, [ofId, ...found], {});
}

/** https://www.mongodb.com/docs/manual/reference/command/find/ */
function findCommand(asked: Fields, context: Context): Fields {
  const found = selected(collectionOf(asked, context).documents, asked, 'filter');
  const projected = found.map((one) => projectedBy(one, partOf(asked, 'projection')));
  const { batchSize, singleBatch } = asked;
  return context.cursors.open(`${context.database}.${nameOf(asked)}`, projected, { batchSize, singleBatch });
}

/** The documents that a command asks for, in its order, without those that it skips. */
function selected(documents: readonly Fields[], asked: Fields, filter: 'filter' | 'query'): Fields[] {
  let cursor = find<Fields>([...documents], partOf(asked, filter));
  const sort = Object.entries(partOf(asked, 'sort'));
  if (sort.length > 0)
    cursor = cursor.sort(Object.fromEntries(sort.map(([key, way]) => [key, Number(way) < 0 ? -1 : 1])));
  const [skip, limit] = [numberIn(asked, 'skip') ?? 0, Math.abs(numberIn(asked, 'limit') ?? 0)];
  if (skip > 0) cursor = cursor.skip(skip);
  if (limit > 0) cursor = cursor.limit(limit);
  return cursor.all();
}

/** https://www.mongodb.com/docs/manual/reference/operator/projection/ */
function projectedBy(document: Fields, projection: Fields): Fields {
  if (Object.keys(projection).length === 0) return document;
  for (const [key, how] of Object.entries(projection)) {
    const operator = typeof how === 'object' && how !== null ? Object.keys(how)[0] : undefined;
    if (operator === '$slice' || operator === '$meta')
      throw new Refusal(NOT_IMPLEMENTED, `${operator} of ${key} is not implemented`);
  }
  const [projected = {}] = find<Fields>([copyOf(document)], {}, projection).all();
  return inOrderOf(projected, document);
}

/** `projected` with its keys in the order that they have in the document that it was made of, as the server gives them. */
function inOrderOf(projected: Fields, document: Fields): Fields {
  const kept = Object.keys(document).filter((key) => key in projected);
  const made = Object.keys(projected).filter((key) => !(key in document));
  return Object.fromEntries(
    [...kept, ...made].map((key) => [key, partInOrderOf(projected[key], document[key])]),
  );
}

function partInOrderOf(projected: unknown, whole: unknown): unknown {
  if (Array.isArray(projected) && Array.isArray(whole) && projected.length === whole.length)
    return projected.map((one, at) => partInOrderOf(one, whole[at]));
  return isPlain(projected) && isPlain(whole) ? inOrderOf(projected, whole) : projected;
}

const isPlain = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** https://www.mongodb.com/docs/manual/reference/command/aggregate/ */
function aggregateCommand(asked: Fields, context: Context): Fields {
  const { documents, database, cursors } = context;
  const collection = (name: string): Fields[] => documents.collection(database, name).documents.map(copyOf);
  const isOfDatabase = typeof Object.values(asked)[0] !== 'string';
  let rows = isOfDatabase ? [] : collection(nameOf(asked));
  for (const stage of listOf(asked['pipeline']).map(fieldsOf)) {
    if ('$out' in stage || '$merge' in stage)
      throw new Refusal(NOT_IMPLEMENTED, 'only reading is implemented');
    const before = rows;
    rows = aggregate(before, [stage], { collectionResolver: collection }).map(fieldsOf);
    if ('$project' in stage) rows = rows.map((row, at) => inOrderOf(row, before[at] ?? {}));
  }
  return cursors.open(`${database}.${nameOf(asked)}`, rows, partOf(asked, 'cursor'));
}

function count(asked: Fields, context: Context): Fields {
  return { n: selected(collectionOf(asked, context).documents, asked, 'query').length };
}

/** https://www.mongodb.com/docs/manual/reference/command/distinct/ */
function distinct(asked: Fields, context: Context): Fields {
  const found = selected(collectionOf(asked, context).documents, asked, 'query').map(copyOf);
  const field = `$${String(asked['key'])}`;
  const values = aggregate(found, [{ $project: { value: field } }, { $unwind: '$value' }]);
  const sorted = aggregate(values, [{ $group: { _id: '$value' } }, { $sort: { _id: 1 } }]);
  return { values: sorted.map((one) => fieldsOf(one)['_id']) };
}

/** https://www.mongodb.com/docs/manual/reference/command/insert/ */
function insert(asked: Fields, context: Context): Fields {
  const collection = collectionOf(asked, context);
  return eachOf(asked, 'documents', (document) => {
    const added = idFirst(document);
    assertUnique(collection, added);
    collection.documents.push(added);
    return { n: 1 };
  });
}

/** https://www.mongodb.com/docs/manual/reference/command/update/ */
function update(asked: Fields, context: Context): Fields {
  const collection = collectionOf(asked, context);
  return eachOf(asked, 'updates', (one) => {
    const found = selected(collection.documents, { query: one['q'] }, 'query');
    const matched = one['multi'] === true ? found : found.slice(0, 1);
    if (matched.length === 0 && one['upsert'] === true) {
      const added = upserted(collection, partOf(one, 'q'), one);
      return { n: 1, upserted: added['_id'] };
    }
    const nModified = matched.filter((document) => replace(collection, document, one)).length;
    return { n: matched.length, nModified };
  });
}

/** https://www.mongodb.com/docs/manual/reference/command/delete/ */
function deleteCommand(asked: Fields, context: Context): Fields {
  const collection = collectionOf(asked, context);
  return eachOf(asked, 'deletes', ({ q, limit }) => {
    const found = new Set(selected(collection.documents, { query: q, limit }, 'query'));
    collection.documents = collection.documents.filter((one) => !found.has(one));
    return { n: found.size };
  });
}

/** https://www.mongodb.com/docs/manual/reference/command/findAndModify/ */
function findAndModify(asked: Fields, context: Context): Fields {
  const collection = collectionOf(asked, context);
  const [found] = selected(collection.documents, asked, 'query');
  const given = (document: Fields | undefined): unknown =>
    document === undefined ? null : projectedBy(document, partOf(asked, 'fields'));
  if (asked['remove'] === true) {
    collection.documents = collection.documents.filter((one) => one !== found);
    return { value: given(found), lastErrorObject: { n: found === undefined ? 0 : 1 } };
  }
  const change = { u: asked['update'], arrayFilters: asked['arrayFilters'], q: asked['query'] };
  if (found !== undefined) {
    const before = copyOf(found);
    const after = changed(found, change);
    put(collection, found, after);
    const value = given(asked['new'] === true ? after : before);
    return { value, lastErrorObject: { n: 1, updatedExisting: true } };
  }
  if (asked['upsert'] !== true) return { value: null, lastErrorObject: { n: 0, updatedExisting: false } };
  const added = upserted(collection, partOf(asked, 'query'), change);
  const value = given(asked['new'] === true ? added : undefined);
  return { value, lastErrorObject: { n: 1, updatedExisting: false, upserted: added['_id'] } };
}

/** Changes a document in its collection; whether it is another one now. */
function replace(collection: Collection, document: Fields, change: Fields): boolean {
  const after = changed(document, change);
  const isChanged = BSON.EJSON.stringify(after) !== BSON.EJSON.stringify(document);
  if (isChanged) put(collection, document, after);
  return isChanged;
}

function put(collection: Collection, before: Fields, after: Fields): void {
  assertUnique(collection, after, before);
  collection.documents = collection.documents.map((one) => (one === before ? after : one));
}

/**
 * A document after a change: operators, a pipeline, or another document in its place.
 * @param isNew whether it is only just being made, so that `$setOnInsert` holds.
 */
function changed(document: Fields, { u, q, arrayFilters }: Fields, isNew = false): Fields {
  if (Array.isArray(u)) {
    const [after = {}] = aggregate([copyOf(document)], u.map(fieldsOf));
    return idFirst(fieldsOf(after));
  }
  const change = fieldsOf(u);
  if (!Object.keys(change).some(isOperator))
    return idFirst({ ...change, _id: document['_id'] ?? change['_id'] });
  const { $setOnInsert, ...modifiers } = change;
  const set = { ...partOf(modifiers, '$set'), ...(isNew ? fieldsOf($setOnInsert ?? {}) : {}) };
  const list = [copyOf(document)];
  const operators = { ...modifiers, ...(Object.keys(set).length === 0 ? {} : { $set: set }) };
  // The filter is needed to know which element `$` means; a document that is only just being made does not pass it.
  const filter = isNew ? {} : fieldsOf(q ?? {});
  const filters = arrayFilters === undefined ? {} : { arrayFilters: listOf(arrayFilters).map(fieldsOf) };
  if (Object.keys(operators).length > 0) updateOne(list, filter, operators, filters);
  return list[0] ?? document;
}

/** Adds the document that an update makes where none is found: the equalities of its filter, changed. */
function upserted(collection: Collection, filter: Fields, change: Fields): Fields {
  const { _id, ...equal } = equalitiesIn(filter);
  const start: Fields[] = [_id === undefined ? {} : { _id }];
  if (Object.keys(equal).length > 0) updateOne<Fields>(start, {}, { $set: equal });
  const added = idFirst(changed(start[0] ?? {}, change, true));
  assertUnique(collection, added);
  collection.documents.push(added);
  return added;
}

/** The values that a filter wants fields to have. */
function equalitiesIn(filter: Fields): Fields {
  const equal = Object.entries(filter).filter(([key, value]) => !isOperator(key) && !isOther(value));
  return Object.fromEntries(
    equal.map(([key, value]) => [key, isPlain(value) && '$eq' in value ? value['$eq'] : value]),
  );
}

const isOther = (value: unknown): boolean =>
  isPlain(value) && Object.keys(value).some((key) => isOperator(key) && key !== '$eq');

const isOperator = (key: string): boolean => key.startsWith('$');

/** @throws {DuplicateKey} where another document has the same `_id`, or the same values of the keys of a unique index. */
function assertUnique(collection: Collection, document: Fields, instead?: Fields): void {
  const all: readonly UniqueIndex[] = [
    { name: '_id_', keys: ['_id'], isSparse: false, filter: undefined },
    ...collection.unique,
  ];
  for (const { name, keys, isSparse, filter } of all) {
    const covers = (one: Fields): boolean =>
      (filter === undefined || new Query(filter).test(one)) &&
      (!isSparse || keys.some((key) => valueAt(one, key) !== undefined));
    const valuesOf = (one: Fields): string =>
      BSON.EJSON.stringify(keys.map((key) => valueAt(one, key) ?? null));
    if (!covers(document)) continue;
    const clash = collection.documents.find(
      (one) => one !== instead && covers(one) && valuesOf(one) === valuesOf(document),
    );
    if (clash !== undefined) throw new DuplicateKey(name, keys, document);
  }
}

const valueAt = (document: Fields, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (isPlain(value) ? value[key] : undefined), { ...document });

class DuplicateKey extends Refusal {
  readonly keyPattern: Fields;
  readonly keyValue: Fields;

  constructor(index: string, keys: readonly string[], document: Fields) {
    const keyValue = Object.fromEntries(keys.map((key) => [key, valueAt(document, key)]));
    super(
      DUPLICATE_KEY,
      `E11000 duplicate key error index: ${index} dup key: ${BSON.EJSON.stringify(keyValue)}`,
    );
    this.keyPattern = Object.fromEntries(keys.map((key) => [key, 1]));
    this.keyValue = keyValue;
  }
}

/** Runs each of the writes in a command, until one is a duplicate where they are in order. */
function eachOf(
  asked: Fields,
  key: string,
  write: (one: Fields) => { readonly n: number; readonly nModified?: number; readonly upserted?: unknown },
): Fields {
  let [n, nModified] = [0, 0];
  const upsertedIds: Fields[] = [];
  const writeErrors: Fields[] = [];
  for (const [index, one] of listOf(asked[key]).map(fieldsOf).entries()) {
    if (writeErrors.length > 0 && asked['ordered'] !== false) break;
    for (const option of ['collation', 'let']) {
      if (one[option] !== undefined) throw new Refusal(NOT_IMPLEMENTED, `${option} is not implemented`);
    }
    try {
      const done = write(one);
      n += done.n;
      nModified += done.nModified ?? 0;
      if ('upserted' in done) upsertedIds.push({ index, _id: done.upserted });
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error;
      const { code, message, keyPattern, keyValue } = error;
      writeErrors.push({ index, code, errmsg: message, keyPattern, keyValue });
    }
  }
  return {
    n,
    ...(key === 'updates' ? { nModified } : {}),
    ...(upsertedIds.length > 0 ? { upserted: upsertedIds } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
  };
}

/** What is still to be fetched of what was found. */
interface Cursors {
  open(namespace: string, found: readonly Fields[], options: Fields): Fields;
  more(asked: Fields): Fields;
  kill(ids: readonly unknown[]): Fields;
}

/** https://www.mongodb.com/docs/manual/reference/method/cursor.batchSize/ */
const FIRST_BATCH = 101;

function createCursors(): Cursors {
  const pending = new Map<string, { readonly namespace: string; readonly rest: readonly Fields[] }>();
  let last = 0;
  const keep = (namespace: string, rest: readonly Fields[]): unknown => {
    if (rest.length === 0) return BSON.Long.ZERO;
    pending.set(String(++last), { namespace, rest });
    return BSON.Long.fromNumber(last);
  };
  return {
    open(namespace, found, options) {
      const all = found.map(copyOf);
      const size = numberIn(options, 'batchSize') ?? FIRST_BATCH;
      const isAll = options['singleBatch'] === true;
      const id = isAll ? BSON.Long.ZERO : keep(namespace, all.slice(size));
      return { cursor: { id, ns: namespace, firstBatch: all.slice(0, size) } };
    },
    more(asked) {
      const key = String(asked['getMore']);
      const cursor = pending.get(key);
      if (cursor === undefined) throw new Refusal(CURSOR_NOT_FOUND, `cursor id ${key} not found`);
      pending.delete(key);
      const { namespace, rest } = cursor;
      const size = numberIn(asked, 'batchSize') ?? rest.length;
      const id = keep(namespace, rest.slice(size));
      return { cursor: { id, ns: namespace, nextBatch: rest.slice(0, size) } };
    },
    kill(ids) {
      for (const id of ids) pending.delete(String(id));
      return { cursorsKilled: ids, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] };
    },
  };
}
