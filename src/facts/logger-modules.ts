import type { t } from '../syntax/ast.ts';
import { parseToRead } from '../syntax/parse.ts';
import {
  CHILD_METHODS,
  libraryOf,
  LOGGER_HOLDERS,
  LOGGER_MAKERS,
  PINO,
  type LoggerLibrary,
} from './libraries/loggers.ts';
import { configureLogger } from './logger-configuration.ts';
import type { LoggerConfiguration } from './loggers.ts';
import type { ModuleResolver } from './modules.ts';
import { readOwnLogger, type LogMethod } from './own-loggers.ts';

/** A logger as it can be read from the code that makes it. */
export interface LoggerValue {
  readonly kind: 'logger';
  readonly library: LoggerLibrary;
  readonly configured: LoggerConfiguration;
  /** The module that makes it; absent for a logger that a package holds ready. */
  readonly madeIn?: string;
  /** Set where its methods take something that only a person can choose: the names of their parameters. */
  readonly unclear?: string;
}

/** What an expression is, as far as loggers go. */
export type Value =
  | LoggerValue
  /** A function that returns a logger. */
  | { readonly kind: 'factory'; readonly makes: LoggerValue }
  /** A class; `makes` where its instances are loggers, `statics` where it is one itself. */
  | { readonly kind: 'class'; readonly makes?: LoggerValue; readonly statics?: LoggerValue }
  /** A method of a logger. */
  | { readonly kind: 'method'; readonly of: LoggerValue; readonly name: string }
  /** Something inside a package, by its path from the package's default export. */
  | { readonly kind: 'package'; readonly package: string; readonly path: readonly string[] }
  /** Anything that holds members: a module, an object. */
  | { readonly kind: 'members'; readonly get: (name: string) => Value | undefined };

/** How a name comes to stand for something. */
export type Declared =
  | {
      readonly kind: 'expression';
      readonly node: t.Node;
      readonly path: readonly string[];
      readonly end: number;
    }
  | { readonly kind: 'import'; readonly specifier: string; readonly imported: string };

/** Names in scope, the inner ones first. */
export interface Environment {
  readonly module: LoggerModule;
  readonly names: ReadonlyMap<string, readonly Declared[]>;
  readonly outer?: Environment;
}

/** What one module declares and exports. */
export interface LoggerModule {
  readonly path: string;
  readonly text: string;
  readonly tree: t.File;
  /** The names of its top level, in the order of the text. */
  readonly environment: Environment;
  /** The value of an export; `default` also for all of `module.exports`. */
  exported(name: string): Value | undefined;
  /** The names of its exports. */
  exportNames(): readonly string[];
}

/** A node with an expression in it, and where its names are looked up. */
export interface Located {
  readonly node: t.Node;
  readonly environment: Environment;
}

/** Reads modules for the loggers in them. Each is parsed once; a broken or missing one is as if it exported nothing. */
export interface LoggerReader {
  /** The module at `path`; read anew where `latest`, its text now, is not what was read before. */
  moduleAt(path: string, latest?: string): LoggerModule | undefined;
  /** What an imported name is. */
  imported(from: string, specifier: string, name: string): Value | undefined;
  /** What an expression is. */
  evaluate(node: t.Node | null | undefined, environment: Environment): Value | undefined;
  /** The expression that names and members stand for, where one only was ever assigned. */
  locate(node: t.Node | null | undefined, environment: Environment): Located | undefined;
}

/** The package and the path in it that an imported name of a known package stands for. */
function packageValue(specifier: string, name: string): Value | undefined {
  if (libraryOf(specifier) === undefined && !LOGGER_HOLDERS.has(specifier)) return undefined;
  return { kind: 'package', package: specifier, path: name === 'default' || name === '*' ? [] : [name] };
}

/** The value as a logger: what is one, or what a package holds ready. */
export function asLogger(value: Value | undefined): LoggerValue | undefined {
  if (value?.kind === 'logger') return value;
  if (value?.kind === 'class') return value.statics;
  if (value?.kind !== 'package') return undefined;
  const maker = LOGGER_MAKERS.find(({ library }) => library.packages.includes(value.package));
  if (maker === undefined || !maker.itself.includes(value.path.join('.'))) return undefined;
  return { kind: 'logger', library: maker.library, configured: {} };
}

