import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoggerFacts, type LoggerFact } from '../../src/facts/loggers.ts';
import { createPackageFacts } from '../../src/facts/packages.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hasten-loggers-')));
  await mkdir(join(folder, '.git'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Files = Readonly<Record<string, string | object>>;

const put = async (files: Files): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
  }
};

const readText = (path: string): string | undefined =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : undefined;

/** The logger of the file `name` in a project of these files. */
async function loggerOf(name: string, files: Files): Promise<LoggerFact> {
  await put(files);
  const packageOf = createPackageFacts(folder, readText);
  return createLoggerFacts({ packageOf }, readText)(join(folder, name));
}

const dependingOn = (...names: readonly string[]): object => ({
  name: 'app',
  dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
});

const APP = 'export const run = () => console.log("run");\n';

const configured = (text: string, ...packages: readonly string[]): Promise<LoggerFact> =>
  loggerOf('app.js', { 'package.json': dependingOn(...packages), 'logger.js': text, 'app.js': APP });

const ownLogger = (text: string): Promise<LoggerFact> =>
  loggerOf('app.js', { 'package.json': dependingOn(), 'Logger.js': text, 'app.js': APP });

describe('the library and its convention', () => {
  const modules: readonly (readonly [library: string, packages: readonly string[], text: string])[] = [
    ['pino', ['pino'], "import pino from 'pino';\nexport const logger = pino({ level: 'info' });\n"],
    ['pino', ['pino'], "import { pino } from 'pino';\nexport const logger = pino().child({ app: 1 });\n"],
    [
      'pino',
      ['pino-http'],
      "import pinoHttp from 'pino-http';\nconst http = pinoHttp();\nexport const logger = http.logger;\n",
    ],
    [
      'winston',
      ['winston'],
      "import { createLogger } from 'winston';\nexport const logger = createLogger({ level: 'info' });\n",
    ],
    [
      'winston',
      ['winston'],
      "import * as winston from 'winston';\nexport const logger = winston.createLogger();\n",
    ],
    [
      'bunyan',
      ['bunyan'],
      "import bunyan from 'bunyan';\nexport const logger = bunyan.createLogger({ name: 'app' });\n",
    ],
    ['log4js', ['log4js'], "import log4js from 'log4js';\nexport const logger = log4js.getLogger();\n"],
    ['loglevel', ['loglevel'], "import log from 'loglevel';\nexport const logger = log.getLogger('app');\n"],
    [
      'consola',
      ['consola'],
      "import { createConsola } from 'consola';\nexport const logger = createConsola({});\n",
    ],
    [
      'tslog',
      ['tslog'],
      "import { Logger } from 'tslog';\nexport const logger = new Logger({ name: 'app' });\n",
    ],
    ['roarr', ['roarr'], "import { Roarr } from 'roarr';\nexport const logger = Roarr.child({ app: 1 });\n"],
    [
      'signale',
      ['signale'],
      "import signale from 'signale';\nexport const logger = new signale.Signale({});\n",
    ],
    [
      '@aws-lambda-powertools/logger',
      ['@aws-lambda-powertools/logger'],
      "import { Logger } from '@aws-lambda-powertools/logger';\nexport const logger = new Logger();\n",
    ],
  ];

  it.each(modules)('%s in a module of its own', async (library, packages, text) => {
    const fact = await loggerOf('src/app.ts', {
      'package.json': dependingOn(...packages),
      'src/logger.ts': text,
      'src/app.ts': APP,
      'src/a.ts': "import { logger } from './logger';\nlogger.info('a');\n",
    });
    expect(fact).toMatchObject({
      found: true,
      library: { name: library },
      access: { kind: 'import', from: join(folder, 'src/logger.ts'), imported: 'logger', local: 'logger' },
      because: `\`src/logger.ts\` exports a ${library} logger, which 1 file uses`,
      madeIn: join(folder, 'src/logger.ts'),
    });
  });

  it('a package that is a logger itself is imported as the others import it', async () => {
    const fact = await loggerOf('src/app.ts', {
      'package.json': dependingOn('consola'),
      'src/app.ts': APP,
      'src/a.ts': "import { consola as log } from 'consola';\nlog.warn('a');\n",
    });
    expect(fact).toMatchObject({
      library: { name: 'consola', convention: 'like-console' },
      access: { kind: 'import', from: 'consola', imported: 'consola', local: 'log' },
    });
  });
});

