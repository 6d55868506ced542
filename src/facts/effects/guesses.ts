import type { Guess } from './effect.ts';

/** The words of a name: `findUserById` → find, user, by, id. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+|\s+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

const asSet = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const READS = asSet(
  `get find fetch load list read query search count lookup retrieve exists exist has is select describe head peek view
  can should may supports scan pluck browse collect gather download obtain locate total sum stat stats summarize summarise inspect show`,
);
/** Words that make of any name one that does something. */
const WRITES = asSet(
  `save create update delete remove set insert add send post put patch write emit publish push upsert destroy drop clear reset
  move copy rename store persist flush commit rollback register unregister subscribe unsubscribe enqueue dequeue schedule start stop run
  execute exec apply process handle notify trigger fire dispatch invoke init initialize setup install upload sync migrate seed
  lock unlock acquire release connect disconnect open close kill spawn increment decrement inc next append prepend mark
  assign attach detach link unlink grant revoke approve reject cancel archive restore purge import generate build make
  sign login logout refresh rotate revalidate invalidate expire touch consume ack pop shift claim reserve charge refund pay transfer`,
);

/** What a call of something unknown is taken for by its name. */
export function guessOf(name: string): Guess {
  const words = wordsOf(name);
  const [first = ''] = words;
  const rest = words.slice(1);
  // `getOrCreate`, `findAndUpdate`, `loadNext`: a name that reads and does something more.
  const joins = rest.some((word) => word === 'or' || word === 'and');
  if (READS.has(first)) {
    const does = joins && rest.some((word) => WRITES.has(word));
    return does || rest.includes('next') ? 'write' : 'read';
  }
  return words.some((word) => WRITES.has(word)) ? 'write' : 'other';
}

const AUTHORIZATION =
  /forbid|un-?auth|not.?auth|permission|denied|not allowed|\b40[13]\b|privilege|no access|access to|not have access|credential|authenticat|not logged|log in|must (be|log)|not a member|only (the )?(owner|admin|member)|invalid (password|token|session|api key|otp|code)|incorrect (password|email)|token that is not valid|wrong password/i;

/** Whether a refusal with this text is one to somebody: a permission, a role, a session. */
export const isAuthorizationText = (text: string): boolean => AUTHORIZATION.test(text);

const GUARD_WORDS = asSet(
  'assert ensure require authorize authorise guard check verify validate protect enforce must',
);

/** Whether a function of this name is called for what it refuses. */
export const isGuardName = (name: string): boolean => GUARD_WORDS.has(wordsOf(name)[0] ?? '');

const TRANSACTIONS =
  /^(tx|trx|txn|t|trans|transaction\w*|\w*Transaction|queryRunner|session|\w*Session|sharedContext|transactionalEntityManager|transactionManager|entityManager)$/;

/** Whether a variable of this name stands for a transaction, a session or a unit of work in most code. */
export const isTransactionName = (name: string): boolean =>
  TRANSACTIONS.test(name) &&
  !/^(user|http|login|auth|web|browser|ssh|chat|current|get|play\w*)Session$/i.test(name);

const TRANSACTION_TYPES =
  /^(TransactionClient|EntityManager|QueryRunner|ClientSession|PoolClient|PoolConnection|Transaction|TransactionSql|PrismaTransaction\w*|\w*Transaction|\w*TransactionClient|Trx|Tx)$/;

/** Whether a type of this name is that of a transaction, a session or one connection. */
export const isTransactionType = (name: string): boolean => TRANSACTION_TYPES.test(name);

/** Decorators that run a method in one transaction. */
export const TRANSACTIONAL_DECORATOR =
  /^(Transactional|Transaction|InjectTransactionManager|InjectManager|UnitOfWork|CreateRequestContext|EnsureRequestContext)$/;

/** Callees whose callback runs in a transaction, by their last name. */
export const TRANSACTION_CALLEE =
  /^(\$?transaction|transactional|withTransaction|runInTransaction|inTransaction|runTransaction|startTransaction|atomicPhase_?|tx)$/;

const LOGGERS = /^(logger|log|winston|pino|bunyan|console|_?logger|\w*Logger|debug|\w+Log)$/;
const LEVELS =
  /^(trace|debug|verbose|silly|info|log|notice|warn|warning|error|fatal|critical|success|child|http)$/;

/** Whether a call on something unknown is that of a logger by its names: `this.logger.warn(…)`. */
export const isLogCall = (names: readonly string[]): boolean =>
  names.length > 1 && LEVELS.test(names.at(-1) ?? '') && LOGGERS.test(names.at(-2) ?? '');

