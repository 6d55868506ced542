import type { LibraryCall } from './library.ts';

/** What a library does with the promise that a function gives which it was handed. */
export interface CallbackFact {
  /**
   * `awaited`: it waits for the promise, and an error goes where a thrown one went. `dropped`: it calls the function for what it does, and
   * nobody sees the promise. `used`: it takes what the function returns at once, so that a promise would be wrong.
   */
  readonly promise: 'awaited' | 'dropped' | 'used';
  /** When it is called, where that is known. */
  readonly runs?: 'request' | 'message' | 'job' | 'start' | 'command' | 'test';
  /**
   * Where an error goes, where the promise is dropped: `crash`, as a thrown one does that nobody catches either; `next`, to Express
   * by `next(error)`, where a thrown one went there by itself.
   */
  readonly error?: 'crash' | 'next';
  /** Whether a request has to be answered when the promise is fulfilled without a value, by the second parameter. */
  readonly isAnswered?: true;
  /** What else a reader has to believe: a sentence that could be false. */
  readonly claim?: string;
  /** Where that is documented. */
  readonly source: string;
}

/** What is known of the place of a callback. */
export interface CallbackPlace {
  /** How many parameters the function has that is handed over. */
  readonly parameters: number;
  /** The range of a package's versions in package.json. */
  versionOf(name: string): string | undefined;
  /** Whether the package of the file depends on another one. */
  dependsOn(name: string): boolean;
}

type Row = readonly [
  packages: RegExp,
  path: RegExp,
  fact: CallbackFact | ((call: LibraryCall, at: number, place: CallbackPlace) => CallbackFact | undefined),
];

const VERBS = 'get|post|put|patch|delete|del|head|options|all|use|param|route';
const EXPRESS = 'https://expressjs.com/en/guide/error-handling.html';

/** The major version that a range begins with: 4 of `^4.18.2`. */
const majorOf = (range: string | undefined): number | undefined => {
  const found = /(\d+)(\.|$|\s)/.exec(range ?? '');
  return found === null ? undefined : Number(found[1]);
};

/** Express 5 hands a rejection on to the error handlers, and Express 4 does not look at promises. */
function expressFact(place: CallbackPlace): CallbackFact {
  const isForwarded =
    (majorOf(place.versionOf('express')) ?? 4) >= 5 || place.dependsOn('express-async-errors');
  return isForwarded
    ? { promise: 'awaited', runs: 'request', source: EXPRESS }
    : { promise: 'dropped', error: 'next', runs: 'request', source: EXPRESS };
}

const isStart = (call: LibraryCall): boolean => call.path.endsWith('.listen()');

const awaited = (runs: CallbackFact['runs'], source: string): CallbackFact => ({
  promise: 'awaited',
  ...(runs === undefined ? {} : { runs }),
  source,
});
const dropped = (runs: CallbackFact['runs'], source: string, claim?: string): CallbackFact => ({
  promise: 'dropped',
  error: 'crash',
  ...(runs === undefined ? {} : { runs }),
  ...(claim === undefined ? {} : { claim }),
  source,
});
const used = (source: string, runs?: CallbackFact['runs']): CallbackFact => ({
  promise: 'used',
  ...(runs === undefined ? {} : { runs }),
  source,
});

const ORDER =
  'Events that come while one is still at work may be handled before it is done, and who emits one needs nothing of what its listeners do';
const RUNS = 'No two runs of it are at work at once, or it does not matter';
const EVENTS = 'https://nodejs.org/docs/latest-v20.x/api/events.html#asynchronous-vs-synchronous';