describe('how the logger is configured', () => {
  it("reads pino's keys and redacted paths", async () => {
    const fact = await configured(
      "const pino = require('pino');\nconst paths = ['password', 'req.headers.cookie'];\nmodule.exports = pino({ errorKey: 'error', messageKey: 'message', redact: { paths, remove: true } });\n",
      'pino',
    );
    expect(fact).toMatchObject({
      configured: {
        errorKey: 'error',
        messageKey: 'message',
        redactPaths: ['password', 'req.headers.cookie'],
      },
    });
    expect(fact.found && fact.library.reserved).toEqual(
      expect.arrayContaining(['error', 'message', 'level']),
    );
  });

  it('knows that a winston format with a bare printf loses fields', async () => {
    const fact = await configured(
      "const winston = require('winston');\nmodule.exports = winston.createLogger({ format: winston.format.combine(winston.format.splat(), winston.format.printf(({ level, message }) => level + message)) });\n",
      'winston',
    );
    expect(fact).toMatchObject({
      library: { convention: 'message-only', error: 'in-message', interpolates: true },
      configured: { splat: true, json: false, showsFields: false, showsStack: false, keepsErrorStack: false },
    });
  });

  it('knows that a winston format that writes JSON keeps fields', async () => {
    const fact = await configured(
      "const { createLogger, format } = require('winston');\nconst { combine, errors, json, timestamp } = format;\nmodule.exports = createLogger({ format: combine(timestamp(), errors({ stack: true }), json()) });\n",
      'winston',
    );
    expect(fact).toMatchObject({
      library: { convention: 'message-then-fields', error: 'after-message', interpolates: false },
      configured: { splat: false, json: true, showsFields: true, keepsErrorStack: true },
    });
  });

  it('says nothing about a winston format that cannot be read', async () => {
    const fact = await configured(
      "const { createLogger } = require('winston');\nmodule.exports = createLogger({ format: require('./format').make() });\n",
      'winston',
    );
    expect(fact).toMatchObject({ found: true, library: { name: 'winston' } });
    expect(fact.found && fact.configured).toEqual({});
  });

  it('follows a format into the module that it is imported from', async () => {
    await put({
      'format.js':
        "const { format } = require('winston');\nexports.shown = format.printf((info) => info.message);\n",
    });
    const fact = await configured(
      "const { createLogger } = require('winston');\nconst { shown } = require('./format');\nmodule.exports = createLogger({ format: shown });\n",
      'winston',
    );
    expect(fact.found && fact.configured.showsFields).toBe(false);
  });

  it("takes the names of winston's syslog levels", async () => {
    const fact = await configured(
      "const winston = require('winston');\nmodule.exports = winston.createLogger({ levels: winston.config.syslog.levels });\n",
      'winston',
    );
    expect(fact).toMatchObject({ library: { methods: { warn: 'warning', fatal: 'crit', trace: 'debug' } } });
  });

  it.each([
    ["{ name: 'a', serializers: bunyan.stdSerializers }", true, 'err-field'],
    ["{ name: 'a', serializers: { err: bunyan.stdSerializers.err } }", true, 'err-field'],
    ["{ name: 'a', serializers: { req: bunyan.stdSerializers.req } }", false, 'err-first'],
    ["{ name: 'a' }", false, 'err-first'],
    ['{ ...options }', undefined, 'err-first'],
  ])('bunyan with %s', async (options, errSerializer, error) => {
    const fact = await configured(
      `const bunyan = require('bunyan');\nmodule.exports = bunyan.createLogger(${options});\n`,
      'bunyan',
    );
    expect(fact).toMatchObject({ library: { error } });
    expect(fact.found && fact.configured.errSerializer).toBe(errSerializer);
  });

  it('claims only what all assignments agree on', async () => {
    const fact = await configured(
      "const pino = require('pino');\nlet logger;\nif (process.env.A) logger = pino({ errorKey: 'a', messageKey: 'm' });\nelse logger = pino({ errorKey: 'b', messageKey: 'm' });\nmodule.exports = logger;\n",
      'pino',
    );
    expect(fact.found && fact.configured).toEqual({ messageKey: 'm' });
  });
});

