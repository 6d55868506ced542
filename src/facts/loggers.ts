import { sep } from 'node:path';
import type { Span } from '../edits/edit.ts';
import type { t } from '../syntax/ast.ts';
import { indexOf } from '../syntax/find.ts';
import { NEST, type LoggerLibrary } from './libraries/loggers.ts';
import type { Facts } from './facts.ts';
import {
  asLogger,
  createLoggerReader,
  type Declared,
  type LoggerModule,
  type LoggerReader,
  type LoggerValue,
  type Value,
} from './logger-modules.ts';
import { createLibraryReach, type LibraryReach } from './logger-reach.ts';
import { createModuleResolver, shownFrom, type ModuleResolver } from './modules.ts';
import { scanSpecifiers } from './import-scan.ts';
import {
  countLoggerCalls,
  findPackageLogger,
  isLoggerName,
  mayHoldLogger,
  ownDependencies,
  whyBrowser,
  whyPerhapsBrowser,
  type PackageLogger,
} from './package-logger.ts';

/** How code in a file reaches the logger. */
export type LoggerAccess =
  /** Imported: `import logger from './logger'`, `import { logger } from '@/log'`. An own module is an absolute path. */
  | {
      readonly kind: 'import';
      readonly from: string;
      readonly imported: string | 'default' | '*';
      readonly local: string;
    }
  /**
   * Already in scope under that name at the top of the file. It exists from the offset `declaredAt` on: 0 for an import,
   * which is hoisted; code that runs at the top of the file above that offset cannot use it.
   */
  | { readonly kind: 'local'; readonly local: string; readonly declaredAt: number }
  /**
   * Each file makes its own by a function or class that it imports: `const local = imported(…)` or `new imported(…)`; all
   * files of the package pass the same arguments.
   */
  | {
      readonly kind: 'factory';
      readonly from: string;
      readonly imported: string | 'default' | '*';
      readonly local: string;
      /** Whether `new` stands before the imported name. */
      readonly isNew: boolean;
      /** What follows the imported name: `()`, `.getLogger(__filename)`. */
      readonly call: string;
    }
  /**
   * Only inside classes: a field `private readonly name = new imported(Class.name)`, called as `this.name`.
   * `existing` are the classes of this file that hold a logger already, under whatever name.
   */
  | {
      readonly kind: 'field';
      readonly from: string;
      readonly imported: string;
      readonly name: string;
      readonly existing: readonly { readonly classSpan: Span; readonly name: string }[];
    }
  /** Only inside a request handler, as `requestLog` tells: there is no logger outside of one. */
  | { readonly kind: 'request' };

/** The logger that every request carries: `req.log` in a handler with a parameter `req`. */
export interface RequestLog {
  readonly library: LoggerLibrary;
  /** Names of the parameter, the likeliest first. */
  readonly parameters: readonly string[];
  /** The property of it that is the logger. */
  readonly property: string;
  /** Why the property is there: "the package depends on `pino-http`". */
  readonly because: string;
}

/** What can be read of how the logger is made. A property is absent where it cannot be read. */
export interface LoggerConfiguration {
  /** The key of an error among the fields: pino's `errorKey`. */
  readonly errorKey?: string;
  /** The key of the message in the record: pino's `messageKey`. */
  readonly messageKey?: string;
  /** The paths that pino's `redact` hides. */
  readonly redactPaths?: readonly string[];
  /** winston: whether `format.errors({ stack: true })` is among its formats, so that `error(err)` keeps the stack. */
  readonly keepsErrorStack?: boolean;
  /** winston: whether `format.splat()` is among its formats. */
  readonly splat?: boolean;
  /** winston: whether the record is written as JSON. */
  readonly json?: boolean;
  /** winston: whether fields beside the message are written: a `printf` shows only what it names. */
  readonly showsFields?: boolean;
  /** winston: whether the stack of an error after the message is written. */
  readonly showsStack?: boolean;
  /** bunyan: whether `serializers.err` is set. */
  readonly errSerializer?: boolean;
}

/** The logger of a file's project. */
export type LoggerFact =
  | {
      readonly found: true;
      /** The library, its methods and convention as this logger is configured. */
      readonly library: LoggerLibrary;
      readonly access: LoggerAccess;
      readonly configured: LoggerConfiguration;
      /** Why this logger: "`src/utils/logger.ts` exports a winston logger, which 14 files import". */
      readonly because: string;
      /** Absolute path of the module that makes the logger, where it is known. */
      readonly madeIn?: string;
      /** Also, or (with access `request`) only, in a request handler. */
      readonly requestLog?: RequestLog;
    }
  | {
      readonly found: false;
      readonly because: string;
      /** Whether a new logger module may be made for the file: false where it is part of the logger, or runs in a browser. */
      readonly mayCreate: boolean;
      /** The library that the package depends on although no module of it makes a logger. */
      readonly dependsOn?: LoggerLibrary;
    };

