import { basename, join, sep } from 'node:path';
import { scanImports, type ScannedImport } from './import-scan.ts';
import {
  libraryOf,
  LOGGER_LIBRARIES,
  LOGGER_MAKERS,
  NEST,
  PINO,
  REQUEST_LOG_PACKAGES,
  type LoggerLibrary,
} from './libraries/loggers.ts';
import { asFactory, asLogger, type LoggerReader, type LoggerValue, type Value } from './logger-modules.ts';
import type { LoggerAccess, LoggerFact, RequestLog } from './loggers.ts';
import { jsonIn } from './json-text.ts';
import { shownFrom, type ModuleResolver } from './modules.ts';
import type { PackageFact } from './packages.ts';

/** The logger of a package: what its files have in common, whichever of them asks. */
export type PackageLogger =
  | (Extract<LoggerFact, { found: true }> & {
      /** The module of the package that is imported to get the logger; it must not import whoever does so. */
      readonly entry?: string;
    })
  | Extract<LoggerFact, { found: false }>;

const LEVELS = '(?:trace|silly|verbose|debug|info|log|notice|warn|warning|error|fatal|critical)';

/** Frameworks whose code runs in a browser. */
const BROWSER = [
  'react-dom',
  'react-native',
  'vue',
  'svelte',
  '@angular/core',
  'preact',
  'solid-js',
  'react',
];
/** Packages that only a server needs. */
const SERVER = [
  'express',
  'fastify',
  'koa',
  '@nestjs/core',
  '@nestjs/common',
  '@hapi/hapi',
  'hono',
  'restify',
  'next',
  'nuxt',
  '@remix-run/node',
  '@remix-run/express',
  '@sveltejs/kit',
  'astro',
  'apollo-server',
  'apollo-server-express',
  '@apollo/server',
  'graphql-yoga',
  '@trpc/server',
  'h3',
  'nitropack',
  'polka',
  '@adonisjs/core',
  '@feathersjs/feathers',
  'moleculer',
  'sails',
];

/** Frameworks that send one part of a package to the browser and keep the other on the server. */
const FULL_STACK = ['next', 'nuxt', '@remix-run/node', '@sveltejs/kit', 'astro'];

const escaped = (name: string): string => name.replaceAll('$', '\\$');

/** Whether a name or path has the word log, logs, logger or logging in it: `createLogger`, `./log`, not `catalog`. */
export function isLoggerName(name: string): boolean {
  const last =
    name
      .split('/')
      .filter((part) => !/^(?:index|dist|src|default)?(?:\.\w+)?$/.test(part))
      .at(-1) ?? name;
  return /(?:^|[^a-zA-Z])(?:log|LOG)(?:s|ger|gers|ging|GER)?(?![a-zA-Z])|^(?:log|logger|logging)(?:[A-Z]|$)|Log(?:s|ger|gers|ging)?(?![a-z])/.test(
    last.replace(/\.[cm]?[jt]sx?$/, ''),
  );
}

/** Whether a text may have to do with a logger at all. */
const mentionsLogger = (text: string): boolean => /[lL]og|LOG|pino|winston|consola|signale|roarr/.test(text);

/** Whether a file may have a logger at its top level: asked before it is parsed. */
export const mayHoldLogger = (path: string, text: string): boolean =>
  isLoggerName(basename(path)) ||
  (mentionsLogger(text) &&
    (/\b(?:const|let|var|class|function)\s+[\w$]*(?:log|Log|LOG)[\w$]*/.test(text) ||
      scanImports(text).some(
        ({ specifier, imported, local }) =>
          libraryOf(specifier) !== undefined ||
          REQUEST_LOG_PACKAGES.some((one) => one.package === specifier) ||
          [specifier, imported, local].some(isLoggerName),
      )));

/** How often a text calls `name` as a logger. */
export const countLoggerCalls = (text: string, name: string): number =>
  [...text.matchAll(new RegExp(`(?<![\\w$.])${escaped(name)}\\s*\\.\\s*${LEVELS}\\s*\\(`, 'g'))].length;

/** What the package itself depends on, its parents' dependencies left out. */
export function ownDependencies(
  root: string,
  readText: (path: string) => string | undefined,
): ReadonlySet<string> {
  const path = join(root, 'package.json');
  const manifest = jsonIn(readText(path)) ?? {};
  const lists = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].map(
    (key) => manifest[key],
  );
  return new Set(
    lists.flatMap((list) => (typeof list === 'object' && list !== null ? Object.keys(list) : [])),
  );
}

