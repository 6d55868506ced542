import type { LibraryCall } from './library.ts';
import { libraryFactOf } from './tables.ts';

/** What a call does to what its library keeps in the memory of this process. */
export interface KeptState {
  readonly access: 'read' | 'write';
  /** Whether a table says so, and it is not only told by how the call looks. */
  readonly isKnown: boolean;
}

/** A library that only computes, but by settings that hold for all who call it. */
interface Settings {
  readonly packages: RegExp;
  /** The calls that change them where they are given anything, as tables match them. */
  readonly sets: RegExp;
  /** Where this is documented. */
  readonly source: string;
}

const SETTINGS: readonly Settings[] = [
  {
    packages: /^moment(-timezone)?$/,
    sets: /^(locale|lang|updateLocale|defineLocale|relativeTimeThreshold|relativeTimeRounding|tz\.setDefault)\(\)$/,
    source: 'https://momentjs.com/docs/#/i18n/changing-locale/',
  },
  {
    packages: /^dayjs$/,
    sets: /^(locale|extend|updateLocale|tz\.setDefault)\(\)$/,
    source: 'https://day.js.org/docs/en/i18n/changing-locale',
  },
  {
    packages: /^handlebars$/,
    sets: /(^|[.)#])(un)?register(Partial|Helper|Decorator)\(\)$/,
    source: 'https://handlebarsjs.com/api-reference/runtime.html',
  },
  {
    packages: /^nunjucks$/,
    sets: /(^|[.)#])(configure|addFilter|addGlobal|addExtension|removeExtension|addTest)\(\)$/,
    source: 'https://mozilla.github.io/nunjucks/api.html',
  },
  {
    packages: /^marked$/,
    sets: /(^|[.)#])(use|setOptions|options)\(\)$/,
    source: 'https://marked.js.org/using_advanced',
  },
  {
    packages: /^markdown-it$/,
    sets: /[)#]\.(use|set|configure|enable|disable)\(\)$/,
    source: 'https://markdown-it.github.io/markdown-it/',
  },
  {
    packages: /^(i18next|next-intl)$/,
    sets: /(^|[.)#])(changeLanguage|setDefaultNamespace|addResource\w*|removeResourceBundle)\(\)$/,
    source: 'https://www.i18next.com/overview/api',
  },
  {
    packages: /^yup$/,
    sets: /^(setLocale|addMethod)\(\)$/,
    source: 'https://github.com/jquense/yup#error-message-customization',
  },
  {
    packages: /^zod(\/.*)?$/,
    sets: /(^|\.)(setErrorMap|config)\(\)$/,
    source: 'https://zod.dev/error-customization',
  },
  {
    packages: /^ajv$/,
    sets: /#\.(addSchema|removeSchema|addKeyword|removeKeyword|addFormat|addMetaSchema)\(\)$/,
    source: 'https://ajv.js.org/api.html',
  },
  {
    packages: /^(bignumber\.js|decimal\.js|big\.js|mathjs)$/,
    sets: /(^|\.)(config|set)\(\)$/,
    source: 'https://mikemcl.github.io/bignumber.js/#config',
  },
  {
    packages: /^@faker-js\/faker$/,
    sets: /(^|\.)(seed|setLocale|setDefaultRefDate)\(\)$/,
    source: 'https://fakerjs.dev/api/faker.html',
  },
  {
    packages: /^fuse\.js$/,
    sets: /#\.(add|remove|removeAt|setCollection)\(\)$/,
    source: 'https://www.fusejs.io/api/methods.html',
  },
  {
    packages: /^pluralize$/,
    sets: /^add\w+\(\)$/,
    source: 'https://github.com/plurals/pluralize',
  },
];

/** What Node keeps by names that code gives it, or for the whole process. */
const BY_NAME: readonly (readonly [calls: RegExp, what: string])[] = [
  [/^console\.time(End|Log)?\(\)$/, 'console.time'],
  [/^console\.(group|groupCollapsed|groupEnd)\(\)$/, 'console.group'],
  [/^performance\.(mark|measure|clearMarks|clearMeasures)\(\)$/, 'performance'],
];

/** What a call of Node's own changes that all share by a name: the timers of `console.time`, the marks of `performance`. */
export const sharedByNameOf = ({ package: name, path }: LibraryCall): string | undefined =>
  /^(global|console|perf_hooks)$/.test(name) ? BY_NAME.find(([calls]) => calls.test(path))?.[1] : undefined;

/** Caches in the memory of the process, also where they give promises: those are there at once. */
const CACHES = /cache/;

/**
 * Packages of which nothing that a function does later depends on what it called before, beyond what it was given: what answers
 * one request, writes logs and measures, draws on a terminal, or runs tests.
 */
const QUIET =
  /^(express.*|fastify.*|@fastify\/.*|koa.*|@koa\/.*|hono|hono\/.*|@hono\/.*|@hapi\/.*|@nestjs\/.*|next|next\/.*|react.*|vue.*|@angular\/.*|rxjs.*|@trpc\/.*|@sentry\/.*|@opentelemetry\/.*|prom-client|newrelic|dd-trace|elastic-apm-node|posthog-node|applicationinsights|hot-shots|mixpanel|@segment\/.*|tslog|electron-log|bole|loglevel.*|vitest|jest|@jest\/.*|mocha|chai.*|sinon.*|ava|tap|supertest|nock|@playwright\/.*|@testing-library\/.*|ora|cli-.*|listr.*|commander|yargs.*|boxen|figlet|log-update|update-notifier|terminal-link|source-map-support|dotenv.*)$/;

/** Whether a library answers for one request, logs, or the like: what is called on it changes nothing that is computed. */
export const isQuietLibrary = (name: string): boolean => QUIET.test(name);

/** What a call does to what its library keeps, as far as tables know it: undefined where it keeps nothing, or none knows. */
export function keptStateOf(call: LibraryCall): KeptState | undefined {
  const fact = libraryFactOf(call);
  if (fact === undefined) return undefined;
  const isCache = [...fact.reads, ...fact.writes].some(
    (one) => one.kind === 'store' && CACHES.test(one.name),
  );
  if (isCache) return { access: fact.writes.length > 0 ? 'write' : 'read', isKnown: true };
  const settings = SETTINGS.find(({ packages }) => packages.test(call.package));
  if (settings === undefined) return undefined;
  return { access: settings.sets.test(call.path) && call.args.length > 0 ? 'write' : 'read', isKnown: false };
}