const TABLE: readonly Row[] = [
  [
    /^express$|^express-promise-router$|^polka$/,
    new RegExp(`(^|\\.|\\(\\)|#)(listen|${VERBS})\\(\\)$`),
    (call, _at, place) =>
      isStart(call)
        ? dropped('start', EXPRESS)
        : call.package === 'express-promise-router'
          ? awaited('request', 'https://github.com/express-promise-router/express-promise-router')
          : expressFact(place),
  ],
  [
    /^fastify$/,
    new RegExp(
      `(\\(\\)|#)\\.(${VERBS}|addHook|register|route|setErrorHandler|setNotFoundHandler|decorate)\\(\\)$`,
    ),
    (call, at, { parameters }) => {
      const source = 'https://fastify.dev/docs/latest/Reference/Routes/#async-await';
      if (call.path.endsWith('.decorate()')) return undefined;
      const hook = call.path.endsWith('.addHook()') ? (call.args[0]?.string ?? '*') : undefined;
      // With `done` as its last parameter it is a callback, and a promise beside it is an error.
      const most = hook === undefined ? 2 : hook === 'onClose' ? 1 : /^on(Ready|Listen)$/.test(hook) ? 0 : 2;
      if (hook !== undefined && /^on(Route|Register)$/.test(hook)) return used(source, 'start');
      // Objects of `route` have their hooks and handlers in them.
      const isOfRoute = call.path.endsWith('.route()');
      if (parameters > most && (at > 0 || isOfRoute)) return used(source, 'request');
      if (hook !== undefined && most < 2) return awaited('start', source);
      if (call.path.endsWith('.register()')) return awaited('start', source);
      return hook === undefined
        ? { ...awaited('request', source), isAnswered: true }
        : awaited('request', source);
    },
  ],
  [/^koa$/, /#\.use\(\)$/, awaited('request', 'https://koajs.com/#cascading')],
  [
    /^(@koa\/router|koa-router)$/,
    new RegExp(`#\\.(${VERBS})\\(\\)$`),
    awaited('request', 'https://github.com/koajs/router'),
  ],
  [
    /^hono$/,
    new RegExp(`#\\.(${VERBS}|on|onError|notFound)\\(\\)$`),
    awaited('request', 'https://hono.dev/docs/api/routing'),
  ],
  [/^@hapi\/hapi$/, /\.(route|ext)\(\)$/, awaited('request', 'https://hapi.dev/api/#-lifecycle-methods')],
  [
    /^restify$/,
    new RegExp(`\\(\\)\\.(${VERBS}|pre)\\(\\)$`),
    used('http://restify.com/docs/8to9guide/', 'request'),
  ],
  [
    /^(express-async-handler|express-async-wrap|async-express-handler)$/,
    /^(asyncHandler)?\(\)$/,
    awaited('request', 'https://github.com/Abazhenov/express-async-handler'),
  ],
  [
    /^https?$/,
    /^createServer\(\)$/,
    dropped('request', 'https://nodejs.org/docs/latest-v20.x/api/http.html'),
  ],
  [
    /^next$|^nitropack$|^h3$|^nuxt$/,
    /^(defineEventHandler|eventHandler|defineNitroPlugin)\(\)$/,
    awaited('request', 'https://h3.dev/guide/basics/handler'),
  ],
  // Workers and queues wait for each job.
  [/^(bullmq)$/, /^Worker#$/, awaited('job', 'https://docs.bullmq.io/guide/workers')],
  [
    /^(bull|bee-queue|kue)$/,
    /\.process\(\)$/,
    (_call, _at, { parameters }) =>
      parameters > 1 ? undefined : awaited('job', 'https://github.com/OptimalBits/bull'),
  ],
  [
    /^(agenda)$/,
    /\.define\(\)$/,
    (_call, _at, { parameters }) =>
      parameters > 1 ? undefined : awaited('job', 'https://github.com/agenda/agenda'),
  ],
  [
    /^(node-cron|cron|node-schedule|croner|toad-scheduler)$/,
    /(schedule|scheduleJob|CronJob#|Cron#|Cron|AsyncTask#)(\(\))?$/,
    dropped(
      'job',
      'https://github.com/node-cron/node-cron',
      'No two runs of the job are at work at once, or it does not matter',
    ),
  ],
  [/^kafkajs$/, /\.run\(\)$/, awaited('message', 'https://kafka.js.org/docs/consuming')],
  [
    /^amqplib/,
    /\.consume\(\)$/,
    dropped('message', 'https://amqp-node.github.io/amqplib/channel_api.html', ORDER),
  ],
  [/^nats$/, /\.subscribe\(\)$/, dropped('message', 'https://github.com/nats-io/nats.js', ORDER)],
  [/^(socket\.io|ws|mqtt|ioredis|redis)$/, /\.(on|once|addListener)\(\)$/, dropped('message', EVENTS, ORDER)],
  [
    /^(p-map|p-all|p-each-series|p-map-series|p-filter|p-retry|p-times)$/,
    /^(pMap)?\(\)$|\.\w+\(\)$/,
    awaited(undefined, 'https://github.com/sindresorhus/p-map'),
  ],
  [
    /^(p-limit|p-queue|p-throttle|async-sema|async-mutex)$/,
    /(\(\)\(\)|#\.(add|addAll|runExclusive|acquire))(\(\))?$/,
    awaited(undefined, 'https://github.com/sindresorhus/p-limit'),
  ],
  [/^(async-retry|promise-retry)$/, /^\(\)$/, awaited(undefined, 'https://github.com/vercel/async-retry')],
  [
    /^(vitest|@jest\/globals|mocha|node:test|test|ava|tap)$/,
    /^(it|test|describe|before|after|beforeEach|afterEach|beforeAll|afterAll|suite|specify)?((\.\w+)*(\(\))?)*\(\)$/,
    (call, _at, { parameters }) => {
      const source = 'https://vitest.dev/api/';
      if (/^(describe|suite)\b/.test(call.path)) return used(source);
      // With a callback to say that it is done, a promise beside it is an error in mocha and jest.
      return parameters > 0 && !/^(vitest|node:test|test|ava|tap)$/.test(call.package)
        ? used(source)
        : awaited('test', source);
    },
  ],
  [
    /^(commander|caporal|sade|cac)$/,
    /\.action\(\)$/,
    dropped('command', 'https://github.com/tj/commander.js#action-handler'),
  ],
  [/^yargs$/, /\.command\(\)$/, awaited('command', 'https://github.com/yargs/yargs/blob/main/docs/api.md')],
  [/^events$/, /\.(on|once|addListener|prependListener)\(\)$/, dropped(undefined, EVENTS, ORDER)],
  [/^(lodash|lodash-es|underscore|ramda|lodash\/\w+)$/, /\(\)$/, used('https://lodash.com/docs')],
  [
    /^global$/,
    /^process\.(on|once|addListener)\(\)$/,
    ({ args: [event] }) =>
      event?.string === undefined || event.string === 'exit'
        ? used('https://nodejs.org/docs/latest-v20.x/api/process.html#event-exit')
        : dropped('start', EVENTS),
  ],
  [
    /^(global|timers)$/,
    /^(setInterval)\(\)$/,
    dropped(
      'job',
      'https://nodejs.org/docs/latest-v20.x/api/timers.html',
      'No two runs of the timer are at work at once, or it does not matter',
    ),
  ],
  [
    /^(global|timers)$/,
    /^(setTimeout|setImmediate|queueMicrotask|process\.nextTick)\(\)$/,
    dropped('job', 'https://nodejs.org/docs/latest-v20.x/api/timers.html'),
  ],
];

/** What a library does with a function that is handed to it as argument `at` of `call`; undefined where no row knows it. */
export function callbackFactOf(
  call: LibraryCall,
  at: number,
  place: CallbackPlace,
): CallbackFact | undefined {
  for (const [packages, path, fact] of TABLE) {
    if (!packages.test(call.package) || !path.test(call.path)) continue;
    const found = typeof fact === 'function' ? fact(call, at, place) : fact;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a call on something unknown does with a callback, taken by the names: `app.get('/invoices', (req, res) => …)`. */
export function callbackGuessOf(
  receiver: string,
  method: string,
  parameters: readonly string[],
  place: CallbackPlace,
): CallbackFact | undefined {
  const verbs = new RegExp(`^(${VERBS})$`);
  if (verbs.test(method) && /^_?(req|request|ctx|context|c)$/.test(parameters[0] ?? '')) {
    const isKoa = /^_?(ctx|context|c)$/.test(parameters[0] ?? '');
    if (isKoa && place.dependsOn('koa')) return awaited('request', 'https://koajs.com/#cascading');
    if (!isKoa && place.dependsOn('express')) return expressFact(place);
    if (!isKoa && place.dependsOn('fastify'))
      return awaited('request', 'https://fastify.dev/docs/latest/Reference/Routes/#async-await');
  }
  if (
    /^(command|action)$/.test(method) &&
    ['commander', 'yargs', 'cac', 'sade', 'caporal'].some((one) => place.dependsOn(one))
  )
    return dropped('command', 'https://github.com/tj/commander.js#action-handler');
  if (
    /^(it|test|before|after|beforeEach|afterEach|beforeAll|afterAll|specify)$/.test(receiver || method) &&
    parameters.length === 0
  )
    return awaited('test', 'https://vitest.dev/api/');
  return undefined;
}

const NEST = 'https://docs.nestjs.com';

/** What a framework does with the methods that are decorated by a name. */
const DECORATORS: readonly (readonly [RegExp, CallbackFact])[] = [
  [
    /^(Get|Post|Put|Patch|Delete|All|Head|Options|Sse|Query|Mutation|Subscription|Resolve\w*|FieldResolver|Route)$/,
    awaited('request', `${NEST}/controllers#asynchronicity`),
  ],
  [/^(Process)$/, awaited('job', `${NEST}/techniques/queues`)],
  [
    /^(MessagePattern|EventPattern|GrpcMethod|GrpcStreamMethod|SubscribeMessage|RabbitSubscribe|RabbitRPC|SqsMessageHandler)$/,
    { ...awaited('message', `${NEST}/microservices/basics`), claim: ORDER },
  ],
  [/^(Cron|Interval|Timeout)$/, dropped('job', `${NEST}/techniques/task-scheduling`, RUNS)],
  [/^(OnEvent|OnQueue\w+|OnWorkerEvent)$/, dropped('job', `${NEST}/techniques/events`, ORDER)],
];

/** What a framework does with a method that is decorated by that name. */
export const decoratorFactOf = (name: string): CallbackFact | undefined =>
  DECORATORS.find(([names]) => names.test(name))?.[1];

/** Methods of interfaces and base classes that a framework calls, and waits for. */
const INHERITED: readonly (readonly [base: RegExp, method: RegExp, fact: CallbackFact])[] = [
  [
    /^(OnModuleInit|OnApplicationBootstrap|OnModuleDestroy|OnApplicationShutdown|BeforeApplicationShutdown)$/,
    /^(on|before)\w+$/,
    awaited('start', `${NEST}/fundamentals/lifecycle-events`),
  ],
  [/^CanActivate$/, /^canActivate$/, awaited('request', `${NEST}/guards`)],
  [/^PipeTransform$/, /^transform$/, awaited('request', `${NEST}/pipes`)],
  // Nest does not look at what a filter returns.
  [/^ExceptionFilter$/, /^catch$/, dropped('request', `${NEST}/exception-filters`)],
  [
    /^ValidatorConstraintInterface$/,
    /^validate$/,
    {
      ...awaited('request', 'https://github.com/typestack/class-validator#synchronous-validation'),
      claim: 'Nobody validates by `validateSync`, which takes a promise for a yes',
    },
  ],
  [/^WorkerHost$/, /^process$/, awaited('job', `${NEST}/techniques/queues`)],
  [
    /^EntitySubscriberInterface$/,
    /^(before|after)\w+$/,
    awaited('request', 'https://typeorm.io/listeners-and-subscribers'),
  ],
  [/^MigrationInterface$/, /^(up|down)$/, awaited('command', 'https://typeorm.io/migrations')],
  [/^(ICommandHandler|IQueryHandler)$/, /^execute$/, awaited('message', `${NEST}/recipes/cqrs`)],
  [/^IEventHandler$/, /^handle$/, dropped('message', `${NEST}/recipes/cqrs`, ORDER)],
];

/** Base classes whose own methods are known, so that another name is not called by them. */
const CALLS_NOTHING =
  /^(EventEmitter|Error|TypeError|RangeError|Map|Set|WeakMap|Array|Object|BaseEntity|HttpException|\w+Exception|\w+Error|Repository|PrismaClient)$/;

/** The methods of such classes that give something at once: who calls one that is overridden may know only the base. */
const THEIR_METHODS =
  /^(on|once|off|emit|addListener|removeListener|removeAllListeners|prependListener|prependOnceListener|listeners|rawListeners|listenerCount|eventNames|get|set|has|delete|clear|keys|values|entries|forEach|at|map|flatMap|filter|push|pop|shift|unshift|splice|slice|concat|find|findIndex|some|every|reduce|sort|reverse|join|includes|indexOf|create|merge|hasId|getId|createQueryBuilder|getStatus|getResponse|initMessage|initName)$/;

/** What a base class or interface of a package does with a method of that name; `nothing` where it is known not to call it. */
export function inheritedFactOf(base: string, method: string): CallbackFact | 'nothing' | undefined {
  const row = INHERITED.find(([bases, methods]) => bases.test(base) && methods.test(method));
  if (row !== undefined) return row[2];
  // An interface calls nothing but what it names.
  const isKnown = INHERITED.some(([bases]) => bases.test(base));
  return isKnown || (CALLS_NOTHING.test(base) && !THEIR_METHODS.test(method)) ? 'nothing' : undefined;
}

/** Files whose exports a framework calls and waits for, by where they are. */
const CONVENTIONS: readonly (readonly [path: RegExp, exported: RegExp, source: string])[] = [
  [
    /(^|\/)pages\/api\/.+\.[cm]?[jt]s$/,
    /^default$/,
    'https://nextjs.org/docs/pages/building-your-application/routing/api-routes',
  ],
  [
    /(^|\/)app\/(.+\/)?route\.[cm]?[jt]sx?$/,
    /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/,
    'https://nextjs.org/docs/app/api-reference/file-conventions/route',
  ],
  [
    /(^|\/)app\/(.+\/)?(sitemap|robots|manifest|opengraph-image|twitter-image|icon|apple-icon)\d*\.[jt]sx?$/,
    /^(default|generateSitemaps|generateImageMetadata)$/,
    'https://nextjs.org/docs/app/api-reference/file-conventions/metadata',
  ],
  [
    /(^|\/)app\/(.+\/)?(page|layout|template|default|not-found|loading)\.[jt]sx?$/,
    /^(generateStaticParams|generateMetadata|generateViewport)$/,
    'https://nextjs.org/docs/app/api-reference/functions/generate-metadata',
  ],
  [
    /(^|\/)pages\/.+\.[jt]sx?$/,
    /^(getServerSideProps|getStaticProps|getStaticPaths)$/,
    'https://nextjs.org/docs/pages/building-your-application/data-fetching',
  ],
  [
    /(^|\/)\+(server|page\.server|layout\.server)\.[jt]s$/,
    /^(GET|POST|PUT|PATCH|DELETE|load|actions)$/,
    'https://svelte.dev/docs/kit/routing',
  ],
  [
    /(^|\/)server\/(api|routes|middleware)\/.+\.[cm]?[jt]s$/,
    /^default$/,
    'https://nuxt.com/docs/guide/directory-structure/server',
  ],
];

/** What a framework does with what a file of that path exports under that name. */
export function exportFactOf(path: string, name: string, place: CallbackPlace): CallbackFact | undefined {
  if (!['next', '@sveltejs/kit', 'nuxt', 'nitropack'].some((one) => place.dependsOn(one))) return undefined;
  const row = CONVENTIONS.find(([paths, names]) => paths.test(path) && names.test(name));
  return row === undefined ? undefined : awaited('request', row[2]);
}