const isTest = (path: string): boolean =>
  /(?:^|[\\/])(?:__tests__|__mocks__|tests?|spec|e2e|cypress|fixtures?)[\\/]|\.(?:test|spec|e2e)\.[^.]+$/.test(
    path,
  );

/** Why a file runs in a browser; undefined where it does not seem to. */
export function whyBrowser(
  root: string,
  path: string,
  text: string,
  dependencies: ReadonlySet<string>,
): string | undefined {
  if (/^[ \t\uFEFF]*['"]use client['"]/m.test(text.slice(0, 2000))) return 'the file says "use client"';
  const folders = shownFrom(root, path).split('/').slice(0, -1);
  const hasUi = BROWSER.some((name) => dependencies.has(name));
  const folder = folders.find(
    (one) => /^(?:browser|frontend|front-end)$/i.test(one) || (hasUi && /^(?:client|public)$/i.test(one)),
  );
  return folder === undefined ? undefined : `the folder \`${folder}\` holds code for a browser`;
}

/**
 * Why no logger may be made for a file where its package has none: of a full-stack framework's package only what lies
 * where servers' code lies is known to run on one.
 */
export function whyPerhapsBrowser(
  root: string,
  path: string,
  dependencies: ReadonlySet<string>,
): string | undefined {
  const fullStack = FULL_STACK.find((name) => dependencies.has(name));
  const backEnd = SERVER.find((name) => !FULL_STACK.includes(name) && dependencies.has(name));
  if (fullStack === undefined || backEnd !== undefined) return undefined;
  const shown = shownFrom(root, path);
  const isServer =
    /(?:^|\/)(?:api|server)\/|(?:^|\/)(?:route|\+server|middleware|instrumentation)\.\w+$|\.server\.\w+$/.test(
      shown,
    );
  return isServer ? undefined : `\`${fullStack}\` may send this file to the browser`;
}

/** The text from an opening parenthesis to the one that closes it; strings in it are not looked into. */
function callAt(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(open, at + 1);
  }
  return text.slice(open);
}

const mostOf = (counts: ReadonlyMap<string, number>): string | undefined =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];

const add = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);

/** One way in which files of the package come by a logger. */
interface Candidate {
  readonly logger: LoggerValue;
  readonly how: 'logger' | 'factory' | 'class';
  readonly imported: string;
  /** The module of the project that is imported; absent for an installed package. */
  readonly entry: string | undefined;
  /** How many files use it. */
  votes: number;
  readonly specifiers: Map<string, number>;
  readonly locals: Map<string, number>;
  /** What follows the imported name where a logger is made. */
  readonly calls: Map<string, number>;
}

/** What one pass over the files of a package gathers. */
interface Survey {
  readonly candidates: Map<string, Candidate>;
  /** Files that use Nest's logger in a class, and the names of their fields. */
  nest: number;
  readonly nestFields: Map<string, number>;
  /** Files that call a logger on a global object, by that object. */
  readonly globals: Map<string, number>;
  /** Files whose classes or functions are handed their logger, by how they name it. */
  readonly injected: Map<string, number>;
  /** Files that call the logger of a request, and packages that put one there and are imported. */
  requests: number;
  readonly requestPackages: Set<string>;
}

const GLOBAL_LOGGER = new RegExp(
  `(?<![\\w$.])([A-Z][A-Z0-9_]*|sails|strapi|global|globalThis)\\.(logger|log)\\.${LEVELS}\\(`,
  'g',
);
const INJECTED_LOGGER = new RegExp(
  `(\\bthis\\.[#_]?(?:logger|log)_?)\\??\\.${LEVELS}\\(|(\\bresolve(?:<[^>]*>)?\\(\\s*(?:ContainerRegistrationKeys\\.LOGGER|['"]logger['"]))`,
);
const REQUEST_LOGGER = new RegExp(`(?<![\\w$.])(?:req|request)\\.log\\.${LEVELS}\\(`);

