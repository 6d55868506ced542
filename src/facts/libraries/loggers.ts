/** The levels that a call may ask for, the least grave first. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** How one logger wants to be called. */
export interface LoggerLibrary {
  /** The name of the package, or `own` for a logger of the project's own making. */
  readonly name: string;
  /** The packages whose import brings this logger. */
  readonly packages: readonly string[];
  /** The method for each level: Nest's `log` for info. A level that the logger has not is written with its nearest one. */
  readonly methods: Readonly<Partial<Record<LogLevel, string>>>;
  /**
   * `fields-then-message`: `info({ id }, 'done')` · `message-then-fields`: `info('done', { id })` ·
   * `like-console`: `info('done', id)` · `message-only`: one value, the message.
   */
  readonly convention: 'fields-then-message' | 'message-then-fields' | 'like-console' | 'message-only';
  /**
   * How a caught error is kept with its message and stack:
   * `err-field`: `error({ err }, 'failed')`, the key being `configured.errorKey` where that is known ·
   * `err-first`: `error(err, 'failed')`, since an error in a field would be written as `{}` ·
   * `plain-err-field`: a field that holds the error's `message` and `stack` written out ·
   * `after-message`: `error('failed', err)` · `stack-after-message`: `error('failed', err.stack)` ·
   * `in-message`: only in the text of the message, since nothing else is written.
   */
  readonly error:
    'err-field' | 'err-first' | 'plain-err-field' | 'after-message' | 'stack-after-message' | 'in-message';
  /** Field names that the record itself uses: a value under one of them would be lost or would break the record. */
  readonly reserved: readonly string[];
  /** Whether formats such as `%s` in the message are filled with the values after it. */
  readonly interpolates: boolean;
  /** Whether any value is written readably: errors, maps, functions, `undefined`, bigints. */
  readonly keepsNonJson: boolean;
}

const SIX = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'fatal',
} as const;

/**
 * pino 9 and 10. Values after the message that no format takes are lost, so fields come first.
 * Source: https://getpino.io/#/docs/api?id=logging-method-parameters
 */
export const PINO: LoggerLibrary = {
  name: 'pino',
  packages: ['pino'],
  methods: SIX,
  convention: 'fields-then-message',
  error: 'err-field',
  reserved: ['level', 'time', 'pid', 'hostname', 'msg', 'err'],
  interpolates: true,
  keepsNonJson: false,
};

/**
 * winston 3 with its npm levels. An error as a second argument is merged: its message is appended, its stack kept.
 * Formats are filled only by `format.splat()`. Source: https://github.com/winstonjs/winston#string-interpolation
 */
export const WINSTON: LoggerLibrary = {
  name: 'winston',
  packages: ['winston'],
  methods: { trace: 'silly', debug: 'debug', info: 'info', warn: 'warn', error: 'error', fatal: 'error' },
  convention: 'message-then-fields',
  error: 'after-message',
  reserved: ['level', 'message', 'timestamp', 'stack', 'splat'],
  interpolates: false,
  keepsNonJson: false,
};

/**
 * bunyan 1. `{ err }` is written as `{}` unless `serializers.err` is set; an error as the first argument always works.
 * Source: https://github.com/trentm/node-bunyan#log-method-api
 */
export const BUNYAN: LoggerLibrary = {
  name: 'bunyan',
  packages: ['bunyan'],
  methods: SIX,
  convention: 'fields-then-message',
  error: 'err-first',
  reserved: ['name', 'hostname', 'pid', 'level', 'component', 'msg', 'time', 'src', 'v', 'err'],
  interpolates: true,
  keepsNonJson: false,
};

/** log4js 6: formats all its values as `console` does. Source: https://log4js-node.github.io/log4js-node/api.html */
export const LOG4JS: LoggerLibrary = {
  name: 'log4js',
  packages: ['log4js'],
  methods: SIX,
  convention: 'like-console',
  error: 'after-message',
  reserved: [],
  interpolates: true,
  keepsNonJson: true,
};

/**
 * The `Logger` of NestJS. Every further value becomes a record of its own; a string after an error's message is its stack.
 * Source: https://docs.nestjs.com/techniques/logger
 */
export const NEST: LoggerLibrary = {
  name: '@nestjs/common',
  packages: ['@nestjs/common'],
  methods: { trace: 'verbose', debug: 'debug', info: 'log', warn: 'warn', error: 'error', fatal: 'fatal' },
  convention: 'message-only',
  error: 'stack-after-message',
  reserved: ['context'],
  interpolates: false,
  keepsNonJson: false,
};

/** loglevel 1: passes everything on to `console`. Source: https://github.com/pimterry/loglevel#documentation */
export const LOGLEVEL: LoggerLibrary = {
  name: 'loglevel',
  packages: ['loglevel'],
  methods: { ...SIX, fatal: 'error' },
  convention: 'like-console',
  error: 'after-message',
  reserved: [],
  interpolates: true,
  keepsNonJson: true,
};

/** consola 3: compatible with `console`. Source: https://github.com/unjs/consola#console-compatibility */
export const CONSOLA: LoggerLibrary = {
  name: 'consola',
  packages: ['consola'],
  methods: SIX,
  convention: 'like-console',
  error: 'after-message',
  reserved: [],
  interpolates: true,
  keepsNonJson: true,
};

/** tslog 4: keeps every value by its place, formats are not filled. Source: https://tslog.js.org */
export const TSLOG: LoggerLibrary = {
  name: 'tslog',
  packages: ['tslog'],
  methods: SIX,
  convention: 'message-then-fields',
  error: 'after-message',
  reserved: ['_meta'],
  interpolates: false,
  keepsNonJson: true,
};