describe('how the logger is imported', () => {
  const PINO = "const pino = require('pino');\nconst logger = pino();\n";
  const commonJs: readonly (readonly [string, string, string, string])[] = [
    ['module.exports = logger', 'module.exports = logger;', "const log = require('./logger');", 'default'],
    [
      'module.exports = { logger }',
      'module.exports = { logger };',
      "const { logger: log } = require('./logger');",
      'logger',
    ],
    [
      'module.exports.logger',
      'module.exports.logger = logger;',
      "const log = require('./logger').logger;",
      'logger',
    ],
    ['exports.logger', 'exports.logger = logger;', "const { logger: log } = require('./logger');", 'logger'],
  ];
  it.each(commonJs)('CommonJS: %s', async (_, exported, required, imported) => {
    const fact = await loggerOf('app.js', {
      'package.json': dependingOn('pino'),
      'logger.js': `${PINO}${exported}\n`,
      'a.js': `${required}\nlog.info('a');\n`,
      'app.js': APP,
    });
    expect(fact).toMatchObject({
      access: { kind: 'import', from: join(folder, 'logger.js'), imported, local: 'log' },
    });
  });

  const esm: readonly (readonly [string, string, string, string])[] = [
    ['export default', 'export default logger;', "import log from './logger.js';", 'default'],
    ['a list', 'export { logger as log };', "import { log } from './logger.js';", 'log'],
    ['export default of a call', 'export default pino();', "import log from './logger.js';", 'default'],
  ];
  it.each(esm)('ES modules: %s', async (_, exported, imports, imported) => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn('pino'),
      'logger.ts': `import pino from 'pino';\nconst logger = pino();\n${exported}\n`,
      'a.ts': `${imports}\nlog.info('a');\n`,
      'app.ts': APP,
    });
    expect(fact).toMatchObject({ access: { from: join(folder, 'logger.ts'), imported, local: 'log' } });
  });

  it('through a barrel, by the path that the others use', async () => {
    const fact = await loggerOf('src/app.ts', {
      'package.json': dependingOn('pino'),
      'src/lib/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
      'src/lib/index.ts': "export * from './logger';\n",
      'src/a.ts': "import { logger } from './lib';\nlogger.info('a');\n",
      'src/b.ts': "import { logger } from './lib';\nlogger.info('b');\n",
      'src/app.ts': APP,
    });
    expect(fact).toMatchObject({
      access: { from: join(folder, 'src/lib/index.ts'), imported: 'logger' },
      madeIn: join(folder, 'src/lib/logger.ts'),
    });
  });

  it('by an alias of tsconfig.json, where most files write it so', async () => {
    const fact = await loggerOf('src/deep/app.ts', {
      'package.json': dependingOn('winston'),
      'tsconfig.base.json':
        '{ "compilerOptions": { "baseUrl": ".", /* aliases */ "paths": { "@/*": ["src/*"] } } }',
      'tsconfig.json': { extends: './tsconfig.base.json' },
      'src/lib/logger.ts': "import winston from 'winston';\nexport default winston.createLogger();\n",
      'src/a.ts': "import log from '@/lib/logger';\nlog.info('a');\n",
      'src/b.ts': "import log from '@/lib/logger';\nlog.info('b');\n",
      'src/c.ts': "import log from './lib/logger';\nlog.info('c');\n",
      'src/deep/app.ts': APP,
    });
    expect(fact).toMatchObject({
      access: { kind: 'import', from: '@/lib/logger', imported: 'default', local: 'log' },
      because: '`src/lib/logger.ts` exports a winston logger, which 3 files use',
    });
  });

  it('by a subpath import of package.json', async () => {
    const fact = await loggerOf('src/app.ts', {
      'package.json': { ...dependingOn('pino'), imports: { '#log': './src/log.ts' } },
      'src/log.ts': "import pino from 'pino';\nexport const log = pino();\n",
      'src/a.ts': "import { log } from '#log';\nlog.info('a');\n",
      'src/app.ts': APP,
    });
    expect(fact).toMatchObject({ access: { from: '#log', imported: 'log', local: 'log' } });
  });

  it('the most used of several', async () => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn('pino'),
      'audit.ts': "import pino from 'pino';\nexport const auditLogger = pino();\n",
      'log.ts': "import pino from 'pino';\nexport const log = pino();\n",
      'a.ts': "import { auditLogger } from './audit';\nauditLogger.info('a');\n",
      'b.ts': "import { log } from './log';\nlog.info('b');\n",
      'c.ts': "import { log } from './log';\nlog.info('c');\n",
      'app.ts': APP,
    });
    expect(fact).toMatchObject({ access: { imported: 'log' } });
  });

  it('types and tests do not count', async () => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn('pino'),
      'audit.ts': "import pino from 'pino';\nexport const auditLogger = pino();\n",
      'log.ts': "import pino from 'pino';\nexport const log = pino();\nexport type Logger = typeof log;\n",
      'a.test.ts': "import { auditLogger } from './audit';\nauditLogger.info('a');\n",
      'b.test.ts': "import { auditLogger } from './audit';\nauditLogger.info('b');\n",
      'c.ts': "import type { Logger } from './log';\nexport type L = Logger;\n",
      'd.ts': "import { log } from './log';\nlog.info('d');\n",
      'app.ts': APP,
    });
    expect(fact).toMatchObject({ access: { imported: 'log' } });
  });
});