/** Methods of arrays, strings, maps, sets, dates, promises, …: what they do to their receiver. */
const READERS = asSet(
  `map filter forEach reduce reduceRight some every find findIndex findLast findLastIndex flatMap flat slice concat join includes
  indexOf lastIndexOf entries keys values at toSorted toReversed toSpliced with get has length size
  split trim trimStart trimEnd toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase startsWith endsWith replace replaceAll match matchAll search
  substring substr exec charAt charCodeAt codePointAt padStart padEnd repeat normalize localeCompare
  toString toISOString toJSON toDateString toLocaleString toLocaleDateString toLocaleTimeString toFixed toPrecision valueOf getTime getFullYear getMonth
  getDate getDay getHours getMinutes getSeconds getMilliseconds getTimezoneOffset getUTCFullYear getUTCMonth getUTCDate getUTCDay getUTCHours getUTCMinutes
  then catch finally hasOwnProperty isPrototypeOf test bind
  union intersection difference isSubsetOf isSupersetOf isDisjointFrom subarray equals toArray`,
);
const MUTATORS = asSet(
  `push pop shift unshift splice sort reverse fill copyWithin set add delete clear next
  setTime setFullYear setMonth setDate setHours setMinutes setSeconds setMilliseconds setUTCHours setUTCDate setUTCMonth setUTCFullYear`,
);
/** Those of the readers that strings, numbers and promises alone have: there are no elements to read. */
export const NO_ELEMENTS = asSet(
  `split trim trimStart trimEnd toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase startsWith endsWith replace replaceAll match matchAll search
  substring substr exec charAt charCodeAt codePointAt padStart padEnd repeat normalize localeCompare
  toLocaleString toFixed toPrecision then catch finally test bind`,
);
/** Those of the readers whose result is an object of its own. */
export const NEW_LISTS = asSet(
  `map filter flatMap flat slice concat split toSorted toReversed toSpliced with entries keys values match matchAll subarray`,
);

/** What a method of JavaScript's own objects does to its receiver; undefined where no such method has that name. */
export const builtInMethod = (name: string): 'reads' | 'mutates' | undefined =>
  READERS.has(name) ? 'reads' : MUTATORS.has(name) ? 'mutates' : undefined;

/** Names that are methods of JavaScript's own objects, and of stores and clients as well. */
export const AMBIGUOUS = asSet(
  'get set has delete add find clear search keys values entries match test forEach map count sort with exec',
);

interface OrmNames {
  readonly packages: readonly string[];
  readonly database: string;
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

const SQL_WRITES =
  'insert insertInto update updateTable del delete deleteFrom truncate increment decrement upsert merge onConflict patch';

/** Methods that tell an ORM even where it is not known what they are called on, if the package depends on that ORM. */
const ORMS: readonly OrmNames[] = [
  {
    packages: ['sequelize', 'sequelize-typescript', '@sequelize/core'],
    database: 'sequelize',
    reads: asSet('findAll findOne findByPk findAndCountAll'),
    writes: asSet(
      'bulkCreate findOrCreate findCreateFind upsert bulkDestroy create update destroy restore increment decrement',
    ),
  },
  {
    packages: ['@prisma/client', 'prisma'],
    database: 'prisma',
    reads: asSet('findMany findUnique findFirst groupBy'),
    writes: asSet('createMany updateMany deleteMany upsert create update delete createManyAndReturn'),
  },
  {
    packages: ['mongoose', 'mongodb', '@nestjs/mongoose'],
    database: 'mongoose',
    reads: asSet('findById findOne countDocuments estimatedDocumentCount distinct'),
    writes: asSet(
      `findOneAndUpdate findByIdAndUpdate findByIdAndDelete findOneAndDelete findOneAndReplace updateOne updateMany deleteOne deleteMany insertOne insertMany
      bulkWrite replaceOne create save findByIdAndRemove`,
    ),
  },
  {
    packages: ['typeorm', '@nestjs/typeorm'],
    database: 'typeorm',
    reads: asSet(
      'findOne findOneBy findBy findAndCount findAndCountBy createQueryBuilder getMany getOne getRawMany getRawOne getCount getManyAndCount countBy',
    ),
    writes: asSet(
      'save insert update upsert softDelete softRemove delete remove restore increment decrement execute',
    ),
  },
  {
    packages: ['objection'],
    database: 'objection',
    reads: asSet('query'),
    writes: asSet(
      `${SQL_WRITES} insertAndFetch patchAndFetchById updateAndFetchById deleteById relate unrelate upsertGraph insertGraph findOrInsert`,
    ),
  },
  {
    packages: ['knex'],
    database: 'knex',
    reads: asSet('select first pluck'),
    writes: asSet(SQL_WRITES),
  },
  {
    packages: ['kysely', 'drizzle-orm'],
    database: 'sql',
    reads: asSet('selectFrom executeTakeFirst'),
    writes: asSet(`${SQL_WRITES} values returning`),
  },
];

/** What a chain of methods on something unknown does if it is an ORM's, in a package with these dependencies. */
export function ormGuessOf(
  names: readonly string[],
  dependencies: ReadonlySet<string>,
): { readonly access: 'read' | 'write'; readonly database: string; readonly table: string } | undefined {
  for (const { packages, database, reads, writes } of ORMS) {
    if (!packages.some((name) => dependencies.has(name))) continue;
    const at = names.findIndex((name, index) => index > 0 && reads.has(name));
    if (at === -1) continue;
    const access = names.slice(1).some((name) => writes.has(name)) ? 'write' : 'read';
    return { access, database, table: names[at - 1] ?? '*' };
  }
  return undefined;
}
