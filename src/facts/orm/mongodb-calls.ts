import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import { fact, isCut, linksOf, table, takesTransaction, TRANSACTION, withConstruction } from './chain.ts';

const READS =
  /^(?:find|findOne|count|countDocuments|estimatedDocumentCount|distinct|indexes|listIndexes|indexExists|indexInformation|stats|isCapped|options)$/;
const WRITES =
  /^(?:insert(?:One|Many)?|update(?:One|Many)?|replaceOne|delete(?:One|Many)|remove|save|findOneAnd(?:Update|Delete|Replace)|findAndModify|bulkWrite|drop|rename|create(?:Search)?Index(?:es)?|drop(?:Search)?Index(?:es)?|initialize(?:Uno|O)rderedBulkOp)$/;

/** What may be called on a cursor, with what it gives. */
const CURSOR =
  /^(?:toArray|forEach|explain|count|stream|close|rewind|clone|filter|sort|limit|skip|project|map|batchSize|hint|collation|maxTimeMS|min|max|comment|addCursorFlag|allowDiskUse|returnKey|showRecordId|maxAwaitTimeMS|withReadPreference|withReadConcern|match|group|unwind|lookup|addStage|readBufferedDocuments)$/;
const ADVANCES = /^(?:next|tryNext|hasNext)$/;

/** Whether a pipeline writes: `$out` and `$merge` do; undefined where its text does not tell. */
export function pipelineWrites(pipeline: Argument | undefined): boolean | undefined {
  if (pipeline === undefined) return undefined;
  if (/\$(?:out|merge)\b/.test(pipeline.text)) return true;
  return pipeline.text.startsWith('[') && !isCut(pipeline.text) && !pipeline.text.includes('...')
    ? false
    : undefined;
}

/** Whether a pipeline reads other collections. */
export const pipelineJoins = (pipeline: Argument | undefined): boolean =>
  pipeline === undefined || /\$(?:lookup|graphLookup|unionWith)\b/.test(pipeline.text);

/** What a chain of calls that begins at a collection does, as a call of its last link; undefined where that is not known. */
export function collectionFact(
  database: string,
  name: string,
  chain: readonly Link[],
): LibraryFact | undefined {
  const own = table(database, name);
  const any = table(database, '*');
  const [first, ...rest] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined || chain.some((link) => link.kind !== 'call'))
    return undefined;
  const on = chain.some((link) => takesTransaction(link.args)) ? 'transaction' : undefined;
  if (rest.length > 0 && !rest.every((link) => CURSOR.test(link.name) || ADVANCES.test(link.name)))
    return undefined;
  const shared = on ?? (rest.length > 0 && ADVANCES.test(last.name) ? 'connection' : undefined);
  if (first.name === 'aggregate') {
    const writes = pipelineWrites(first.args[0]);
    if (writes === undefined) return undefined;
    return fact({
      reads: pipelineJoins(first.args[0]) || writes ? [own, any] : [own],
      writes: writes ? [any] : [],
      on: shared,
    });
  }
  if (READS.test(first.name)) return fact({ reads: [own], on: shared });
  if (WRITES.test(first.name)) return fact({ writes: [own], on: shared });
  if (first.name === 'watch') return fact({ reads: [own], pacing: 'event' });
  return undefined;
}

/** What a call of a client session does. */
export function sessionFact(name: string): LibraryFact | undefined {
  if (name === 'withTransaction') return fact({ on: 'transaction', opensTransactionIn: 0 });
  return /^(?:startTransaction|commitTransaction|abortTransaction|endSession)$/.test(name)
    ? TRANSACTION
    : undefined;
}

const typeName = (link: Link): string => /[A-Za-z_$][\w$]*$/.exec(link.typeArguments[0] ?? '')?.[0] ?? '*';

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.at(-1);
  if (last?.kind !== 'call') return undefined;
  const any = table('mongodb', '*');
  const at = links.findLastIndex(
    (link) =>
      (link.kind === 'call' && link.name === 'collection') ||
      (link.kind === 'instance' && link.name === 'Collection'),
  );
  const collection = links[at];
  if (collection !== undefined && at < links.length - 1) {
    const name = collection.kind === 'instance' ? typeName(collection) : (collection.args[0]?.string ?? '*');
    return collectionFact('mongodb', name, links.slice(at + 1));
  }
  if (/(?:ClientSession#|startSession\(\))\.\w+\(\)$/.test(call.path)) return sessionFact(last.name);
  if (/^(?:db|collection)$/.test(last.name)) return { ...PURE, fresh: 'no' };
  if (/(?:ObjectId|ObjectID|Binary|Long|Decimal128|UUID|Timestamp|BSON|EJSON)\b/.test(call.path)) return PURE;
  if (/^(?:FindCursor|AggregationCursor|Cursor)#/.test(call.path)) {
    if (!CURSOR.test(last.name) && !ADVANCES.test(last.name)) return undefined;
    return fact({ reads: [any], on: 'connection' });
  }
  switch (last.name) {
    case 'startSession':
      return fact({});
    case 'withSession':
      return fact({
        on: 'transaction',
        opensTransactionIn: call.args.findLastIndex((argument) => argument.isFunction),
      });
    case 'connect':
    case 'close':
    case 'dropDatabase':
    case 'createCollection':
    case 'dropCollection':
    case 'renameCollection':
      return fact({ writes: [any] });
    case 'command':
      return fact({ reads: [any], writes: [any] });
    case 'listCollections':
    case 'collections':
    case 'stats':
      return fact({ reads: [any] });
    default:
      return undefined;
  }
}

/** What calls of the driver of MongoDB do. A collection is named by the text that it is asked for with. */
export const MONGODB_CALLS: LibraryTable = {
  packages: ['mongodb'],
  source: 'https://mongodb.github.io/node-mongodb-native/6.0/classes/Collection.html',
  describe: withConstruction(describe),
};