describe('a logger that the file has already', () => {
  it('is used under its name there', async () => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn('pino'),
      'log.ts': "import pino from 'pino';\nexport const log = pino();\n",
      'app.ts': `import { log as out } from './log';\n${APP}`,
    });
    expect(fact).toMatchObject({
      library: { name: 'pino' },
      access: { kind: 'local', local: 'out', declaredAt: 0 },
      because: '`out` is already imported from `./log`',
    });
  });

  it('exists only from its declaration on', async () => {
    const start = "const bunyan = require('bunyan');\nconst log = bunyan.createLogger({ name: 'app' });";
    const fact = await loggerOf('app.js', {
      'package.json': dependingOn('bunyan'),
      'app.js': `${start}\nconsole.log(1);\n`,
    });
    expect(fact).toMatchObject({ access: { kind: 'local', local: 'log', declaredAt: start.length } });
  });

  it.each([
    ['by its import', "import { monitor } from './monitor';"],
    ['behind a comment', "import { monitor } from /* here */ './monitor';"],
    ['by an escape', "import { monitor } from './mon\\x69tor';"],
    ['through another module', "import { monitor } from './passes';"],
    ['by another name', "import { unsaid as monitor } from './passes';"],
  ])('is known though neither its name nor a call says so: %s', async (_, imported) => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn('pino'),
      'makes.ts': "import pino from 'pino';\nexport const made = pino();\n",
      'monitor.ts': "import { made } from './makes';\nexport const monitor = made.child({});\n",
      'passes.ts': "export * from './monitor';\nexport { monitor as unsaid } from './monitor';\n",
      'app.ts': `${imported}\nconst catalogLog = start(monitor);\n${APP}`,
    });
    expect(fact).toMatchObject({ library: { name: 'pino' }, access: { kind: 'local', local: 'monitor' } });
  });

  it('is the one with the plainest name, then the most used', async () => {
    const files = {
      'package.json': dependingOn('pino'),
      'log.ts': "import pino from 'pino';\nexport const a = pino();\nexport const b = pino();\n",
    };
    const imports = "import { a as silent, a as used, b as log } from './log';\nused.info('x');\n";
    const plain = await loggerOf('app.ts', { ...files, 'app.ts': `${imports}${APP}` });
    expect(plain).toMatchObject({ access: { local: 'log' } });
    const most = await loggerOf('b.ts', { ...files, 'b.ts': `${imports.replace('b as log', 'b')}${APP}` });
    expect(most).toMatchObject({ access: { local: 'used' } });
  });

  it('is known too once the text has come to make it', async () => {
    await put({ 'package.json': dependingOn('pino'), 'app.ts': `const catalogLog = 1;\n${APP}` });
    let latest: string | undefined;
    const read = (path: string): string | undefined =>
      path.endsWith('app.ts') ? (latest ?? readText(path)) : readText(path);
    const facts = createLoggerFacts({ packageOf: createPackageFacts(folder, read) }, read);
    expect(facts(join(folder, 'app.ts'))).toMatchObject({ found: false, dependsOn: { name: 'pino' } });
    latest = `import pino from 'pino';\nexport const monitor = pino();\n${APP}`;
    expect(facts(join(folder, 'app.ts'))).toMatchObject({
      because: 'the logger `monitor` is made in this file',
    });
  });

  it('is read anew when the text changed', async () => {
    await put({
      'package.json': dependingOn('pino'),
      'log.ts': "import pino from 'pino';\nexport const log = pino();\n",
      'app.ts': APP,
    });
    let latest: string | undefined;
    const read = (path: string): string | undefined =>
      path.endsWith('app.ts') ? (latest ?? readText(path)) : readText(path);
    const facts = createLoggerFacts({ packageOf: createPackageFacts(folder, read) }, read);
    expect(facts(join(folder, 'app.ts'))).toMatchObject({ access: { kind: 'import' } });
    latest = `import { log } from './log';\n${APP}`;
    expect(facts(join(folder, 'app.ts'))).toMatchObject({ access: { kind: 'local' } });
  });
});