/** The value as something that makes loggers when it is called. */
export function asFactory(value: Value | undefined): LoggerValue | undefined {
  if (value?.kind === 'factory') return value.makes;
  if (value?.kind !== 'package') return undefined;
  const maker = LOGGER_MAKERS.find(({ library }) => library.packages.includes(value.package));
  if (maker === undefined || !maker.calls.includes(value.path.join('.'))) return undefined;
  return { kind: 'logger', library: maker.library, configured: {} };
}

/** The expression without what TypeScript and parentheses put around it. */
export function bare(node: t.Node): t.Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'TypeCastExpression':
    case 'ParenthesizedExpression':
      return bare(node.expression);
    case 'AwaitExpression':
      return bare(node.argument);
    default:
      return node;
  }
}

/** The name of a key or member that is written out. */
export function keyOf(node: { readonly computed?: boolean | null }, key: t.Node): string | undefined {
  if (key.type === 'Identifier' && node.computed !== true) return key.name;
  return key.type === 'StringLiteral' ? key.value : undefined;
}

const isMember = (node: t.Node): node is t.MemberExpression | t.OptionalMemberExpression =>
  node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

/** `require('x')` → `x`. */
function requiredBy(node: t.Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const [argument] = node.arguments;
  return argument?.type === 'StringLiteral' ? argument.value : undefined;
}

/** Whether the node is `module.exports`, or `exports` itself. */
const isExports = (node: t.Node): boolean =>
  (node.type === 'Identifier' && node.name === 'exports') ||
  (isMember(node) &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    keyOf(node, node.property) === 'exports');

const nameOf = (node: t.Identifier | t.StringLiteral): string =>
  node.type === 'Identifier' ? node.name : node.value;

type Names = Map<string, Declared[]>;

function declare(names: Names, name: string, declared: Declared): void {
  const known = names.get(name);
  if (known === undefined) names.set(name, [declared]);
  else known.push(declared);
}

function declarePattern(
  names: Names,
  pattern: t.Node,
  node: t.Node,
  path: readonly string[],
  end: number,
): void {
  if (pattern.type === 'Identifier') declare(names, pattern.name, { kind: 'expression', node, path, end });
  if (pattern.type === 'AssignmentPattern') declarePattern(names, pattern.left, node, path, end);
  if (pattern.type !== 'ObjectPattern') return;
  for (const property of pattern.properties) {
    if (property.type !== 'ObjectProperty') continue;
    const key = keyOf(property, property.key);
    if (key !== undefined) declarePattern(names, property.value, node, [...path, key], end);
  }
}

/** What the exports of a module are: names, each with the expression or the import behind it, and modules passed on whole. */
interface Exports {
  readonly names: Names;
  readonly all: string[];
}

/** Notes what statements declare, assign and export; functions inside them are not entered. */
function readStatements(
  statements: readonly (t.Node | null | undefined)[],
  names: Names,
  exports: Exports,
): void {
  for (const statement of statements) if (statement != null) readStatement(statement, names, exports);
}

function readAssignment(node: t.AssignmentExpression, names: Names, exports: Exports): void {
  const end = node.end ?? 0;
  const value = node.right.type === 'AssignmentExpression' ? node.right.right : node.right;
  if (node.right.type === 'AssignmentExpression') readAssignment(node.right, names, exports);
  if (node.left.type === 'Identifier' && node.left.name !== 'exports')
    declarePattern(names, node.left, value, [], end);
  if (isExports(node.left))
    declare(exports.names, 'default', { kind: 'expression', node: value, path: [], end });
  else if (isMember(node.left) && isExports(node.left.object)) {
    const key = keyOf(node.left, node.left.property);
    if (key !== undefined) declare(exports.names, key, { kind: 'expression', node: value, path: [], end });
  }
}

function readExports(node: t.ExportNamedDeclaration, names: Names, exports: Exports): void {
  if (node.exportKind === 'type') return;
  if (node.declaration != null) {
    const own: Names = new Map();
    readStatement(node.declaration, own, exports);
    for (const [name, all] of own) {
      for (const one of all) {
        declare(names, name, one);
        declare(exports.names, name, one);
      }
    }
  }
  for (const specifier of node.specifiers) {
    const exported = nameOf(specifier.exported);
    if (specifier.type === 'ExportSpecifier') {
      declare(
        exports.names,
        exported,
        node.source == null
          ? { kind: 'expression', node: specifier.local, path: [], end: 0 }
          : { kind: 'import', specifier: node.source.value, imported: nameOf(specifier.local) },
      );
    } else if (node.source != null) {
      const imported = specifier.type === 'ExportDefaultSpecifier' ? 'default' : '*';
      declare(exports.names, exported, { kind: 'import', specifier: node.source.value, imported });
    }
  }
}