/**
 * The logger of every file, by what its package imports, depends on and makes. Each package is searched once, when one of
 * its files is first asked about; only modules that may make or pass on a logger are parsed. Files that cannot be read or
 * parsed count as if they were not there.
 */
export function createLoggerFacts(
  packages: Pick<Facts, 'packageOf'>,
  readText: (path: string) => string | undefined,
): (path: string) => LoggerFact {
  const resolveModule = createModuleResolver(readText);
  const reader = createLoggerReader(readText, resolveModule);
  const reachesLibrary = createLibraryReach(readText, resolveModule);
  const found = new Map<string, PackageLogger>();
  // Offsets in an answer are those of the text that it was read from.
  const answers = new Map<string, { readonly text: string; readonly fact: LoggerFact }>();
  const reached = new Map<string, ReadonlySet<string>>();
  const dependencies = new Map<string, ReadonlySet<string>>();

  const packageLoggerOf = (path: string): PackageLogger => {
    const { root } = packages.packageOf(path);
    const known = found.get(root);
    if (known !== undefined) return known;
    const logger = findPackageLogger(packages.packageOf(path), readText, reader, resolveModule);
    found.set(root, logger);
    return logger;
  };

  const ownDependenciesOf = (root: string): ReadonlySet<string> => {
    const known = dependencies.get(root) ?? ownDependencies(root, readText);
    dependencies.set(root, known);
    return known;
  };

  const read = (path: string, text: string): LoggerFact => {
    const { root } = packages.packageOf(path);
    const own = mayHoldLogger(path, text) ? reader.moduleAt(path, text) : undefined;
    const made = own === undefined ? undefined : madeBy(own, reader, reachesLibrary);
    if (made !== undefined) return none(`the logger \`${made}\` is made in this file`);

    const logger = packageLoggerOf(path);
    const local = own === undefined ? undefined : localLogger(own, reader, { resolveModule, reachesLibrary });
    if (local !== undefined) {
      const isBoth = local.found && logger.found && logger.requestLog !== undefined;
      return isBoth ? { ...local, requestLog: logger.requestLog } : local;
    }
    const browser = whyBrowser(root, path, text, ownDependenciesOf(root));
    if (browser !== undefined) return none(browser);
    if (!logger.found) {
      const perhaps = logger.mayCreate ? whyPerhapsBrowser(root, path, ownDependenciesOf(root)) : undefined;
      return perhaps === undefined ? logger : none(`${logger.because}, and ${perhaps}`);
    }
    const { entry, ...fact } = logger;
    if (entry !== undefined) {
      const files = reached.get(entry) ?? filesReachedFrom(entry, root, readText, resolveModule);
      reached.set(entry, files);
      if (files.has(path))
        return none(`the logger in \`${shownFrom(root, entry)}\` itself depends on this file`);
    }
    if (fact.access.kind !== 'field') return fact;
    const module = text.includes('Logger') ? reader.moduleAt(path, text) : undefined;
    const existing = module === undefined ? [] : classesWithLogger(module, reader);
    return { ...fact, access: { ...fact.access, existing } };
  };

  return (path) => {
    const text = readText(path) ?? '';
    const known = answers.get(path);
    if (known?.text === text) return known.fact;
    const fact = read(path, text);
    answers.set(path, { text, fact });
    return fact;
  };
}

const none = (because: string): LoggerFact => ({ found: false, because, mayCreate: false });

/** The value that a name at the top of a module has. */
const valueNamed = (name: string, module: LoggerModule, reader: LoggerReader): Value | undefined =>
  reader.evaluate({ type: 'Identifier', name } as t.Identifier, module.environment);

/** The name by which a module makes a logger: one that it exports, or one of the project's own making. */
function madeBy(
  module: LoggerModule,
  reader: LoggerReader,
  reachesLibrary: LibraryReach,
): string | undefined {
  // One of the project's own making is known by its name, so that nothing else need be looked up for it.
  const isNamed = (name: string): boolean => isLoggerName(name) || isLoggerName(module.path);
  const isMade = (name: string, value: Value | undefined): boolean => {
    const logger =
      value?.kind === 'factory'
        ? value.makes
        : value?.kind === 'class'
          ? (value.statics ?? value.makes)
          : asLogger(value);
    if (logger?.madeIn !== module.path) return false;
    return logger.library.name !== 'own' || isNamed(name);
  };
  const exported = [...module.exportNames(), 'default'].find(
    (name) =>
      (isNamed(name) || reachesLibrary(module.path, module.text)) && isMade(name, module.exported(name)),
  );
  if (exported !== undefined) return exported;
  // The methods of such a logger call `console` themselves.
  return [...module.environment.names.keys()].filter(isNamed).find((name) => {
    const value = valueNamed(name, module, reader);
    const logger = value?.kind === 'class' ? (value.statics ?? value.makes) : asLogger(value);
    return logger?.library.name === 'own' && isMade(name, value);
  });
}