describe('a logger that each file makes', () => {
  it('by the same call everywhere', async () => {
    const text =
      "const log4js = require('log4js');\nconst log = log4js.getLogger(__filename);\nlog.info('a');\n";
    const fact = await loggerOf('app.js', {
      'package.json': dependingOn('log4js'),
      'a.js': text,
      'b.js': text,
      'app.js': APP,
    });
    expect(fact).toMatchObject({
      library: { name: 'log4js' },
      access: {
        kind: 'factory',
        from: 'log4js',
        imported: 'default',
        local: 'log',
        isNew: false,
        call: '.getLogger(__filename)',
      },
    });
  });

  it('by a function of the project that is called without arguments', async () => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn('pino'),
      'logging.ts':
        "import pino from 'pino';\nconst root = pino();\nexport const createLogger = () => root.child({});\n",
      'a.ts':
        "import { createLogger } from './logging';\nconst logger = createLogger();\nlogger.info('a');\n",
      'app.ts': APP,
    });
    expect(fact).toMatchObject({
      access: {
        kind: 'factory',
        from: join(folder, 'logging.ts'),
        imported: 'createLogger',
        local: 'logger',
        call: '()',
      },
    });
  });

  it('with arguments of its own is for a person', async () => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn('tslog'),
      'a.ts': "import { Logger } from 'tslog';\nconst log = new Logger({ name: 'a' });\nlog.info('a');\n",
      'b.ts': "import { Logger } from 'tslog';\nconst log = new Logger({ name: 'b' });\nlog.info('b');\n",
      'app.ts': APP,
    });
    expect(fact).toEqual({
      found: false,
      because: 'each file makes a logger of its own from `tslog`, with arguments that a person has to choose',
      mayCreate: false,
    });
  });
});

