import type { Resource } from '../effects/effect.ts';
import {
  describeBy,
  PURE,
  readsOf,
  writesOf,
  type LibraryCall,
  type LibraryFact,
  type LibraryTable,
  type Row,
} from './library.ts';

const store = (name: string): Resource => ({ kind: 'store', name });
const host = (name: string): Resource => ({ kind: 'host', name });
const both = (resource: Resource): LibraryFact => ({ ...writesOf(resource), reads: [resource] });

/** The commands of Redis that only read: https://redis.io/docs/latest/commands/ */
const REDIS_READS =
  'get|mget|getrange|strlen|exists|ttl|pttl|type|keys|scan|hget|hmget|hgetall|hkeys|hvals|hlen|hexists|hscan|lrange|llen|lindex|lpos|smembers|sismember|smismember|scard|srandmember|sscan|sinter|sunion|sdiff|zrange|zrangebyscore|zrevrange|zrevrangebyscore|zscore|zrank|zrevrank|zcard|zcount|zscan|xlen|xrange|xrevrange|bitcount|getbit|geopos|geodist|geosearch|dbsize|info|ping|time|memory|object|json\\.get|hGet|hGetAll|hmGet|hKeys|hVals|hLen|hExists|lRange|lLen|lIndex|sMembers|sIsMember|sCard|zRange|zRangeByScore|zScore|zRank|zCard|zCount|mGet|xLen|xRange|getBuffer|hgetBuffer';