/** What may be a library's logger although neither its name nor a call of it in this file says so. */
interface Silent {
  readonly resolveModule: ModuleResolver;
  readonly reachesLibrary: LibraryReach;
}

/** Whether what a name is declared as can be the logger of a library. */
const mayBeSilent = (
  { path, text }: LoggerModule,
  declared: readonly Declared[],
  { resolveModule, reachesLibrary }: Silent,
): boolean =>
  reachesLibrary(path, text) &&
  declared.some((one) => {
    if (one.kind !== 'import') return true;
    const target = resolveModule(path, one.specifier);
    return target !== undefined && reachesLibrary(target);
  });

/** The logger that is in scope at the top of a file: of several the one with the plainest name, then the most used. */
function localLogger(module: LoggerModule, reader: LoggerReader, silent: Silent): LoggerFact | undefined {
  const names = Array.from(module.environment.names, ([name, declared]) => ({
    name,
    declared,
    calls: countLoggerCalls(module.text, name),
    isPlain: /^_?log(?:ger)?_?$/i.test(name),
  }));
  // In this order the first one that is a logger is the best, and what others stand for need not be looked up.
  names.sort((a, b) => Number(b.isPlain) - Number(a.isPlain) || b.calls - a.calls);
  let best: { readonly name: string; readonly first: Declared; readonly logger: LoggerValue } | undefined;
  for (const { name, declared, calls } of names) {
    const [first] = declared;
    const mayBeLogger = calls > 0 || isLoggerName(name) || mayBeSilent(module, declared, silent);
    if (first === undefined || !mayBeLogger) continue;
    const value = valueNamed(name, module, reader);
    const logger = asLogger(value);
    if (logger === undefined) continue;
    // A package or class that could be used as a logger is one only where it is; a helper with `info` and `error` needs the name.
    if (value?.kind !== 'logger' && calls === 0) continue;
    if (logger.library.name === 'own' && !isLoggerName(name)) continue;
    best = { name, first, logger };
    break;
  }
  if (best === undefined) return undefined;
  const { first, logger, name } = best;
  if (logger.unclear !== undefined) {
    const because = `\`${name}\` is called with (${logger.unclear}), which a person has to choose`;
    return { found: false, because, mayCreate: false };
  }
  const declaredAt = first.kind === 'import' ? 0 : first.end;
  return {
    found: true,
    library: logger.library,
    access: { kind: 'local', local: name, declaredAt },
    configured: logger.configured,
    because:
      first.kind === 'import'
        ? `\`${name}\` is already imported from \`${first.specifier}\``
        : `\`${name}\` is already declared in this file`,
    ...(logger.madeIn === undefined ? {} : { madeIn: logger.madeIn }),
  };
}

/** The files of a package that `entry` loads, directly or through others, itself among them. */
function filesReachedFrom(
  entry: string,
  root: string,
  readText: (path: string) => string | undefined,
  resolveModule: ModuleResolver,
): ReadonlySet<string> {
  const files = new Set([entry]);
  for (const path of files) {
    for (const specifier of scanSpecifiers(readText(path) ?? '')) {
      const next = resolveModule(path, specifier);
      if (next !== undefined && next.startsWith(root + sep)) files.add(next);
    }
  }
  return files;
}

const isNest = (value: LoggerValue | undefined): boolean => value?.library.name === NEST.name;

/** The classes of a file that hold a logger of NestJS already: in a field, or as a parameter of their constructor. */
function classesWithLogger(module: LoggerModule, reader: LoggerReader): { classSpan: Span; name: string }[] {
  const found: { classSpan: Span; name: string }[] = [];
  for (const { node } of indexOf(module.tree, module.text).find('ClassBody')) {
    const classSpan: Span = [node.start ?? 0, node.end ?? 0];
    for (const member of node.body) {
      if (member.type === 'ClassProperty' && member.key.type === 'Identifier' && member.static !== true) {
        if (isNest(asLogger(reader.evaluate(member.value, module.environment))))
          found.push({ classSpan, name: member.key.name });
      }
      if (member.type !== 'ClassMethod' || member.kind !== 'constructor') continue;
      for (const parameter of member.params) {
        if (parameter.type !== 'TSParameterProperty' || parameter.parameter.type !== 'Identifier') continue;
        const annotation = parameter.parameter.typeAnnotation;
        const type = annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : undefined;
        if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') continue;
        const value = reader.evaluate(type.typeName, module.environment);
        if (value?.kind === 'package' && value.package === NEST.name && value.path.join('.') === 'Logger') {
          found.push({ classSpan, name: parameter.parameter.name });
        }
      }
    }
  }
  return found;
}