describe('NestJS', () => {
  it('has a field in each class, and knows the classes that have one', async () => {
    const text =
      "import { Logger } from '@nestjs/common';\nexport class A { private readonly log = new Logger(A.name); }\nexport class B {}\nexport class C { constructor(private readonly out: Logger) {} }\n";
    const fact = await loggerOf('src/a.ts', {
      'package.json': dependingOn('@nestjs/common'),
      'src/a.ts': text,
    });
    const bodies = [...text.matchAll(/class \w (\{.*\})\n/g)].map((match) => {
      const start = match.index + match[0].indexOf('{');
      return [start, start + (match[1]?.length ?? 0)];
    });
    expect(fact).toMatchObject({
      library: {
        name: '@nestjs/common',
        methods: { info: 'log', trace: 'verbose' },
        error: 'stack-after-message',
      },
      access: {
        kind: 'field',
        from: '@nestjs/common',
        imported: 'Logger',
        name: 'log',
        existing: [
          { classSpan: bodies[0], name: 'log' },
          { classSpan: bodies[2], name: 'out' },
        ],
      },
    });
  });

  it('gives way to a logger module that more files use', async () => {
    const fact = await loggerOf('src/app.ts', {
      'package.json': dependingOn('@nestjs/common', 'pino'),
      'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
      'src/a.ts': "import { logger } from './logger';\nlogger.info('a');\n",
      'src/app.ts': APP,
    });
    expect(fact).toMatchObject({ library: { name: 'pino' }, access: { kind: 'import' } });
  });
});

describe('the logger of a request', () => {
  it('stands beside that of the package', async () => {
    const fact = await loggerOf('src/routes.ts', {
      'package.json': dependingOn('express', 'pino', 'pino-http'),
      'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
      'src/app.ts':
        "import pinoHttp from 'pino-http';\nimport { logger } from './logger';\nlogger.info('up');\nexport const http = pinoHttp({ logger });\n",
      'src/routes.ts': APP,
    });
    expect(fact).toMatchObject({
      access: { kind: 'import' },
      requestLog: { library: { name: 'pino' }, parameters: ['req', 'request'], property: 'log' },
    });
  });

  it('is all there is where only Fastify has a logger', async () => {
    const fact = await loggerOf('routes.ts', {
      'package.json': dependingOn('fastify'),
      'server.ts': "import Fastify from 'fastify';\nexport const server = Fastify({ logger: true });\n",
      'routes.ts': APP,
    });
    expect(fact).toMatchObject({
      access: { kind: 'request' },
      requestLog: { parameters: ['request', 'req'] },
    });
  });

  it('is silent where Fastify was made without one', async () => {
    const fact = await loggerOf('routes.ts', {
      'package.json': dependingOn('fastify'),
      'server.ts': "import Fastify from 'fastify';\nexport const server = Fastify({ logger: false });\n",
      'routes.ts': APP,
    });
    expect(fact).toMatchObject({ found: false, mayCreate: true });
  });
});

