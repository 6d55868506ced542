import { extname, isAbsolute, join } from 'node:path';
import type { Edit } from '../edits/edit.ts';
import { assumed, holds, type Evidence } from '../evidence.ts';
import { functionsAround } from '../facts/contexts.ts';
import { LOGGER_LIBRARIES, PINO, type LoggerLibrary } from '../facts/libraries/loggers.ts';
import type { LoggerConfiguration, LoggerFact, RequestLog } from '../facts/loggers.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';
import { moduleExists, readinessEvidence, whyNotTheLogger } from './readiness.ts';
import { newLoggerModule } from './new-logger.ts';

/** The options by which a user says which logger is meant. */
export interface LoggerOptions {
  readonly [option: string]: string;
  readonly logger: string;
  readonly loggerName: string;
  readonly library: string;
  readonly create: string;
}

/** How the code at one place reaches a logger. */
export interface Reach {
  /** What a call begins with: `logger`, `req.log`, `this.logger`. */
  readonly logger: string;
  readonly library: LoggerLibrary;
  readonly configured: LoggerConfiguration;
  /** The edits that bring it into scope. */
  readonly edits: readonly Edit[];
  readonly shown: readonly Evidence[];
  /** Whether it belongs to the request that a parameter holds, and not to the module. */
  readonly isRequest?: boolean;
}

/** Why there is no logger to call, with what to do about it. */
export interface Unreachable {
  readonly why: string;
}

type Found = Extract<LoggerFact, { found: true }>;
type Access = Found['access'];

/** What the option `library` may be. */
export const LIBRARY_NAMES: readonly string[] = [...LOGGER_LIBRARIES.map(({ name }) => name), 'nest'];

const RECIPE =
  'name one with `--option logger=./src/logger.ts`, or have one made with `--option create=src/logger.ts`';

/** The parameter of a function around `path` that is a request with a logger of its own. */
function requestAround(
  file: FileContext<LoggerOptions>,
  path: Path,
  log: RequestLog,
): { name: string; isHandler: boolean } | undefined {
  for (const { node } of functionsAround(path)) {
    for (const [at, parameter] of node.params.entries()) {
      if (parameter.type !== 'Identifier' || !log.parameters.includes(parameter.name)) continue;
      if (file.scopes.lookup(path, parameter.name)?.identifier.node !== parameter) continue;
      const next = node.params[at + 1];
      const isHandler = next?.type === 'Identifier' && /^_?(res|response|reply|rep|next|h)$/.test(next.name);
      return { name: parameter.name, isHandler: isHandler || /^(ctx|context)$/.test(parameter.name) };
    }
  }
  return undefined;
}

function throughRequest(file: FileContext<LoggerOptions>, path: Path, log: RequestLog): Reach | undefined {
  const request = requestAround(file, path, log);
  if (request === undefined) return undefined;
  const logger = `${request.name}.${log.property}`;
  const claim = `\`${request.name}\` is the request of a handler: ${log.because}, as \`${log.property}\``;
  const shown = [request.isHandler ? holds(claim) : assumed(claim)];
  return { logger, library: log.library, configured: {}, edits: [], shown, isRequest: true };
}

/** The class whose `this` the code at `path` sees, where it sees one of an instance. */
function instanceClassOf(path: Path): Path<t.ClassDeclaration | t.ClassExpression> | undefined {
  for (let at: Path | null = path; at !== null; at = at.parent) {
    if (isNode(at, 'FunctionDeclaration', 'FunctionExpression', 'ObjectMethod', 'StaticBlock'))
      return undefined;
    if (
      !isNode(
        at,
        'ClassMethod',
        'ClassPrivateMethod',
        'ClassProperty',
        'ClassPrivateProperty',
        'ClassAccessorProperty',
      )
    )
      continue;
    const holder = at.parent?.parent;
    return at.node.static !== true && isNode(holder, 'ClassDeclaration', 'ClassExpression')
      ? holder
      : undefined;
  }
  return undefined;
}