function readImport(node: t.ImportDeclaration, names: Names): void {
  if (node.importKind === 'type' || node.importKind === 'typeof') return;
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
    const imported =
      specifier.type === 'ImportSpecifier'
        ? nameOf(specifier.imported)
        : specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : '*';
    declare(names, specifier.local.name, { kind: 'import', specifier: node.source.value, imported });
  }
}

function readStatement(node: t.Node, names: Names, exports: Exports): void {
  const end = node.end ?? 0;
  switch (node.type) {
    case 'VariableDeclaration':
      for (const { id, init } of node.declarations) {
        if (init == null) continue;
        if (init.type === 'AssignmentExpression') readAssignment(init, names, exports);
        declarePattern(names, id, init.type === 'AssignmentExpression' ? init.right : init, [], end);
      }
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (node.id != null) {
        declare(names, node.id.name, {
          kind: 'expression',
          node,
          path: [],
          end: node.type === 'ClassDeclaration' ? end : 0,
        });
      }
      break;
    case 'ImportDeclaration':
      readImport(node, names);
      break;
    case 'TSImportEqualsDeclaration':
      if (node.moduleReference.type === 'TSExternalModuleReference') {
        const specifier = node.moduleReference.expression.value;
        declare(names, node.id.name, { kind: 'import', specifier, imported: 'default' });
      }
      break;
    case 'ExportNamedDeclaration':
      readExports(node, names, exports);
      break;
    case 'ExportDefaultDeclaration':
      readStatement(node.declaration, names, exports);
      declare(exports.names, 'default', { kind: 'expression', node: node.declaration, path: [], end });
      break;
    case 'TSExportAssignment':
      declare(exports.names, 'default', { kind: 'expression', node: node.expression, path: [], end });
      break;
    case 'ExportAllDeclaration':
      if (node.exportKind !== 'type') exports.all.push(node.source.value);
      break;
    case 'ExpressionStatement':
      if (node.expression.type === 'AssignmentExpression') readAssignment(node.expression, names, exports);
      break;
    case 'IfStatement':
      readStatements([node.consequent, node.alternate], names, exports);
      break;
    case 'BlockStatement':
      readStatements(node.body, names, exports);
      break;
    case 'TryStatement':
      readStatements([node.block, node.finalizer], names, exports);
      break;
    default:
  }
}

/** The expressions that the `return`s of a function give, functions inside it not entered. */
function returnsOf(statements: readonly t.Node[]): t.Node[] {
  return statements.flatMap((node) => {
    if (node.type === 'ReturnStatement') return node.argument == null ? [] : [node.argument];
    if (node.type === 'IfStatement')
      return returnsOf([node.consequent, ...(node.alternate == null ? [] : [node.alternate])]);
    if (node.type === 'BlockStatement') return returnsOf(node.body);
    if (node.type === 'TryStatement') return returnsOf([node.block]);
    return [];
  });
}

type FunctionNode =
  t.FunctionDeclaration | t.FunctionExpression | t.ArrowFunctionExpression | t.ObjectMethod | t.ClassMethod;

const isFunction = (
  node: t.Node,
): node is t.FunctionDeclaration | t.FunctionExpression | t.ArrowFunctionExpression =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression';

/** How deep one expression may stand for another before it is given up. */
const DEEPEST = 30;

/** What the member `name` of a value is. */
const memberOf = (value: Value | undefined, name: string): Value | undefined => {
  switch (value?.kind) {
    case 'members':
      return value.get(name);
    case 'package':
      return name === 'default' && value.path.length === 0
        ? value
        : { ...value, path: [...value.path, name] };
    case 'logger':
      return name === 'default' ? value : { kind: 'method', of: value, name };
    case 'class':
      return value.statics === undefined ? undefined : { kind: 'method', of: value.statics, name };
    default:
      return undefined;
  }
};

/** What a name is declared as, and where. */
const lookup = (
  name: string,
  environment: Environment,
): readonly [readonly Declared[], Environment] | undefined => {
  for (let at: Environment | undefined = environment; at !== undefined; at = at.outer) {
    const found = at.names.get(name);
    if (found !== undefined) return [found, at];
  }
  return undefined;
};

