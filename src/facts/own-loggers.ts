import type { t } from '../syntax/ast.ts';
import type { LoggerLibrary, LogLevel } from './libraries/loggers.ts';
import type { LoggerConfiguration } from './loggers.ts';

/** One method of an object or class that may be a logger. */
export interface LogMethod {
  readonly name: string;
  readonly fn:
    t.FunctionDeclaration | t.FunctionExpression | t.ArrowFunctionExpression | t.ObjectMethod | t.ClassMethod;
}

/** A logger of the project's own making. */
export interface OwnLogger {
  readonly library: LoggerLibrary;
  readonly configured: LoggerConfiguration;
  /** Set where its parameters ask for something that no other code can know: their names. */
  readonly unclear?: string;
}

/** For each level the names that its method goes by, the best first; the later ones are the nearest other level. */
const NAMES: Readonly<Record<LogLevel, readonly string[]>> = {
  trace: ['trace', 'silly', 'verbose', 'debug', 'info', 'log'],
  debug: ['debug', 'verbose', 'trace', 'info', 'log'],
  info: ['info', 'log', 'notice'],
  warn: ['warn', 'warning', 'error'],
  error: ['error'],
  fatal: ['fatal', 'critical', 'error'],
};

/** A method for each level, as far as there are any; undefined where it is no logger: no info or no error. */
export function methodsAmong(names: ReadonlySet<string>): LoggerLibrary['methods'] | undefined {
  const entries = Object.entries(NAMES).flatMap(([level, all]) => {
    const name = all.find((one) => names.has(one));
    return name === undefined ? [] : [[level, name] as const];
  });
  const methods: LoggerLibrary['methods'] = Object.fromEntries(entries);
  return methods.info === undefined || methods.error === undefined || methods.warn === undefined
    ? undefined
    : methods;
}

const nameOf = (parameter: t.Node | undefined): string => {
  if (parameter?.type === 'Identifier') return parameter.name;
  if (parameter?.type === 'AssignmentPattern') return nameOf(parameter.left);
  if (parameter?.type === 'RestElement') return nameOf(parameter.argument);
  return parameter?.type === 'TSParameterProperty' ? nameOf(parameter.parameter) : '';
};

const IS_MESSAGE = /^(?:msg|message|text|str|string|line|template|title|event)$/i;
const IS_ERROR = /^(?:e|err|error|cause|exception|ex)$/i;
const IS_STACK = /^(?:stack|trace|stacktrace)$/i;

/** The single call that a method's body consists of, if it passes on to another logger. */
function passedOnTo(fn: LogMethod['fn']): t.CallExpression | undefined {
  const statement = fn.body.type === 'BlockStatement' ? fn.body.body[0] : undefined;
  const expression =
    fn.body.type !== 'BlockStatement'
      ? fn.body
      : statement?.type === 'ExpressionStatement'
        ? statement.expression
        : statement?.type === 'ReturnStatement'
          ? statement.argument
          : undefined;
  return expression?.type === 'CallExpression' ? expression : undefined;
}

/** Whether a call passes on exactly the parameters of the function around it, in their order. */
function passesAll(fn: LogMethod['fn'], call: t.CallExpression): boolean {
  const bare = (node: t.Node): t.Node =>
    node.type === 'TSAsExpression' || node.type === 'SpreadElement' || node.type === 'TSNonNullExpression'
      ? bare(node.type === 'SpreadElement' ? node.argument : node.expression)
      : node;
  return (
    fn.params.length === call.arguments.length &&
    call.arguments.every(
      (argument, index) =>
        nameOf(bare(argument)) === nameOf(fn.params[index]) && nameOf(fn.params[index]) !== '',
    )
  );
}

/**
 * How a logger of the project's own making wants to be called, read off the parameters of its methods.
 * @param methods its methods
 * @param text the source of all of it
 * @param loggerAt what logger an expression in it is, to which it may pass everything on
 * @returns undefined where it is no logger
 */
export function readOwnLogger(
  methods: readonly LogMethod[],
  text: string,
  loggerAt: (
    receiver: t.Node,
  ) => { readonly library: LoggerLibrary; readonly configured: LoggerConfiguration } | undefined,
): OwnLogger | undefined {
  const named = methodsAmong(new Set(methods.map(({ name }) => name)));
  const info = methods.find(({ name }) => name === named?.info);
  const error = methods.find(({ name }) => name === named?.error);
  if (named === undefined || info === undefined || error === undefined) return undefined;

  const call = passedOnTo(info.fn);
  const receiver = call?.callee.type === 'MemberExpression' ? call.callee.object : undefined;
  const behind = receiver === undefined ? undefined : loggerAt(receiver);
  if (call !== undefined && behind !== undefined && passesAll(info.fn, call)) {
    const only = info.fn.params.length === 1 && info.fn.params[0]?.type !== 'RestElement';
    const library = {
      ...behind.library,
      methods: named,
      ...(only ? ({ convention: 'message-only', error: 'in-message' } as const) : {}),
    };
    return { library, configured: behind.configured };
  }

  const first = info.fn.params[0];
  const second = info.fn.params[1];
  if (first === undefined) return undefined;
  const unclear = info.fn.params.map((one) => nameOf(one) || '…').join(', ');
  const own = {
    name: 'own',
    packages: [],
    methods: named,
    reserved: [],
    interpolates: /\bformat\(\s*(?:\.\.\.|\w+,\s*\.\.\.)|\bconsole(?:\.\w+|\[\w+\])\(\s*\.\.\./.test(text),
    keepsNonJson: /\bconsole(?:\.\w+|\[\w+\])\(|\binspect\(|\bformat(?:WithOptions)?\(/.test(text),
  };
  const takes = (convention: LoggerLibrary['convention'], kind: LoggerLibrary['error']) => ({
    library: { ...own, convention, error: kind },
    configured: {},
  });
  // A tag, a scope or a category that comes first is for the caller to know.
  if (
    /^(?:tag|scope|category|module|component|namespace|ns|prefix|source|service|label|area)$/i.test(
      nameOf(first),
    )
  ) {
    return { ...takes('message-only', 'in-message'), unclear };
  }
  if (first.type === 'RestElement' || second?.type === 'RestElement')
    return takes('like-console', 'after-message');
  const errorSecond = nameOf(error.fn.params[1]);
  const errorKind = IS_STACK.test(errorSecond)
    ? 'stack-after-message'
    : IS_ERROR.test(errorSecond)
      ? 'after-message'
      : errorSecond === ''
        ? 'in-message'
        : 'plain-err-field';
  const messageOnly = takes('message-only', errorKind === 'plain-err-field' ? 'in-message' : errorKind);
  if (second === undefined) return messageOnly;
  if (IS_MESSAGE.test(nameOf(second)) && !IS_MESSAGE.test(nameOf(first))) {
    return takes('fields-then-message', 'plain-err-field');
  }
  if (IS_MESSAGE.test(nameOf(first))) {
    // A second value that is a context, a scope or a stack is no place for fields.
    const isFields =
      /^(?:meta(?:data)?|fields|data|details|info|extra|payload|params|props|properties|obj|object|attributes|context|ctx|args)$/i;
    return isFields.test(nameOf(second)) && !isString(second)
      ? takes('message-then-fields', errorKind)
      : messageOnly;
  }
  return { ...messageOnly, unclear };
}

/** Whether a parameter says that it is a string. */
function isString(parameter: t.Node): boolean {
  const typed = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (typed.type !== 'Identifier' || typed.typeAnnotation?.type !== 'TSTypeAnnotation') return false;
  return typed.typeAnnotation.typeAnnotation.type === 'TSStringKeyword';
}