describe("a logger of the project's own making", () => {
  it.each([
    [
      'a class that takes what console takes',
      'class Logger { debug(...args) { console.debug(...args); } info(...args) { console.info(...args); } warn(...args) { console.warn(...args); } error(...args) { console.error(...args); } }\nmodule.exports = new Logger();\n',
      { convention: 'like-console', error: 'after-message', interpolates: true, keepsNonJson: true },
    ],
    [
      'an object that takes a message and fields',
      'const send = (level, message, meta) => process.stdout.write(JSON.stringify({ level, message, ...meta }));\nmodule.exports = { info(message, meta) { send(1, message, meta); }, warn(message, meta) { send(2, message, meta); }, error(message, error) { send(3, message, { stack: error.stack }); } };\n',
      { convention: 'message-then-fields', error: 'after-message', interpolates: false, keepsNonJson: false },
    ],
    [
      'functions that take a message',
      'exports.info = (msg) => process.stdout.write(msg);\nexports.warn = (msg) => process.stdout.write(msg);\nexports.error = (msg) => process.stderr.write(msg);\n',
      { convention: 'message-only', error: 'in-message', methods: { trace: 'info', fatal: 'error' } },
    ],
    [
      'a static class',
      'module.exports = class Log { static info(message, ...rest) { console.log(message, ...rest); } static warn(message, ...rest) { console.warn(message, ...rest); } static error(message, ...rest) { console.error(message, ...rest); } };\n',
      { convention: 'like-console' },
    ],
    [
      'a wrapper that passes all on',
      "const pino = require('pino');\nconst base = pino();\nmodule.exports = { info: (...args) => base.info(...args), warn: (...args) => base.warn(...args), error: (...args) => { base.error(...args); report(args); } };\n",
      { name: 'pino', convention: 'fields-then-message', error: 'err-field' },
    ],
  ])('%s', async (_, text, library) => {
    expect(await ownLogger(text)).toMatchObject({ found: true, library, madeIn: join(folder, 'Logger.js') });
  });

  it('that asks for a tag is for a person', async () => {
    const fact = await ownLogger(
      'module.exports = { info(tag, ...args) { console.log(tag, ...args); }, warn(tag, ...args) { console.warn(tag, ...args); }, error(tag, ...args) { console.error(tag, ...args); } };\n',
    );
    expect(fact).toEqual({
      found: false,
      because: 'the logger in `Logger.js` is called with (tag, args), which a person has to choose',
      mayCreate: false,
    });
  });

  it('is never called by itself', async () => {
    const text =
      'const log = { info(m) { console.log(m); }, warn(m) { console.warn(m); }, error(m) { console.error(m); } };\nexport const go = () => log.info("go");\n';
    expect(await loggerOf('app.ts', { 'package.json': dependingOn(), 'app.ts': text })).toEqual({
      found: false,
      because: 'the logger `log` is made in this file',
      mayCreate: false,
    });
  });

  it('an object with such methods under another name is none', async () => {
    const fact = await loggerOf('app.ts', {
      'package.json': dependingOn(),
      'toast.ts':
        'export const toast = { info(m: string) { show(m); }, warn(m: string) { show(m); }, error(m: string) { show(m); } };\n',
      'app.ts': `import { toast } from './toast';\ntoast.info('a');\n${APP}`,
    });
    expect(fact).toMatchObject({ found: false, mayCreate: true });
  });
});

describe('files that the logger depends on', () => {
  const files: Files = {
    'package.json': dependingOn('pino'),
    'src/logger.ts':
      "import pino from 'pino';\nimport { level } from './config';\nexport const logger = pino({ level });\n",
    'src/config.ts': "import { read } from './read';\nexport const level = read();\n",
    'src/read.ts':
      "/** Not for {@link import('./app').run}. */\nexport const read = () => { console.log(1); return 'info'; };\n",
    'src/app.ts': `import { logger } from './logger';\nlogger.info('up');\n${APP}`,
    'src/other.ts': APP,
  };

  it.each(['src/config.ts', 'src/read.ts'])('%s is one', async (name) => {
    expect(await loggerOf(name, files)).toEqual({
      found: false,
      because: 'the logger in `src/logger.ts` itself depends on this file',
      mayCreate: false,
    });
  });

  it('the logger itself is one', async () => {
    expect(await loggerOf('src/logger.ts', files)).toMatchObject({ found: false, mayCreate: false });
  });

  it('others are not', async () => {
    expect(await loggerOf('src/other.ts', files)).toMatchObject({ found: true });
  });
});