function throughField(
  file: FileContext<LoggerOptions>,
  path: Path,
  access: Extract<Access, { kind: 'field' }>,
  fact: Found,
): Reach | Unreachable {
  const holder = instanceClassOf(path);
  if (holder === undefined)
    return { why: 'this logger is a field of a class, and this code has no instance of one in `this`' };
  const { node } = holder;
  // Decorators may or may not belong to the span of a class; its end is always the same.
  const held = access.existing.find(({ classSpan: [, end] }) => end === node.end);
  const start = { library: fact.library, configured: fact.configured };
  if (held !== undefined)
    return { ...start, logger: `this.${held.name}`, edits: [], shown: [holds(fact.because)] };
  if (node.id == null) return { why: 'the class has no name that a logger could be made with' };
  if (node.superClass != null)
    return { why: `the class that \`${node.id.name}\` extends may have a \`${access.name}\` of its own` };
  const members = node.body.body;
  const taken = members.some(
    (one) => 'key' in one && one.key.type === 'Identifier' && one.key.name === access.name,
  );
  const inConstructor = members.some(
    (one) =>
      one.type === 'ClassMethod' &&
      one.kind === 'constructor' &&
      one.params.some(
        (parameter) =>
          parameter.type === 'TSParameterProperty' &&
          parameter.parameter.type === 'Identifier' &&
          parameter.parameter.name === access.name,
      ),
  );
  if (taken || inConstructor)
    return { why: `\`${node.id.name}\` has a \`${access.name}\` that is not known to be a logger` };
  const { local, edits } = file.ensureImport({ from: access.from, name: access.imported });
  const modifiers = /\.[cm]?tsx?$/.test(file.path) ? 'private readonly ' : '';
  const semicolon = file.style.semicolons ? ';' : '';
  const field = `${modifiers}${access.name} = new ${local}(${node.id.name}.name)${semicolon}`;
  const first = (node.body.start ?? 0) + 1;
  const indent = `${/^[ \t]*/.exec(file.text.slice(file.text.lastIndexOf('\n', node.start ?? 0) + 1))?.[0] ?? ''}${file.style.indent}`;
  const { eol } = file.style;
  const insert: Edit = {
    file: file.path,
    span: [first, first],
    code: [`${eol}${indent}${field}${eol}`],
    once: `field ${access.name} of ${node.id.name}`,
  };
  return { ...start, logger: `this.${access.name}`, edits: [...edits, insert], shown: [holds(fact.because)] };
}

function throughFactory(
  file: FileContext<LoggerOptions>,
  path: Path,
  access: Extract<Access, { kind: 'factory' }>,
  fact: Found,
): Reach | Unreachable {
  if (file.scopes.namesAround(path).has(access.local))
    return { why: `\`${access.local}\` already means something else in this file` };
  const { local, edits } = file.ensureImport({ from: access.from, name: access.imported });
  const imports = file.tree.program.body.filter((one) => one.type === 'ImportDeclaration' || isRequire(one));
  const line = `const ${access.local} = ${local}${access.call}${file.style.semicolons ? ';' : ''}`;
  const last = imports.at(-1) ?? undefined;
  const [top] = file.tree.program.body;
  if (last === undefined && top === undefined) return { why: 'the file has no statement' };
  const made =
    last !== undefined ? file.insertAfter(last, line) : file.insertBefore(top as t.Statement, line);
  const insert: Edit = { ...made, once: `logger ${access.local}` };
  return {
    logger: access.local,
    library: fact.library,
    configured: fact.configured,
    edits: [...edits, insert],
    shown: [holds(fact.because)],
  };
}

function isRequire(statement: t.Statement): boolean {
  if (statement.type !== 'VariableDeclaration') return false;
  return statement.declarations.every(
    ({ init }) =>
      init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require',
  );
}