function survey(
  fact: PackageFact,
  readText: (path: string) => string | undefined,
  reader: LoggerReader,
  resolveModule: ModuleResolver,
  dependencies: ReadonlySet<string>,
): Survey {
  const seen: Survey = {
    candidates: new Map(),
    nest: 0,
    nestFields: new Map(),
    globals: new Map(),
    injected: new Map(),
    requests: 0,
    requestPackages: new Set(),
  };
  for (const path of fact.files()) {
    if (isTest(shownFrom(fact.root, path)) || path.endsWith('.d.ts')) continue;
    const text = readText(path);
    if (text === undefined || !(mentionsLogger(text) || isLoggerName(basename(path)))) continue;
    if (whyBrowser(fact.root, path, text, dependencies) !== undefined) continue;
    const imports = scanImports(text);
    surveyCalls(seen, text, imports);
    surveyNest(seen, text, imports);
    for (const one of imports) surveyImport(seen, path, text, one, reader, resolveModule);
    surveyMade(seen, path, imports, reader);
  }
  return seen;
}

function surveyCalls(seen: Survey, text: string, imports: readonly ScannedImport[]): void {
  const globals = new Set([...text.matchAll(GLOBAL_LOGGER)].map(([, base, name]) => `${base}.${name}`));
  for (const name of globals) {
    const [base = ''] = name.split('.');
    const isDeclared =
      imports.some(({ local }) => local === base) ||
      new RegExp(`\\b(?:const|let|var|class|function)\\s+${escaped(base)}\\b`).test(text);
    if (!isDeclared) add(seen.globals, name);
  }
  const injected = INJECTED_LOGGER.exec(text);
  if (injected !== null) add(seen.injected, injected[1] ?? 'resolve("logger")');
  if (REQUEST_LOGGER.test(text)) seen.requests++;
  for (const { specifier } of imports) {
    const known = REQUEST_LOG_PACKAGES.find((one) => one.package === specifier);
    // Fastify's request.log writes nothing unless the server was made with a logger.
    if (
      known !== undefined &&
      (specifier !== 'fastify' || /\blogger\s*:(?!\s*(?:false|undefined)\b)/.test(text))
    ) {
      seen.requestPackages.add(specifier);
    }
  }
}

function surveyNest(seen: Survey, text: string, imports: readonly ScannedImport[]): void {
  const logger = imports.find(({ specifier, imported }) => specifier === NEST.name && imported === 'Logger');
  if (logger === undefined) return;
  const fields = [
    ...text.matchAll(
      new RegExp(`(?<![\\w$])([\\w$]+)(?:\\s*:\\s*\\w+)?\\s*=\\s*new\\s+${escaped(logger.local)}\\(`, 'g'),
    ),
  ];
  if (fields.length > 0 || new RegExp(`:\\s*${escaped(logger.local)}\\b`).test(text)) seen.nest++;
  for (const [, name] of fields) if (name !== undefined) add(seen.nestFields, name);
}

/** The logger that an imported name is or makes, and how. */
function loggerBehind(value: Value | undefined): { logger: LoggerValue; how: Candidate['how'] }[] {
  const logger = asLogger(value);
  const factory = asFactory(value);
  const made = value?.kind === 'class' ? value.makes : undefined;
  return [
    ...(logger === undefined ? [] : [{ logger, how: 'logger' as const }]),
    ...(factory === undefined ? [] : [{ logger: factory, how: 'factory' as const }]),
    ...(made === undefined ? [] : [{ logger: made, how: 'class' as const }]),
  ];
}

function vote(
  seen: Survey,
  key: string,
  start: Omit<Candidate, 'votes' | 'specifiers' | 'locals' | 'calls'>,
): Candidate {
  const known = seen.candidates.get(key);
  if (known !== undefined) return known;
  const candidate = { ...start, votes: 0, specifiers: new Map(), locals: new Map(), calls: new Map() };
  seen.candidates.set(key, candidate);
  return candidate;
}