const redis = (name: string): readonly Row[] => [
  [/^(#|\w+#|createClient\(\)|createCluster\(\)|duplicate\(\))$/, PURE],
  [/(^|[.)#])(multi|pipeline)\(\)(\.\w+\(\))*\.exec\w*\(\)$/, both(store(name))],
  [/(^|[.)#])(multi|pipeline)\(\)(\.\w+\(\))*$/, PURE],
  [new RegExp(`[#)]\\.(v4\\.)?(${REDIS_READS})\\(\\)$`, 'i'), readsOf(store(name))],
  [
    /[#)]\.(blpop|brpop|blmove|bzpopmin|subscribe|psubscribe|pSubscribe|sSubscribe)\(\)$/,
    { ...both(store(name)), pacing: 'event' },
  ],
  [
    /[#)]\.(on|once|off|removeListener|setMaxListeners)\(\)$/,
    { ...PURE, writes: [{ kind: 'process', name: 'listeners' }], runs: [] },
  ],
  [/[#)]\.\w+\(\)$/, both(store(name))],
];

/** A client of a service: methods that begin with a word of reading read, all others write. */
const service = (name: string, source: string, packages: readonly string[], reads: RegExp): LibraryTable => ({
  packages,
  source,
  describe: describeBy([
    [/^[\w.<>]*#$/, PURE],
    [/^\(\)$/, PURE],
    [reads, readsOf(host(name))],
    [/\.\w+\(\)$/, both(host(name))],
  ]),
});

const AWS_READ =
  /^new (Get|List|Describe|Head|Query|Scan|BatchGet|Select|Search|Detect|Lookup|Check|Estimate|Preview|Validate)\w*Command\b/;

/** Commands of the AWS SDK are named by what they do: https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/ */
function awsFact({ package: name, args: [command] }: LibraryCall): LibraryFact {
  return command !== undefined && AWS_READ.test(command.text) ? readsOf(host(name)) : both(host(name));
}

/** Firestore: https://firebase.google.com/docs/reference/node/firebase.firestore */
function firestoreFact(call: LibraryCall, access: 'read' | 'write'): LibraryFact {
  const at = call.steps.findIndex((one) => one.kind === 'member' && /^collection(Group)?$/.test(one.name));
  const step = call.steps[at + 1];
  const name = at !== -1 && step?.kind === 'call' ? (step.args[0]?.string ?? '*') : '*';
  const table: Resource = { kind: 'table', database: 'firestore', name };
  return access === 'read' ? readsOf(table) : writesOf(table);
}

const MEMORY_READS =
  /[#)]\.(get|has|peek|keys|values|entries|size|getTtl|getStats|mget|dump|find|forEach)\(\)$/;
const memory = (name: string, source: string, io: boolean, ...packages: readonly string[]): LibraryTable => ({
  packages,
  source,
  describe: describeBy([
    [/^(#|\w+#|caching\(\)|createCache\(\)|multiCaching\(\))$/, PURE],
    [/[#)]\.wrap\(\)$/, { ...both(store(name)), io }],
    [MEMORY_READS, { ...readsOf(store(name)), io, fresh: io ? 'deep' : 'no' }],
    [/[#)]\.\w+\(\)$/, { ...both(store(name)), io, fresh: 'no' }],
  ]),
});

const queue = (source: string, ...packages: readonly string[]): LibraryTable => ({
  packages,
  source,
  describe: describeBy([
    [/^(#|\w+#)$/, PURE],
    [
      /[#)]\.(getJob|getJobs|getJobCounts|getWaiting|getActive|getDelayed|getCompleted|getFailed|count|isPaused|getRepeatableJobs|getState|isCompleted|isFailed)\(\)$/,
      readsOf(store('queue')),
    ],
    [/[#)]\.(on|once|process)\(\)$/, { ...PURE, writes: [store('queue')], runs: [] }],
    [/[#)]\.\w+\(\)$/, both(store('queue'))],
  ]),
});

const NOT_VALID = 'it rejects a token that is not valid';

/** A call that gives its answer when work that was begun elsewhere is done. */
const WAITS_FOR_A_JOB = (name: string): LibraryFact => ({ ...both(host(name)), pacing: 'event' });

/** A query of BigQuery, Spanner or Datastore reads, unless its text tells otherwise, or does not tell: https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax */
function queryOfGoogle({ args: [query] }: LibraryCall): LibraryFact {
  const text =
    query?.string ?? /\b(?:query|sql)\s*:\s*(['"`][^]*)/.exec(query?.text ?? '')?.[1]?.slice(1) ?? '';
  return /^\s*(select|with)\b/i.test(text) &&
    !/\b(insert|update|delete|merge|create|drop|call|export)\b/i.test(text)
    ? readsOf(host('google cloud'))
    : both(host('google cloud'));
}

const READING =
  /\.(get|list|retrieve|search|find|fetch|read|query|count|exists|download|describe|head|lookup|check|status|info|paginate|stat)\w*\(\)$/i;

/** Stores, queues and services that answer over the network. */
export const STORES: readonly LibraryTable[] = [
  {
    packages: ['ioredis', 'redis', '@redis/client', '@upstash/redis', '@vercel/kv', 'valkey', 'iovalkey'],
    source: 'https://redis.io/docs/latest/commands/',
    describe: describeBy(redis('redis')),
  },
  {
    packages: ['memcached', 'memjs'],
    source: 'https://github.com/3rd-Eden/memcached',
    describe: describeBy([
      [/^(#|\w+#)$/, PURE],
      [/[#)]\.(get|gets|getMulti|stats)\(\)$/, readsOf(store('memcached'))],
      [/[#)]\.\w+\(\)$/, both(store('memcached'))],
    ]),
  },
  memory(
    'cache',
    'https://www.npmjs.com/package/cache-manager',
    true,
    'cache-manager',
    '@nestjs/cache-manager',
    'keyv',
    'cacheable',
  ),
  memory(
    'memory cache',
    'https://www.npmjs.com/package/lru-cache',
    false,
    'lru-cache',
    'node-cache',
    'quick-lru',
    'memory-cache',
    'tiny-lru',
  ),
  queue(
    'https://docs.bullmq.io/',
    'bull',
    'bullmq',
    '@nestjs/bull',
    '@nestjs/bullmq',
    'bee-queue',
    'agenda',
    'pg-boss',
    'kafkajs',
    'amqplib',
    'nats',
  ),
  {
    packages: ['@aws-sdk/*'],
    source: 'https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/',
    describe: describeBy([
      [/^(\w+Client|\w+Command|S3|DynamoDB|\w+)#$/, PURE],
      [/^DynamoDBDocument(Client)?\.from\(\)$/, PURE],
      [/\.send\(\)$/, awsFact],
      [
        /^(getSignedUrl|marshall|unmarshall|fromEnv|fromIni|fromNodeProviderChain|defaultProvider|createPresignedPost)\(\)$/,
        PURE,
      ],
      [
        /#\.(get|list|describe|head|query|scan|batchGet|select)\w*\(\)$/,
        (call) => readsOf(host(call.package)),
      ],
      [/#\.\w+\(\)$/, (call) => both(host(call.package))],
      [/^paginate(List|Get|Describe|Scan|Query)\w*\(\)$/, (call) => readsOf(host(call.package))],
    ]),
  },
  service(
    'aws-sdk',
    'https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/',
    ['aws-sdk'],
    /\.(get|list|describe|head|query|scan|batchGet|select)\w*\(\)(\.promise\(\))?$/,
  ),
  {
    packages: ['@google-cloud/*', 'googleapis', 'google-auth-library'],
    source: 'https://cloud.google.com/nodejs/docs/reference',
    describe: describeBy([
      [/^[\w.<>]*#$/, PURE],
      // A job or an operation is waited for: what is asked of it before is not what is asked after.
      [/\.(promise|getQueryResults|waitForCompletion|poll\w*)\(\)$/, WAITS_FOR_A_JOB('google cloud')],
      [/\.verifyIdToken\(\)$/, { ...readsOf(host('google cloud')), throws: NOT_VALID }],
      [/\.(query|createQueryJob|createQueryStream)\(\)$/, queryOfGoogle],
      // `get({ autoCreate: true })` creates, and `download({ destination })` writes a file.
      [
        READING,
        ({ args }) =>
          args.some(({ text }) => /autoCreate|destination/.test(text))
            ? undefined
            : readsOf(host('google cloud')),
      ],
      [/\.\w+\(\)$/, both(host('google cloud'))],
    ]),
  },
  {
    packages: ['@azure/*'],
    source: 'https://learn.microsoft.com/javascript/api/overview/azure/',
    describe: describeBy([
      [/^[\w.<>]*#$/, PURE],
      [/\.(pollUntilDone|poll)\(\)$/, WAITS_FOR_A_JOB('azure')],
      [/\.downloadToFile\(\)$/, both(host('azure'))],
      [READING, readsOf(host('azure'))],
      [/\.\w+\(\)$/, both(host('azure'))],
    ]),
  },
  service(
    'openai',
    'https://github.com/openai/openai-node',
    ['openai', '@anthropic-ai/sdk', 'cohere-ai', '@mistralai/mistralai', 'groq-sdk'],
    /\.(retrieve|list|content|retrieveContent)\(\)$/,
  ),
  {
    packages: ['stripe'],
    source: 'https://docs.stripe.com/api',
    describe: describeBy([
      [/^[\w.<>]*#$/, PURE],
      [/^\(\)$/, PURE],
      [/\.constructEvent(Async)?\(\)$/, { ...PURE, throws: 'it throws for a signature that is not valid' }],
      [
        /\.(retrieve|list|search|listLineItems|retrieveUpcoming|autoPagingToArray)\w*\(\)$/,
        readsOf(host('stripe')),
      ],
      [/\.\w+\(\)$/, both(host('stripe'))],
    ]),
  },
  service(
    'github',
    'https://docs.github.com/rest',
    ['octokit', '@octokit/rest', '@octokit/core', '@actions/github'],
    /\.(get|list|check|paginate|search)\w*\(\)$/,
  ),
  service(
    'mail',
    'https://nodemailer.com/',
    [
      'nodemailer',
      '@sendgrid/mail',
      '@sendgrid/client',
      'mailgun.js',
      'postmark',
      'resend',
      'twilio',
      '@slack/web-api',
      '@slack/webhook',
      'web-push',
      'expo-server-sdk',
    ],
    /\.(list|info|history|verify|lookup|get)\w*\(\)$/,
  ),
  service(
    'search',
    'https://www.elastic.co/docs/reference/elasticsearch/clients/javascript',
    ['@elastic/elasticsearch', '@opensearch-project/opensearch', 'meilisearch', 'algoliasearch', 'typesense'],
    /\.(search|get|mget|msearch|count|exists|info|searchTemplate|getDocuments|getDocument|getObject|getObjects|getStats|retrieve)\w*\(\)$/,
  ),
  service(
    'object store',
    'https://github.com/minio/minio-js',
    ['minio', 'ssh2', 'ssh2-sftp-client', 'basic-ftp'],
    /\.(get|list|stat|exists|bucketExists|presigned\w*|download|fGetObject)\w*\(\)$/,
  ),
  {
    packages: ['simple-git'],
    source: 'https://github.com/steveukx/git-js',
    describe: describeBy([
      [/^(\w*#|\(\)|simpleGit\(\)|gitP?\(\))$/, PURE],
      [
        /\.(status|log|diff|diffSummary|show|revparse|listRemote|getRemotes|branchLocal|tags|listConfig|getConfig|checkIsRepo|version)\(\)$/,
        readsOf({ kind: 'file', name: '*' }),
      ],
      [
        /\.\w+\(\)$/,
        {
          ...writesOf({ kind: 'file', name: '*' }, { kind: 'process', name: '*' }),
          reads: [{ kind: 'file', name: '*' }],
        },
      ],
    ]),
  },
  {
    packages: ['firebase-admin', 'firebase-admin/*', '@google-cloud/firestore', 'firebase/firestore'],
    source: 'https://firebase.google.com/docs/reference/admin/node',
    describe: describeBy([
      [
        /^(initializeApp|getApps?|cert|applicationDefault|getFirestore|getAuth|getStorage|firestore|auth|storage|app|credential\.\w+)\(\)$/,
        PURE,
      ],
      [
        /\.runTransaction\(\)$/,
        {
          ...writesOf({ kind: 'table', database: 'firestore', name: '*' }),
          opensTransactionIn: 0,
          on: 'transaction',
        },
      ],
      [
        /\.(collection|doc|collectionGroup|where|orderBy|limit|offset|startAfter|startAt|endAt|select|withConverter|batch)\(\)$/,
        PURE,
      ],
      [
        /\.(get|getAll|listCollections|listDocuments|count|data)\(\)$/,
        (call) => (/collection/.test(call.path) ? firestoreFact(call, 'read') : readsOf(host('firebase'))),
      ],
      [/collection\w*\(\).*\.(add|set|update|delete|create)\(\)$/, (call) => firestoreFact(call, 'write')],
      [/\.verify\w*\(\)$/, { ...readsOf(host('firebase')), throws: NOT_VALID }],
      [/\.(get|list)\w*\(\)$/, readsOf(host('firebase'))],
      [/\.\w+\(\)$/, both(host('firebase'))],
    ]),
  },
  {
    packages: ['@supabase/supabase-js'],
    source: 'https://supabase.com/docs/reference/javascript',
    describe: describeBy([
      [/^createClient\(\)$/, PURE],
      [/\.(insert|update|upsert|delete|rpc)\(\)(\.\w+\(\))*$/, both(host('supabase'))],
      [/\.storage\.from\(\)\.(getPublicUrl|toBase64)\(\)$/, PURE],
      [
        /\.storage\.from\(\)(\.(list|info|exists|download|createSignedUrls?)\(\))?$/,
        readsOf(host('supabase')),
      ],
      [/\.storage\./, both(host('supabase'))],
      [/\.from\(\)(\.\w+\(\))*$/, readsOf(host('supabase'))],
      // Asking for the session may renew its token, which is a write that two calls share.
      [/\.auth\.(getSession|refreshSession|getClaims)\(\)$/, both(host('supabase'))],
      [/\.(get|list)\w*\(\)$/, readsOf(host('supabase'))],
      [/\.\w+\(\)$/, both(host('supabase'))],
    ]),
  },
];
