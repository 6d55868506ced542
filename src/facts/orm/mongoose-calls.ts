import type { LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import { fact, linksOf, table, takesTransaction, withConstruction } from './chain.ts';
import { collectionFact, pipelineJoins, pipelineWrites, sessionFact } from './mongodb-calls.ts';

const READS =
  /^(?:find|findOne|findById|count|countDocuments|estimatedDocumentCount|distinct|exists|where|\$where|watch|listIndexes|aggregate|populate)$/;
const WRITES =
  /^(?:create|insertMany|insertOne|bulkWrite|bulkSave|save|update(?:One|Many)?|replaceOne|delete(?:One|Many)|remove|findOneAnd(?:Update|Delete|Replace|Remove)|findByIdAnd(?:Update|Delete|Remove)|createCollection|createIndexes|ensureIndexes|syncIndexes|cleanIndexes|dropIndexes|init|increment)$/;

/** What may follow in a query or an aggregation without changing what it does. */
const STEPS =
  /^(?:exec|lean|sort|limit|skip|select|slice|populate|session|orFail|cursor|explain|then|catch|finally|where|equals|in|nin|gte?|lte?|ne|and|or|nor|all|size|regex|elemMatch|exists|mod|within|near|nearSphere|intersects|box|circle|polygon|geometry|maxDistance|hint|comment|collation|batchSize|maxTimeMS|read|readConcern|setOptions|getOptions|getFilter|getQuery|tailable|distinct|countDocuments|count|find|findOne|merge|clone|toConstructor|projection|transform|allowDiskUse|match|group|unwind|lookup|graphLookup|project|addFields|sample|sortByCount|facet|replaceRoot|append|option|option|pipeline|redact|unionWith|search|near|map|next|eachAsync|close|toArray|writeConcern|w|j)$/;

const DOCUMENT_COMPUTES =
  /^(?:toObject|toJSON|get|\$get|id|equals|isNew|isModified|isDirectModified|isSelected|isInit|modifiedPaths|directModifiedPaths|populated|\$isValid|\$isDefault|\$session|\$clone|inspect|toString|toBSON|getChanges|validateSync)$/;

/** A model's name from a type: `UserDocument` is one of `User`, and so is `IUser`. */
const modelOfType = (link: Link): string =>
  /^(?:HydratedDocument<)?(?:I(?=[A-Z][a-z]))?([A-Za-z_$][\w$]*?)(?:Document|Doc|Model)?(?:[<>,].*)?$/.exec(
    link.typeArguments[0] ?? '',
  )?.[1] ?? '*';

interface Place {
  /** Where the calls on the model or document begin. */
  readonly at: number;
  readonly name: string;
  readonly isDocument: boolean;
}

/** The model that a chain begins at. */
function modelIn(links: readonly Link[]): Place | undefined {
  let found: Place | undefined;
  for (const [at, link] of links.entries()) {
    const { kind, name } = link;
    if (
      kind === 'call' &&
      /^(?:model|discriminator)$/.test(name) &&
      (found === undefined || name === 'discriminator')
    )
      found = { at: at + 1, name: link.args[0]?.string ?? '*', isDocument: false };
    else if (kind === 'member' && links[at - 1]?.kind === 'member' && links[at - 1]?.name === 'models')
      found = { at: at + 1, name, isDocument: false };
    else if (kind === 'subclass') found = { at: at + 1, name, isDocument: false };
    // A value of the type `Model<User>` is the model itself, one of `Document` is a row of it.
    else if (kind === 'instance' && /^\w*Model$/.test(name))
      found = { at: at + 1, name: modelOfType(link), isDocument: false };
    else if (kind === 'instance' && name.endsWith('Document'))
      found = { at: at + 1, name: modelOfType(link), isDocument: true };
    else if (kind === 'instance' && name === '' && found?.at === at)
      found = { ...found, at: at + 1, isDocument: true };
    else if (kind === 'instance' && /^(?:Query|Aggregate)$/.test(name)) return undefined;
  }
  return found;
}

/** What the calls on a model or one of its documents do, as a call of the last of them. */
function modelFact({ name, isDocument }: Place, chain: readonly Link[]): LibraryFact | undefined {
  const [first, ...rest] = chain;
  if (first === undefined || chain.some((link) => link.kind !== 'call')) return undefined;
  const own = table('mongoose', name);
  const any = table('mongoose', '*');
  if (isDocument && DOCUMENT_COMPUTES.test(first.name)) return { ...PURE, fresh: 'no' };
  if (
    !isDocument &&
    /^(?:hydrate|schema|translateAliases|castObject|applyDefaults|\$init|discriminator)$/.test(first.name)
  )
    return PURE;
  if (!READS.test(first.name) && !WRITES.test(first.name)) return undefined;
  const last = chain.at(-1);
  // It fills the document itself, which no table can be named for.
  if (isDocument && first.name === 'populate') return undefined;
  // A method of the list that a query gave: `users.sort((a, b) => …)`. A query is begun or ended by `find()`, and `find` of a list has a callback.
  const isOfList =
    last?.args[0]?.isFunction === true
      ? /^(?:find|map|sort|slice)$/.test(last.name)
      : last?.args.length === 0 && /^(?:map|sort|slice)$/.test(last.name);
  if (rest.length > 0 && isOfList) return undefined;
  if (rest.length > 0 && last !== undefined && DOCUMENT_COMPUTES.test(last.name) && !STEPS.test(last.name))
    return PURE;
  if (!rest.every((link) => STEPS.test(link.name) || WRITES.test(link.name))) return undefined;
  const aggregate = chain.find((link) => link.name === 'aggregate');
  const writes =
    aggregate === undefined ? false : aggregate.args.length === 0 ? false : pipelineWrites(aggregate.args[0]);
  if (writes === undefined) return undefined;
  // `aggregate().append({ $out: … })`.
  const isAppended = chain.some((link) =>
    link.args.some((argument) => /\$(?:out|merge)\b/.test(argument.text)),
  );
  const isJoined =
    chain.some((link) => /^(?:populate|lookup|graphLookup|unionWith|facet|append)$/.test(link.name)) ||
    chain.some((link) => link.args.some((argument) => argument.keys?.includes('populate') ?? false)) ||
    (aggregate !== undefined && aggregate.args.length > 0 && pipelineJoins(aggregate.args[0]));
  const isWrite = chain.some((link) => WRITES.test(link.name));
  const on = chain.some((link) => link.name === 'session' || takesTransaction(link.args))
    ? 'transaction'
    : undefined;
  const doesAdvance =
    chain.some((link) => link.name === 'cursor') && /^(?:next|eachAsync)$/.test(chain.at(-1)?.name ?? '');
  return fact({
    reads: isWrite ? (isJoined ? [any] : []) : isJoined ? [own, any] : [own],
    writes: isWrite ? [own] : writes || isAppended ? [any] : [],
    on: on ?? (doesAdvance ? 'connection' : undefined),
    throws: chain.some((link) => link.name === 'orFail')
      ? '`orFail` rejects where there is no such document'
      : undefined,
    ...(first.name === 'watch' ? { pacing: 'event' as const } : {}),
  });
}

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.at(-1);
  if (last?.kind !== 'call') return undefined;
  const any = table('mongoose', '*');
  if (/(?:ClientSession#|startSession\(\))\.\w+\(\)$/.test(call.path)) return sessionFact(last.name);
  if (last.name === 'startSession') return fact({});
  if (last.name === 'transaction') return fact({ on: 'transaction', opensTransactionIn: 0 });
  // The driver's collection below a model: its name is not that of the model.
  const driver = links.findIndex((link) => link.name === 'collection');
  if (driver >= 0 && driver < links.length - 1)
    return collectionFact('mongoose', '*', links.slice(driver + 1));
  const place = modelIn(links);
  if (place !== undefined && place.at < links.length) return modelFact(place, links.slice(place.at));
  if (place !== undefined && place.at === links.length) return { ...PURE, fresh: 'no' };
  if (
    /^(?:connect|disconnect|createConnection|close|dropDatabase|dropCollection|createCollection|syncIndexes|asPromise|openUri)$/.test(
      last.name,
    )
  )
    return fact({ writes: [any] });
  if (
    /^(?:isValidObjectId|isObjectIdOrHexString|collection|db|plugin|set|get|modelNames|useDb|deleteModel|sanitizeFilter|trusted|InjectModel|InjectConnection|Prop|Schema|getModelToken)$/.test(
      last.name,
    )
  )
    return { ...PURE, fresh: 'no' };
  return /^(?:Schema#|Types\.|SchemaFactory\.|ObjectId|MongooseModule\.)/.test(call.path)
    ? { ...PURE, fresh: 'no' }
    : undefined;
}

/** What calls of Mongoose do. A model is named by the text that it was made with, or by its class or type. */
export const MONGOOSE_CALLS: LibraryTable = {
  packages: ['mongoose', '@nestjs/mongoose'],
  source: 'https://mongoosejs.com/docs/api/model.html',
  describe: withConstruction(describe),
};