/**
 * roarr 7: writes an error only as its enumerable properties, so its message and stack must be written out.
 * Source: https://github.com/gajus/roarr#usage
 */
export const ROARR: LoggerLibrary = {
  name: 'roarr',
  packages: ['roarr'],
  methods: SIX,
  convention: 'fields-then-message',
  error: 'plain-err-field',
  reserved: [],
  interpolates: true,
  keepsNonJson: false,
};

/** signale 1: formats as `console` does; it has no trace. Source: https://github.com/klaudiosinani/signale#usage */
export const SIGNALE: LoggerLibrary = {
  name: 'signale',
  packages: ['signale'],
  methods: { ...SIX, trace: 'debug' },
  convention: 'like-console',
  error: 'after-message',
  reserved: [],
  interpolates: true,
  keepsNonJson: true,
};

/**
 * The logger of Powertools for AWS Lambda 2: an error after the message is written under `error`.
 * Source: https://docs.powertools.aws.dev/lambda/typescript/latest/features/logger/
 */
export const POWERTOOLS: LoggerLibrary = {
  name: '@aws-lambda-powertools/logger',
  packages: ['@aws-lambda-powertools/logger'],
  methods: { ...SIX, fatal: 'critical' },
  convention: 'message-then-fields',
  error: 'after-message',
  reserved: ['level', 'message', 'timestamp', 'service', 'sampling_rate', 'xray_trace_id'],
  interpolates: false,
  keepsNonJson: false,
};

/** Every library that is known, the order in which one is preferred over another that is used as much. */
export const LOGGER_LIBRARIES: readonly LoggerLibrary[] = [
  PINO,
  WINSTON,
  BUNYAN,
  LOG4JS,
  NEST,
  TSLOG,
  CONSOLA,
  LOGLEVEL,
  ROARR,
  SIGNALE,
  POWERTOOLS,
];

/** The library that the package `name` belongs to. */
export function libraryOf(name: string): LoggerLibrary | undefined {
  return LOGGER_LIBRARIES.find((library) => library.packages.includes(name));
}

/** How a library's loggers are made. Names are paths from the package: `loggers.get`; `` is the package's default export. */
export interface LoggerMaker {
  readonly library: LoggerLibrary;
  /** What returns a logger when it is called. */
  readonly calls: readonly string[];
  /** What is a logger when it is constructed. */
  readonly classes: readonly string[];
  /** What is a logger without being made. */
  readonly itself: readonly string[];
}

/** How each library's loggers are made; the sources are those of the libraries. */
export const LOGGER_MAKERS: readonly LoggerMaker[] = [
  { library: PINO, calls: ['', 'pino'], classes: [], itself: [] },
  {
    library: WINSTON,
    calls: ['createLogger', 'loggers.get', 'loggers.add'],
    classes: ['Logger'],
    itself: [''],
  },
  { library: BUNYAN, calls: ['createLogger'], classes: ['', 'Logger'], itself: [] },
  { library: LOG4JS, calls: ['getLogger'], classes: [], itself: [] },
  { library: NEST, calls: [], classes: ['Logger', 'ConsoleLogger'], itself: ['Logger'] },
  { library: TSLOG, calls: [], classes: ['Logger'], itself: [] },
  { library: CONSOLA, calls: ['createConsola', 'create'], classes: [], itself: ['', 'consola'] },
  { library: LOGLEVEL, calls: ['getLogger'], classes: [], itself: [''] },
  { library: ROARR, calls: [], classes: [], itself: ['', 'Roarr'] },
  { library: SIGNALE, calls: [], classes: ['Signale'], itself: [''] },
  { library: POWERTOOLS, calls: [], classes: ['Logger'], itself: [] },
];

/** Packages whose result holds a pino logger, and under which name. */
export const LOGGER_HOLDERS: ReadonlyMap<string, string> = new Map([
  ['pino-http', 'logger'],
  ['express-pino-logger', 'logger'],
  ['fastify', 'log'],
]);

/** The methods by which a logger of any of these libraries makes another one that is called in the same way. */
export const CHILD_METHODS: ReadonlySet<string> = new Set([
  'child',
  'getSubLogger',
  'createChild',
  'withTag',
  'withDefaults',
  'withScope',
  'scope',
  'getLogger',
  'create',
]);

/** A package that gives every request a logger of its own. */
export interface RequestLogPackage {
  readonly package: string;
  readonly library: LoggerLibrary;
  /** The names that the parameter with the request (or context) usually has. */
  readonly parameters: readonly string[];
  /** The property of that parameter that is the logger. */
  readonly property: string;
}

/**
 * Which packages put a logger on the request.
 * Sources: https://fastify.dev/docs/latest/Reference/Logging/, https://github.com/pinojs/pino-http#example,
 * https://github.com/pinojs/express-pino-logger, https://github.com/pinojs/koa-pino-logger#example
 */
export const REQUEST_LOG_PACKAGES: readonly RequestLogPackage[] = [
  { package: 'fastify', library: PINO, parameters: ['request', 'req'], property: 'log' },
  { package: 'pino-http', library: PINO, parameters: ['req', 'request'], property: 'log' },
  { package: 'express-pino-logger', library: PINO, parameters: ['req', 'request'], property: 'log' },
  { package: 'koa-pino-logger', library: PINO, parameters: ['ctx', 'context'], property: 'log' },
];