/** The logger that the user names with `--option logger=…`. */
function named(file: FileContext<LoggerOptions>, from: string, name: string): Reach | Unreachable {
  const { loggerName } = file.options;
  const library = LOGGER_LIBRARIES.find((one) => one.name === (name === 'nest' ? '@nestjs/common' : name));
  if (library === undefined) {
    return {
      why: `\`library\` is none of ${LOGGER_LIBRARIES.map((one) => one.name).join(', ')}: \`${name}\``,
    };
  }
  const isDefault = loggerName === 'default';
  const request = { from, name: loggerName, ...(isDefault ? { as: 'logger' } : {}) };
  const { local, edits } = file.ensureImport(request);
  return {
    logger: local,
    library,
    configured: {},
    edits,
    shown: [holds(`\`${file.options.logger || file.options.create}\` is the logger that was asked for`)],
  };
}

function throughNewModule(file: FileContext<LoggerOptions>): Reach | Unreachable {
  const home = file.facts.packageOf(file.path);
  const path = join(home.root, file.options.create);
  if (path === file.path) return { why: 'it is the logger' };
  const extension = extname(path);
  const isModule =
    /^\.[cm]?ts$/.test(extension) || extension === '.mjs' || (extension !== '.cjs' && home.isModule);
  const made = file.createFile(path, newLoggerModule({ name: file.options.loggerName, isModule }));
  const reach = named(file, path, PINO.name);
  if ('why' in reach) return reach;
  const claim = '`pino`, which the new logger module imports, is a dependency of the package';
  const installed = home.dependencies.has(PINO.name)
    ? holds(claim)
    : assumed(`${claim} (it is not yet: \`npm install pino\`)`);
  return { ...reach, edits: [...made, ...reach.edits], shown: [...reach.shown, installed] };
}

/** How the code at `path` reaches the project's logger, or why it cannot. */
export function reachLogger(file: FileContext<LoggerOptions>, path: Path): Reach | Unreachable {
  const reach = reachAny(file, path);
  if ('why' in reach) return reach;
  const root = /^[\w$]+/.exec(reach.logger)?.[0] ?? '';
  if (root === 'this' || reach.isRequest === true) return reach;
  const why = whyNotTheLogger(file, path, root);
  if (why !== undefined) return { why };
  return { ...reach, shown: [...reach.shown, ...readinessEvidence(file, path, root, reach.edits)] };
}

function reachAny(file: FileContext<LoggerOptions>, path: Path): Reach | Unreachable {
  const { logger, create } = file.options;
  const home = file.facts.packageOf(file.path);
  if (logger !== '') {
    const from = logger.startsWith('.') ? join(home.root, logger) : logger;
    if (isAbsolute(from) && from === file.path) return { why: 'it is the logger' };
    if (isAbsolute(from) && !moduleExists(from, file.facts))
      return { why: `the module \`${logger}\` that \`--option logger\` names does not exist` };
    return named(file, from, file.options.library);
  }
  const fact = file.facts.loggerOf(file.path);
  if (!fact.found) {
    if (create !== '' && fact.mayCreate) return throughNewModule(file);
    return { why: fact.mayCreate ? `${fact.because}: ${RECIPE}` : fact.because };
  }
  const request = fact.requestLog === undefined ? undefined : throughRequest(file, path, fact.requestLog);
  if (request !== undefined) return request;
  const { access } = fact;
  switch (access.kind) {
    case 'request':
      return { why: `the logger is known only in a request handler: ${RECIPE}` };
    case 'field':
      return throughField(file, path, access, fact);
    case 'factory':
      return throughFactory(file, path, access, fact);
    case 'local': {
      return {
        logger: access.local,
        library: fact.library,
        configured: fact.configured,
        edits: [],
        shown: [holds(fact.because)],
      };
    }
    default: {
      const { local, edits } = file.ensureImport({
        from: access.from,
        name: access.imported,
        as: access.local,
      });
      if (
        file.scopes.lookup(path, local)?.kind !== 'import' &&
        file.scopes.lookup(path, local) !== undefined &&
        edits.length > 0
      ) {
        return { why: `\`${local}\` means something else here` };
      }
      return {
        logger: local,
        library: fact.library,
        configured: fact.configured,
        edits,
        shown: [holds(fact.because)],
      };
    }
  }
}