function surveyImport(
  seen: Survey,
  path: string,
  text: string,
  one: ScannedImport,
  reader: LoggerReader,
  resolveModule: ModuleResolver,
): void {
  const { specifier, imported, local, call } = one;
  const library = libraryOf(specifier);
  if (library === NEST) return;
  if (library === undefined && ![specifier, imported, local].some(isLoggerName)) return;
  if (library !== undefined) {
    surveyPackage(seen, text, one, library);
    return;
  }
  const entry = resolveModule(path, specifier);
  if (entry === undefined || entry === path || isTest(entry)) return;
  let value = reader.imported(path, specifier, imported);
  // `import * as logger` of a module whose functions are the logger's methods.
  if (imported === '*' && value?.kind === 'members') value = value.get('default');
  for (const { logger, how } of loggerBehind(value)) {
    const key = `${how} ${entry} ${imported}`;
    if (how === 'logger') {
      if (countLoggerCalls(text, local) === 0) continue;
      const candidate = vote(seen, key, { logger, how, imported, entry });
      candidate.votes++;
      add(candidate.specifiers, specifier);
      add(candidate.locals, local);
      continue;
    }
    const start = how === 'class' ? `=\\s*new\\s+${escaped(local)}` : `=\\s*${escaped(local)}`;
    const uses =
      call === ''
        ? [
            ...text.matchAll(
              new RegExp(`(?<![\\w$])([\\w$]+)(?:\\s*:\\s*[\\w.]+)?\\s*${start}\\s*(?=\\()`, 'g'),
            ),
          ]
        : [];
    if (uses.length === 0 && call === '') continue;
    const candidate = vote(seen, key, { logger, how, imported, entry });
    candidate.votes++;
    add(candidate.specifiers, specifier);
    if (call !== '') {
      add(candidate.calls, call);
      add(candidate.locals, local);
    }
    for (const use of uses) {
      add(candidate.calls, callAt(text, use.index + use[0].length));
      add(candidate.locals, use[1] ?? 'logger');
    }
  }
}

/** An installed package that is a logger itself, or by which each file makes its own. */
function surveyPackage(seen: Survey, text: string, one: ScannedImport, library: LoggerLibrary): void {
  const { specifier, imported, local } = one;
  const maker = LOGGER_MAKERS.find((known) => known.library === library);
  if (maker === undefined) return;
  const path = imported === 'default' || imported === '*' ? '' : imported;
  const note = (how: Candidate['how']): Candidate => {
    const logger: LoggerValue = { kind: 'logger', library, configured: {} };
    const candidate = vote(seen, `${how} ${specifier} ${imported}`, {
      logger,
      how,
      imported,
      entry: undefined,
    });
    candidate.votes++;
    add(candidate.specifiers, specifier);
    return candidate;
  };
  if (maker.itself.includes(path) && countLoggerCalls(text, local) > 0) add(note('logger').locals, local);
  const makes = [
    ...maker.calls.map((name) => ({ name, how: 'factory' as const })),
    ...maker.classes.map((name) => ({ name, how: 'class' as const })),
  ];
  for (const { name, how } of makes) {
    // Only what is reached through this very import: `log4js.getLogger`, or `getLogger` itself.
    const rest = path === '' ? (name === '' ? '' : `.${name}`) : name === path ? '' : undefined;
    if (rest === undefined) continue;
    const isNew = how === 'class' ? 'new\\s+' : '';
    const pattern = `(?<!export\\s+const\\s+)\\b([\\w$]+)(?:\\s*:\\s*[\\w.]+)?\\s*=\\s*${isNew}${escaped(local)}${rest.replaceAll('.', '\\.')}(?=\\()`;
    const uses = [...text.matchAll(new RegExp(pattern, 'g'))];
    if (uses.length === 0) continue;
    const candidate = note(how);
    for (const use of uses) {
      add(candidate.calls, rest + callAt(text, use.index + use[0].length));
      add(candidate.locals, use[1] ?? 'logger');
    }
  }
}

/** A module that makes a logger and exports it is known even before another file imports it. */
function surveyMade(
  seen: Survey,
  path: string,
  imports: readonly ScannedImport[],
  reader: LoggerReader,
): void {
  const makes = imports.some(
    ({ specifier }) =>
      (libraryOf(specifier) !== undefined && libraryOf(specifier) !== NEST) ||
      REQUEST_LOG_PACKAGES.some((one) => one.package === specifier && one.package !== 'fastify'),
  );
  if (!makes && !isLoggerName(basename(path))) return;
  const module = reader.moduleAt(path);
  const names = module?.exportNames() ?? [];
  // Functions that a module exports may be a logger together.
  const exported = [...names, ...(names.includes('default') ? [] : ['*'])].flatMap((imported) => {
    const logger = asLogger(module?.exported(imported === '*' ? 'default' : imported));
    const isOne =
      logger?.madeIn === path &&
      (makes || logger.library.name !== 'own' || [imported, path].some(isLoggerName));
    return isOne ? [{ imported, logger }] : [];
  });
  for (const { imported, logger } of exported) {
    vote(seen, `logger ${path} ${imported}`, { logger, how: 'logger', imported, entry: path });
  }
  const isMaker = [...names, 'default'].some((name) =>
    loggerBehind(module?.exported(name)).some(({ logger }) => logger.madeIn === path),
  );
  if (!isMaker) return;
  // What this file makes for the others is no logger of its own.
  for (const [key, candidate] of seen.candidates) {
    const isPackage = candidate.entry === undefined && candidate.how !== 'logger';
    if (!isPackage || !imports.some(({ specifier }) => candidate.specifiers.has(specifier))) continue;
    if (--candidate.votes <= 0) seen.candidates.delete(key);
  }
}