/** The names inside a function. */
const inside = (fn: FunctionNode, environment: Environment): Environment => {
  const names: Names = new Map();
  if (fn.body.type === 'BlockStatement') readStatements(fn.body.body, names, { names: new Map(), all: [] });
  return { module: environment.module, names, outer: environment };
};

/** The methods of a class, and the fields that hold functions. */
const methodsOf = (node: t.ClassDeclaration | t.ClassExpression, isStatic: boolean): LogMethod[] =>
  node.body.body.flatMap((member): LogMethod[] => {
    if (member.type === 'ClassMethod' && member.kind === 'method' && (member.static ?? false) === isStatic) {
      const name = keyOf(member, member.key);
      return name === undefined ? [] : [{ name, fn: member }];
    }
    if (member.type === 'ClassProperty' && (member.static ?? false) === isStatic && member.value != null) {
      const name = keyOf(member, member.key);
      return name !== undefined && isFunction(member.value) ? [{ name, fn: member.value }] : [];
    }
    return [];
  });

/** A reader over the texts that `readText` gives. */
export function createLoggerReader(
  readText: (path: string) => string | undefined,
  resolveModule: ModuleResolver,
): LoggerReader {
  const modules = new Map<
    string,
    { readonly text: string | undefined; readonly module: LoggerModule | undefined }
  >();
  let depth = 0;

  const deeper = <T>(read: () => T | undefined): T | undefined => {
    if (depth >= DEEPEST) return undefined;
    depth++;
    try {
      return read();
    } finally {
      depth--;
    }
  };

  const imported = (from: string, specifier: string, name: string): Value | undefined => {
    const known = packageValue(specifier, name);
    if (known !== undefined) return known;
    const path = resolveModule(from, specifier);
    const module = path === undefined ? undefined : moduleAt(path);
    if (module === undefined) return undefined;
    if (name !== '*') return module.exported(name);
    return { kind: 'members', get: (member) => module.exported(member) };
  };

  const valueOf = (declared: Declared, environment: Environment): Value | undefined =>
    deeper(() => {
      if (declared.kind === 'import')
        return imported(environment.module.path, declared.specifier, declared.imported);
      return declared.path.reduce(memberOf, evaluate(declared.node, environment));
    });

  /** The first of several assignments that gives something. A configuration counts only as far as all agree. */
  const first = (all: readonly Declared[], environment: Environment): Value | undefined => {
    const values = all.map((one) => valueOf(one, environment)).filter((value) => value !== undefined);
    const loggers = values.flatMap((value) => (value.kind === 'logger' ? [value] : []));
    const [one, ...others] = loggers;
    if (one === undefined || others.length === 0) return values[0];
    const agreed = Object.entries(one.configured).filter(([key, value]) =>
      others.every(
        (other) =>
          JSON.stringify(other.configured[key as keyof LoggerConfiguration]) === JSON.stringify(value),
      ),
    );
    return { ...one, configured: Object.fromEntries(agreed) };
  };

  const made = (
    library: LoggerLibrary,
    options: readonly t.Node[],
    environment: Environment,
  ): LoggerValue => ({
    kind: 'logger',
    ...configureLogger(library, options, environment, reader),
    madeIn: environment.module.path,
  });

  const factoryOf = (fn: FunctionNode, environment: Environment): Value | undefined => {
    const scope = inside(fn, environment);
    const results = fn.body.type === 'BlockStatement' ? returnsOf(fn.body.body) : [fn.body];
    for (const result of results) {
      const logger = asLogger(evaluate(result, scope));
      if (logger !== undefined)
        return { kind: 'factory', makes: { ...logger, madeIn: logger.madeIn ?? environment.module.path } };
    }
    return undefined;
  };

  const own = (
    methods: readonly LogMethod[],
    node: t.Node,
    environment: Environment,
  ): LoggerValue | undefined => {
    const { text, path } = environment.module;
    const read = readOwnLogger(methods, text.slice(node.start ?? 0, node.end ?? 0), (receiver) =>
      asLogger(evaluate(receiver, environment)),
    );
    return read === undefined ? undefined : { kind: 'logger', ...read, madeIn: path };
  };

  const ofObject = (node: t.ObjectExpression, environment: Environment): Value | undefined => {
    const methods = node.properties.flatMap((property): LogMethod[] => {
      if (property.type === 'SpreadElement') return [];
      const name = keyOf(property, property.key);
      if (name === undefined) return [];
      if (property.type === 'ObjectMethod') return [{ name, fn: property }];
      const value = bare(property.value);
      const found = locate(value, environment)?.node ?? value;
      return isFunction(found) ? [{ name, fn: found }] : [];
    });
    const logger = own(methods, node, environment);
    if (logger !== undefined) return logger;
    return {
      kind: 'members',
      get: (name) => {
        for (const property of node.properties) {
          if (property.type === 'SpreadElement') continue;
          if (keyOf(property, property.key) !== name) continue;
          return property.type === 'ObjectMethod'
            ? factoryOf(property, environment)
            : evaluate(property.value, environment);
        }
        return undefined;
      },
    };
  };

  const ofClass = (
    node: t.ClassDeclaration | t.ClassExpression,
    environment: Environment,
  ): Value | undefined => {
    const makes = own(methodsOf(node, false), node, environment);
    const statics = own(methodsOf(node, true), node, environment);
    const above = node.superClass == null ? undefined : evaluate(node.superClass, environment);
    const inherited = above?.kind === 'class' ? above.makes : undefined;
    const instance = makes ?? inherited;
    if (instance === undefined && statics === undefined) return undefined;
    return {
      kind: 'class',
      ...(instance === undefined ? {} : { makes: instance }),
      ...(statics === undefined ? {} : { statics }),
    };
  };

  const ofCall = (
    node: t.CallExpression | t.OptionalCallExpression | t.NewExpression,
    environment: Environment,
  ): Value | undefined => {
    const required = requiredBy(node);
    if (required !== undefined)
      return (
        imported(environment.module.path, required, 'default') ??
        imported(environment.module.path, required, '*')
      );
    const callee = evaluate(node.callee, environment);
    const isNew = node.type === 'NewExpression';
    if (callee?.kind === 'class') return isNew ? callee.makes : undefined;
    if (callee?.kind === 'factory') return callee.makes;
    if (callee?.kind === 'method') return CHILD_METHODS.has(callee.name) ? callee.of : undefined;
    if (callee?.kind !== 'package') return undefined;
    const path = callee.path.join('.');
    const holds = LOGGER_HOLDERS.get(callee.package);
    if (holds !== undefined) {
      if (path !== '' && path !== 'pinoHttp' && path !== 'fastify') return undefined;
      const logger = made(PINO, node.arguments, environment);
      return { kind: 'members', get: (name) => (name === holds ? logger : undefined) };
    }
    const maker = LOGGER_MAKERS.find(({ library }) => library.packages.includes(callee.package));
    if (maker === undefined) return undefined;
    const makes = isNew ? maker.classes : maker.calls;
    const isChild =
      CHILD_METHODS.has(callee.path.at(-1) ?? '') &&
      maker.itself.includes(callee.path.slice(0, -1).join('.'));
    return makes.includes(path) || (!isNew && isChild)
      ? made(maker.library, node.arguments, environment)
      : undefined;
  };

  const evaluate = (wrapped: t.Node | null | undefined, environment: Environment): Value | undefined =>
    deeper(() => {
      if (wrapped == null) return undefined;
      const node = bare(wrapped);
      switch (node.type) {
        case 'Identifier': {
          const found = lookup(node.name, environment);
          return found === undefined ? undefined : first(...found);
        }
        case 'MemberExpression':
        case 'OptionalMemberExpression': {
          if (isExports(node)) return environment.module.exported('default');
          const name = keyOf(node, node.property);
          return name === undefined ? undefined : memberOf(evaluate(node.object, environment), name);
        }
        case 'CallExpression':
        case 'OptionalCallExpression':
        case 'NewExpression':
          return ofCall(node, environment);
        case 'LogicalExpression':
          return evaluate(node.left, environment) ?? evaluate(node.right, environment);
        case 'ConditionalExpression':
          return evaluate(node.consequent, environment) ?? evaluate(node.alternate, environment);
        case 'AssignmentExpression':
          return evaluate(node.right, environment);
        case 'ObjectExpression':
          return ofObject(node, environment);
        case 'ClassDeclaration':
        case 'ClassExpression':
          return ofClass(node, environment);
        case 'FunctionDeclaration':
        case 'FunctionExpression':
        case 'ArrowFunctionExpression':
          return factoryOf(node, environment);
        default:
          return undefined;
      }
    });

  const locate = (wrapped: t.Node | null | undefined, environment: Environment): Located | undefined =>
    deeper(() => {
      if (wrapped == null) return undefined;
      const node = bare(wrapped);
      if (node.type === 'Identifier') {
        const found = lookup(node.name, environment);
        const [declared, ...others] = found?.[0] ?? [];
        if (found === undefined || declared === undefined || others.length > 0) return undefined;
        if (declared.kind === 'import')
          return importedExpression(environment.module.path, declared.specifier, declared.imported);
        const required = requiredBy(bare(declared.node));
        const [member = 'default', ...deeperMembers] = declared.path;
        return required === undefined
          ? declared.path.reduce<Located | undefined>(propertyOf, locate(declared.node, found[1]))
          : deeperMembers.reduce<Located | undefined>(
              propertyOf,
              importedExpression(environment.module.path, required, member),
            );
      }
      if (isMember(node)) {
        const name = keyOf(node, node.property);
        return name === undefined ? undefined : propertyOf(locate(node.object, environment), name);
      }
      return { node, environment };
    });

  const propertyOf = (at: Located | undefined, name: string): Located | undefined => {
    if (at?.node.type !== 'ObjectExpression') return undefined;
    const property = at.node.properties.findLast(
      (one) => one.type !== 'SpreadElement' && keyOf(one, one.key) === name,
    );
    if (property?.type === 'ObjectMethod') return { node: property, environment: at.environment };
    return property?.type === 'ObjectProperty' ? locate(property.value, at.environment) : undefined;
  };

  const expressions = new WeakMap<LoggerModule, Exports>();
  const exportedExpression = (module: LoggerModule, name: string): Located | undefined => {
    const names = expressions.get(module)?.names;
    const [declared, ...others] = names?.get(name) ?? [];
    if (others.length > 0) return undefined;
    if (declared?.kind === 'import')
      return importedExpression(module.path, declared.specifier, declared.imported);
    if (declared !== undefined) {
      return declared.path.reduce<Located | undefined>(propertyOf, locate(declared.node, module.environment));
    }
    // A member of all of `module.exports`.
    return name !== 'default' && names?.has('default') === true
      ? propertyOf(exportedExpression(module, 'default'), name)
      : undefined;
  };
  const importedExpression = (from: string, specifier: string, name: string): Located | undefined =>
    deeper(() => {
      const path = resolveModule(from, specifier);
      const module = path === undefined ? undefined : moduleAt(path);
      return module === undefined ? undefined : exportedExpression(module, name);
    });

  const moduleAt = (path: string, latest?: string): LoggerModule | undefined => {
    const before = modules.get(path);
    if (before !== undefined && (latest === undefined || latest === before.text)) return before.module;
    const text = latest ?? readText(path);
    modules.set(path, { text, module: undefined });
    if (text === undefined) return undefined;
    let tree: t.File;
    try {
      tree = parseToRead(path, text);
    } catch {
      return undefined; // Whoever inspects the file reports that it cannot be parsed.
    }
    const names: Names = new Map();
    const exports: Exports = { names: new Map(), all: [] };
    readStatements(tree.program.body, names, exports);
    const known = new Map<string, Value | undefined>();
    const read = (name: string): Value | undefined => {
      const declared = exports.names.get(name);
      if (declared !== undefined) return first(declared, module.environment);
      const whole = name === 'default' ? undefined : exports.names.get('default');
      const member = whole === undefined ? undefined : memberOf(first(whole, module.environment), name);
      if (member !== undefined && member.kind !== 'method') return member;
      for (const specifier of name === 'default' ? [] : exports.all) {
        const value = imported(path, specifier, name);
        if (value !== undefined) return value;
      }
      if (name !== 'default' || exports.names.size === 0) return undefined;
      // A namespace under the name `default`, as `require` gives it; or the own functions of the module as a logger.
      const methods = [...exports.names.keys()].flatMap((key): LogMethod[] => {
        const found = exportedExpression(module, key)?.node;
        return found !== undefined && isFunction(found) ? [{ name: key, fn: found }] : [];
      });
      return own(methods, tree.program, module.environment);
    };
    const module: LoggerModule = {
      path,
      text,
      tree,
      get environment() {
        return environment;
      },
      exported: (name) => {
        if (!known.has(name)) {
          known.set(name, undefined);
          known.set(
            name,
            deeper(() => read(name)),
          );
        }
        return known.get(name);
      },
      exportNames: () => [...exports.names.keys()],
    };
    const environment: Environment = { module, names };
    expressions.set(module, exports);
    modules.set(path, { text, module });
    return module;
  };

  const reader: LoggerReader = { moduleAt, imported, evaluate, locate };
  return reader;
}