describe('a monorepo', () => {
  const files: Files = {
    'package.json': {
      name: 'root',
      private: true,
      workspaces: ['packages/*'],
      devDependencies: { winston: '3' },
    },
    'packages/log/package.json': {
      name: '@shop/logger',
      main: './dist/index.js',
      dependencies: { winston: '3' },
    },
    'packages/log/src/index.ts':
      "import winston from 'winston';\nexport const logger = winston.createLogger();\n",
    'packages/api/package.json': { name: 'api', dependencies: { '@shop/logger': '*', pino: '9' } },
    'packages/api/src/a.ts': "import { logger } from '@shop/logger';\nlogger.info('a');\n",
    'packages/api/src/app.ts': APP,
    'packages/jobs/package.json': { name: 'jobs' },
    'packages/jobs/src/app.ts': APP,
    'packages/mail/package.json': { name: 'mail', dependencies: { pino: '9' } },
    'packages/mail/src/log.ts': "import pino from 'pino';\nexport const log = pino();\n",
    'packages/mail/src/app.ts': APP,
  };

  it('a package that imports the logger of another one goes on to do so', async () => {
    expect(await loggerOf('packages/api/src/app.ts', files)).toMatchObject({
      library: { name: 'winston' },
      access: { kind: 'import', from: '@shop/logger', imported: 'logger' },
      madeIn: join(folder, 'packages/log/src/index.ts'),
    });
  });

  it("a sibling's logger is not taken", async () => {
    expect(await loggerOf('packages/jobs/src/app.ts', files)).toEqual({
      found: false,
      because: 'the package depends on no logger that is known and has no logger module',
      mayCreate: true,
    });
  });

  it("a package's own logger comes first", async () => {
    expect(await loggerOf('packages/mail/src/app.ts', files)).toMatchObject({
      access: { from: join(folder, 'packages/mail/src/log.ts'), imported: 'log', local: 'log' },
      because: '`src/log.ts` exports a pino logger, which no file uses yet',
    });
  });
});

describe('no logger', () => {
  it.each<readonly [string, string, Files, string, boolean]>([
    [
      'a library without a module',
      'app.ts',
      { 'package.json': dependingOn('express', 'winston') },
      'the package depends on `winston`, but no module of it exports a logger',
      true,
    ],
    [
      'a global object',
      'app.js',
      {
        'package.json': dependingOn('winston'),
        'a.js': 'WIKI.logger.info(1);\n',
        'b.js': 'WIKI.logger.warn(1);\n',
      },
      '2 files call `WIKI.logger`, which exists only from when the program has set it',
      false,
    ],
    [
      'one that is handed in',
      'app.ts',
      {
        'package.json': dependingOn(),
        'a.ts': 'export class A { constructor(private logger_: L) {} go() { this.logger_.info("a"); } }\n',
      },
      '1 file calls `this.logger_`, a logger that is handed in, and no module exports one',
      false,
    ],
    [
      'a package for browsers',
      'app.ts',
      { 'package.json': dependingOn('react', 'react-dom') },
      'the package runs in a browser: it depends on `react-dom` and on no server framework',
      false,
    ],
    [
      'a page of a full-stack framework',
      'pages/a.ts',
      { 'package.json': dependingOn('next', 'react') },
      'the package depends on no logger that is known and has no logger module, and `next` may send this file to the browser',
      false,
    ],
    [
      'a broken logger module',
      'app.ts',
      { 'package.json': dependingOn(), 'logger.ts': 'export const logger = pino(;\n' },
      'the package depends on no logger that is known and has no logger module',
      true,
    ],
  ])('%s', async (_, name, files, because, mayCreate) => {
    expect(await loggerOf(name, { [name]: APP, ...files })).toMatchObject({
      found: false,
      because,
      mayCreate,
    });
  });

  it('a file that says "use client" has none', async () => {
    const fact = await loggerOf('src/page.ts', {
      'package.json': dependingOn('next', 'pino'),
      'src/logger.ts': "import pino from 'pino';\nexport const logger = pino();\n",
      'src/page.ts': `'use client';\n${APP}`,
    });
    expect(fact).toEqual({ found: false, because: 'the file says "use client"', mayCreate: false });
  });

  it('a logger for the browser is none for the server', async () => {
    const fact = await loggerOf('src/server/app.ts', {
      'package.json': dependingOn('express', 'react', 'loglevel'),
      'src/client/log.ts': "import loglevel from 'loglevel';\nexport const log = loglevel.getLogger('ui');\n",
      'src/client/a.ts': "import { log } from './log';\nlog.info('a');\n",
      'src/server/app.ts': APP,
    });
    expect(fact).toMatchObject({ found: false, dependsOn: { name: 'loglevel' } });
  });
});