const ORDER: readonly Candidate['how'][] = ['logger', 'factory', 'class'];
const rank = (library: LoggerLibrary): number => {
  const place = LOGGER_LIBRARIES.findIndex(({ name }) => name === library.name);
  return place === -1 ? LOGGER_LIBRARIES.length : place;
};

/** The candidate that most files use; where two are used as much, what is most like a logger, then the plainest name. */
function bestOf(candidates: Iterable<readonly [string, Candidate]>): Candidate | undefined {
  const plain = ({ imported }: Candidate): number => Number(!/^(?:default|log|logger)$/i.test(imported));
  return [...candidates].sort(
    ([keyA, a], [keyB, b]) =>
      b.votes - a.votes ||
      ORDER.indexOf(a.how) - ORDER.indexOf(b.how) ||
      plain(a) - plain(b) ||
      rank(a.logger.library) - rank(b.logger.library) ||
      (keyA < keyB ? -1 : 1),
  )[0]?.[1];
}

const files = (count: number, verb: string): string =>
  `${count} ${count === 1 ? 'file' : 'files'} ${verb}${count === 1 ? 's' : ''}`;

function requestLogOf(seen: Survey, dependencies: ReadonlySet<string>): RequestLog | undefined {
  const known = REQUEST_LOG_PACKAGES.find(
    (one) => seen.requestPackages.has(one.package) || (seen.requests > 0 && dependencies.has(one.package)),
  );
  if (known === undefined) return undefined;
  const { library, parameters, property } = known;
  return { library, parameters, property, because: `\`${known.package}\` puts a logger on every request` };
}

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((all, one) => all + one, 0);

/** How the candidate is imported: as most files do; a module of the project by its path unless they go by an alias. */
function accessTo(
  candidate: Candidate,
): Exclude<LoggerAccess, { kind: 'local' | 'field' | 'request' }> | undefined {
  const { entry, imported, how } = candidate;
  const relative = new Map([...candidate.specifiers].filter(([specifier]) => specifier.startsWith('.')));
  const others = new Map([...candidate.specifiers].filter(([specifier]) => !specifier.startsWith('.')));
  const specifier = sum(others) > sum(relative) ? mostOf(others) : undefined;
  const from = specifier ?? entry;
  if (from === undefined) return undefined;
  const local =
    mostOf(candidate.locals) ?? (imported === 'default' || imported === '*' ? 'logger' : imported);
  if (how === 'logger') return { kind: 'import', from, imported, local };
  const [call, ...different] = candidate.calls.keys();
  if (call === undefined || different.length > 0) return undefined;
  // winston writes nothing without transports, which somebody adds to the one logger that was made so.
  // https://github.com/winstonjs/winston#creating-your-own-logger
  if (candidate.logger.library.name === 'winston' && entry === undefined && /\(\s*\)$/.test(call))
    return undefined;
  // One file alone shows no custom, unless there is nothing to choose.
  if (candidate.votes < 2 && !/\(\s*\)$/.test(call)) return undefined;
  return { kind: 'factory', from, imported, local, isNew: how === 'class', call };
}

/**
 * The logger of a package: the one that most of its files use; else one that a module of it makes; else Nest's, or that of
 * a request; else why there is none.
 */
export function findPackageLogger(
  fact: PackageFact,
  readText: (path: string) => string | undefined,
  reader: LoggerReader,
  resolveModule: ModuleResolver,
): PackageLogger {
  const dependencies = ownDependencies(fact.root, readText);
  const seen = survey(fact, readText, reader, resolveModule, dependencies);
  const best = bestOf(seen.candidates);
  const requestLog = requestLogOf(seen, dependencies);
  const withRequest = requestLog === undefined ? {} : { requestLog };
  const usesNest = dependencies.has(NEST.name) && (best === undefined || seen.nest >= best.votes);

  const globalName = mostOf(seen.globals);
  const globalVotes = globalName === undefined ? 0 : (seen.globals.get(globalName) ?? 0);
  if (globalName !== undefined && globalVotes >= 2 && globalVotes > (best?.votes ?? 0)) {
    const because = `${files(globalVotes, 'call')} \`${globalName}\`, which exists only from when the program has set it`;
    return { found: false, because, mayCreate: false };
  }
  if (usesNest) {
    const because =
      seen.nest > 0
        ? `${files(seen.nest, 'use')} the \`Logger\` of NestJS`
        : 'the package depends on `@nestjs/common`';
    const name = mostOf(seen.nestFields) ?? 'logger';
    const access = { kind: 'field', from: NEST.name, imported: 'Logger', name, existing: [] } as const;
    return { found: true, library: NEST, access, configured: {}, because, ...withRequest };
  }
  const browser = whyOnlyBrowser(dependencies);
  if (browser !== undefined) return { found: false, because: browser, mayCreate: false };
  if (best !== undefined) {
    const { unclear } = best.logger;
    const access = unclear === undefined ? accessTo(best) : undefined;
    const { library, configured, madeIn } = best.logger;
    const origin =
      best.entry !== undefined && best.entry.startsWith(fact.root + sep)
        ? shownFrom(fact.root, best.entry)
        : mostOf(best.specifiers);
    if (access !== undefined) {
      const kind =
        library.name === 'own' ? "a logger of the project's own making" : `a ${library.name} logger`;
      const because =
        access.kind === 'factory'
          ? `\`${origin}\` makes ${kind} for each file, as ${files(best.votes, 'ask')} it to`
          : `\`${origin}\` ${best.entry === undefined ? 'is' : 'exports'} ${kind}, which ${best.votes === 0 ? 'no file uses yet' : files(best.votes, 'use')}`;
      return {
        found: true,
        library,
        access,
        configured,
        because,
        ...(madeIn === undefined ? {} : { madeIn }),
        ...(best.entry === undefined ? {} : { entry: best.entry }),
        ...withRequest,
      };
    }
    const because =
      unclear === undefined
        ? `each file makes a logger of its own from \`${origin}\`, with arguments that a person has to choose`
        : `the logger in \`${origin}\` is called with (${unclear}), which a person has to choose`;
    return { found: false, because, mayCreate: false };
  }
  if (requestLog !== undefined) {
    const because = `${requestLog.because}, and the package has no other logger`;
    return {
      found: true,
      library: requestLog.library,
      access: { kind: 'request' },
      configured: {},
      because,
      requestLog,
    };
  }
  return whyNone(seen, dependencies);
}

/** Why nothing of the package runs on a server. */
function whyOnlyBrowser(dependencies: ReadonlySet<string>): string | undefined {
  const browser = BROWSER.find((name) => dependencies.has(name));
  if (browser === undefined || SERVER.some((name) => dependencies.has(name))) return undefined;
  return `the package runs in a browser: it depends on \`${browser}\` and on no server framework`;
}

function whyNone(seen: Survey, dependencies: ReadonlySet<string>): PackageLogger {
  const injected = mostOf(seen.injected);
  if (injected !== undefined) {
    const because = `${files(seen.injected.get(injected) ?? 0, 'call')} \`${injected}\`, a logger that is handed in, and no module exports one`;
    return { found: false, because, mayCreate: false };
  }
  const depended = LOGGER_LIBRARIES.find(({ packages }) => packages.some((name) => dependencies.has(name)));
  if (depended !== undefined) {
    const because = `the package depends on \`${depended.name}\`, but no module of it exports a logger`;
    return { found: false, because, mayCreate: true, dependsOn: depended };
  }
  const request = REQUEST_LOG_PACKAGES.find((one) => dependencies.has(one.package));
  if (request !== undefined) {
    const because = `the package depends on \`${request.package}\`, but nothing shows that its logger is on`;
    return { found: false, because, mayCreate: true, dependsOn: PINO };
  }
  const because = 'the package depends on no logger that is known and has no logger module';
  return { found: false, because, mayCreate: true };
}
