import type { t } from '../syntax/ast.ts';
import type { LoggerLibrary } from './libraries/loggers.ts';
import { bare, keyOf, type Environment, type Located, type LoggerReader } from './logger-modules.ts';
import type { LoggerConfiguration } from './loggers.ts';
import { methodsAmong } from './own-loggers.ts';

interface Configured {
  readonly library: LoggerLibrary;
  readonly configured: LoggerConfiguration;
}

type Reader = Pick<LoggerReader, 'locate'>;

/** The value of a property of an object that is written out, `missing` where it has none, `unknown` where a spread may give it. */
function propertyOf(
  object: Located | undefined,
  name: string,
  reader: Reader,
): Located | 'missing' | 'unknown' {
  if (object?.node.type !== 'ObjectExpression') return 'unknown';
  let hasSpread = false;
  for (const property of object.node.properties.toReversed()) {
    if (property.type === 'SpreadElement') hasSpread = true;
    else if (keyOf(property, property.key) === name) {
      if (property.type === 'ObjectMethod') return { node: property, environment: object.environment };
      return reader.locate(property.value, object.environment) ?? 'unknown';
    }
  }
  return hasSpread ? 'unknown' : 'missing';
}

const asLocated = (found: Located | 'missing' | 'unknown'): Located | undefined =>
  typeof found === 'string' ? undefined : found;

function stringOf(found: Located | 'missing' | 'unknown'): string | undefined {
  const node = asLocated(found)?.node;
  return node?.type === 'StringLiteral' ? node.value : undefined;
}

/** The strings of a list that is written out, as far as they are. */
function stringsOf(found: Located | undefined): readonly string[] | undefined {
  if (found?.node.type !== 'ArrayExpression') return undefined;
  return found.node.elements.flatMap((element) => (element?.type === 'StringLiteral' ? [element.value] : []));
}

/** pino's options: https://getpino.io/#/docs/api?id=options */
function configurePino(library: LoggerLibrary, options: Located | undefined, reader: Reader): Configured {
  const errorKey = stringOf(propertyOf(options, 'errorKey', reader));
  const messageKey = stringOf(propertyOf(options, 'messageKey', reader));
  const redact = asLocated(propertyOf(options, 'redact', reader));
  const redactPaths = stringsOf(redact) ?? stringsOf(asLocated(propertyOf(redact, 'paths', reader)));
  const reserved = [...new Set([...library.reserved, ...[errorKey ?? [], messageKey ?? []].flat()])];
  return {
    library: { ...library, reserved },
    configured: {
      ...(errorKey === undefined ? {} : { errorKey }),
      ...(messageKey === undefined ? {} : { messageKey }),
      ...(redactPaths === undefined ? {} : { redactPaths }),
    },
  };
}

/** bunyan's serializers: https://github.com/trentm/node-bunyan#serializers */
function configureBunyan(library: LoggerLibrary, options: Located | undefined, reader: Reader): Configured {
  const errSerializer = serializesErrors(options, reader);
  return {
    library: errSerializer === true ? { ...library, error: 'err-field' } : library,
    configured: errSerializer === undefined ? {} : { errSerializer },
  };
}

const isStandard = (node: t.Node): boolean =>
  node.type === 'MemberExpression' && keyOf(node, node.property) === 'stdSerializers';

function serializesErrors(options: Located | undefined, reader: Reader): boolean | undefined {
  if (options?.node.type !== 'ObjectExpression') return undefined;
  const property = valueAt(options.node, 'serializers');
  if (property === undefined)
    return options.node.properties.some((one) => one.type === 'SpreadElement') ? undefined : false;
  const value = bare(property);
  if (isStandard(value)) return true;
  const serializers = reader.locate(value, options.environment)?.node;
  if (serializers?.type !== 'ObjectExpression') return undefined;
  const spreads = serializers.properties.flatMap((one) =>
    one.type === 'SpreadElement' ? [one.argument] : [],
  );
  if (valueAt(serializers, 'err') !== undefined || spreads.some(isStandard)) return true;
  return spreads.length === 0 ? false : undefined;
}

/** The expression of a property that is written out. */
function valueAt(object: t.ObjectExpression, name: string): t.Node | undefined {
  const property = object.properties.findLast(
    (one) => one.type === 'ObjectProperty' && keyOf(one, one.key) === name,
  );
  return property?.type === 'ObjectProperty' ? property.value : undefined;
}

const locatedIn = (node: t.Node, around: Located, reader: Reader): Located | undefined =>
  reader.locate(node, around.environment);

/** What the formats of a winston logger or transport do, in their order. */
interface Formats {
  /** Names of the formats that were recognised: `json`, `splat`, `errors`, … */
  readonly names: Set<string>;
  keepsErrorStack: boolean;
  /** Whether the last format that writes the record shows all fields, and the stack; undefined before there is one. */
  written: { readonly fields: boolean; readonly stack: boolean } | undefined;
  /** Whether some format could not be read. */
  unread: boolean;
}

/** Formats that change a record without writing it or leaving anything out. */
const NEUTRAL = new Set([
  'timestamp',
  'label',
  'colorize',
  'uncolorize',
  'align',
  'ms',
  'padLevels',
  'metadata',
  'cli',
  'errors',
  'splat',
]);
/** Formats that write the record with all its fields. */
const WRITERS = new Set(['json', 'simple', 'prettyPrint', 'logstash']);

/** What a `printf` function shows of the record. */
function shownBy(fn: Located): { fields: boolean; stack: boolean } | undefined {
  const { node, environment } = fn;
  if (
    node.type !== 'ArrowFunctionExpression' &&
    node.type !== 'FunctionExpression' &&
    node.type !== 'FunctionDeclaration'
  )
    return undefined;
  const [parameter] = node.params;
  const body = environment.module.text.slice(node.body.start ?? 0, node.body.end ?? 0);
  if (parameter?.type === 'ObjectPattern') {
    const rest = parameter.properties.find((one) => one.type === 'RestElement');
    const keys = parameter.properties.flatMap((one) =>
      one.type === 'ObjectProperty' ? [keyOf(one, one.key)] : [],
    );
    const named = rest?.argument.type === 'Identifier' ? rest.argument.name : undefined;
    const usesRest = named !== undefined && new RegExp(`\\b${named.replaceAll('$', '\\$')}\\b`).test(body);
    return { fields: usesRest, stack: usesRest || keys.includes('stack') };
  }
  if (parameter?.type !== 'Identifier') return undefined;
  const name = parameter.name.replaceAll('$', '\\$');
  // Where the record is used other than by a member, it may be written whole.
  const whole = new RegExp(`(?<![\\w$.])${name}(?![\\w$]|\\s*[.?\\[])`).test(body);
  return { fields: whole, stack: whole || /\.stack\b/.test(body) };
}

function readFormat(found: Located | undefined, into: Formats, reader: Reader, depth = 0): void {
  if (found === undefined || depth > 10) {
    into.unread = true;
    return;
  }
  const { node, environment } = found;
  if (node.type === 'ConditionalExpression') {
    // Which branch runs cannot be told: what one of them alone does is not known.
    const branches = [node.consequent, node.alternate].map((branch) => {
      const one: Formats = { names: new Set(), keepsErrorStack: false, written: undefined, unread: false };
      readFormat(reader.locate(branch, environment), one, reader, depth + 1);
      return one;
    });
    const [left, right] = branches;
    if (left === undefined || right === undefined) return;
    if (left.unread || right.unread) into.unread = true;
    for (const name of left.names) if (right.names.has(name)) into.names.add(name);
    into.keepsErrorStack ||= left.keepsErrorStack && right.keepsErrorStack;
    const written = [left.written, right.written].filter((one) => one !== undefined);
    if (written.length > 0) {
      into.written = { fields: written.every((one) => one.fields), stack: written.every((one) => one.stack) };
    }
    return;
  }
  if (node.type !== 'CallExpression') {
    into.unread = true;
    return;
  }
  const callee = bare(node.callee);
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression'
        ? keyOf(callee, callee.property)
        : undefined;
  if (name === 'combine') {
    for (const argument of node.arguments)
      readFormat(reader.locate(argument, environment), into, reader, depth + 1);
  } else if (name === 'printf') {
    const [argument] = node.arguments;
    const shown = argument === undefined ? undefined : reader.locate(argument, environment);
    const by = shown === undefined ? undefined : shownBy(shown);
    into.names.delete('json');
    if (by === undefined) into.unread = true;
    else into.written = by;
  } else if (name !== undefined && WRITERS.has(name)) {
    into.names.add(name);
    into.written = { fields: true, stack: true };
  } else if (name !== undefined && NEUTRAL.has(name)) {
    into.names.add(name);
    const stack =
      name === 'errors'
        ? propertyOf(locatedIn(node.arguments[0] ?? node, found, reader), 'stack', reader)
        : 'missing';
    const value = asLocated(stack)?.node;
    if (value?.type === 'BooleanLiteral' && value.value) into.keepsErrorStack = true;
  } else if (!isCustomFormat(callee, found, reader)) into.unread = true;
}

/** Whether a callee is `winston.format((info) => …)`: a format of the project's own, which changes records but writes none. */
function isCustomFormat(callee: t.Node, found: Located, reader: Reader): boolean {
  const made = reader.locate(callee, found.environment)?.node;
  if (made?.type !== 'CallExpression') return false;
  const by = bare(made.callee);
  return (
    (by.type === 'Identifier' ? by.name : by.type === 'MemberExpression' ? keyOf(by, by.property) : '') ===
    'format'
  );
}

const formatsAt = (found: Located | undefined, reader: Reader): Formats => {
  const formats: Formats = { names: new Set(), keepsErrorStack: false, written: undefined, unread: false };
  readFormat(found, formats, reader);
  return formats;
};

/** The formats that transports have of their own; `unread` transports are left out. */
function transportFormats(options: Located | undefined, reader: Reader): Formats[] {
  const transports = asLocated(propertyOf(options, 'transports', reader));
  if (transports === undefined) return [];
  const list = transports.node.type === 'ArrayExpression' ? transports.node.elements : [transports.node];
  return list.flatMap((element) => {
    if (element == null || element.type === 'SpreadElement') return [];
    const transport = reader.locate(element, transports.environment);
    if (transport?.node.type !== 'NewExpression' || transport.node.arguments[0] === undefined) return [];
    const format = asLocated(
      propertyOf(locatedIn(transport.node.arguments[0], transport, reader), 'format', reader),
    );
    return format === undefined ? [] : [formatsAt(format, reader)];
  });
}

/** A property with that value, if it is certain. */
const known = <T>(name: string, value: T, isCertain: boolean): Record<string, T> =>
  isCertain ? { [name]: value } : {};

/** winston's formats and levels: https://github.com/winstonjs/logform#readme, https://github.com/winstonjs/winston#logging-levels */
function configureWinston(library: LoggerLibrary, options: Located | undefined, reader: Reader): Configured {
  const format = propertyOf(options, 'format', reader);
  const isDefault = format === 'missing' || options === undefined;
  const base = isDefault ? undefined : formatsAt(asLocated(format), reader);
  const all = [...(base === undefined ? [] : [base]), ...transportFormats(options, reader)];
  const writers = all.flatMap((one) => (one.written === undefined ? [] : [one.written]));
  // Without any format winston writes JSON.
  if (isDefault && writers.length === 0) writers.push({ fields: true, stack: true });
  const unread = all.some((one) => one.unread);
  const has = (name: string): boolean => all.some((one) => one.names.has(name));
  const showsFields = writers.every((one) => one.fields);
  const showsStack = writers.every((one) => one.stack);
  const json = isDefault ? all.length === 0 : has('json') && showsFields;
  const keepsErrorStack = all.some((one) => one.keepsErrorStack);
  const configured: LoggerConfiguration = {
    ...known('keepsErrorStack', keepsErrorStack, keepsErrorStack || !unread),
    ...known('splat', has('splat'), has('splat') || !unread),
    ...known('json', json, !unread || (writers.length > 0 && !showsFields)),
    ...known('showsFields', showsFields, writers.length > 0 && (!unread || !showsFields)),
    ...known('showsStack', showsStack, writers.length > 0 && (!unread || !showsStack)),
  };
  const methods = winstonMethods(options, reader) ?? library.methods;
  const adapted: LoggerLibrary = {
    ...library,
    methods,
    interpolates: configured.splat === true,
    // Fields that no format writes are lost: all there is to say has to stand in the message.
    ...(configured.showsFields === false
      ? ({
          convention: 'message-only',
          error: configured.showsStack === true ? 'after-message' : 'in-message',
        } as const)
      : {}),
  };
  return { library: adapted, configured };
}

/** The methods that custom levels give; undefined where there are none or they cannot be read. */
function winstonMethods(options: Located | undefined, reader: Reader): LoggerLibrary['methods'] | undefined {
  if (options?.node.type !== 'ObjectExpression') return undefined;
  const value = valueAt(options.node, 'levels');
  if (value === undefined) return undefined;
  const text = options.environment.module.text.slice(value.start ?? 0, value.end ?? 0);
  if (/\bsyslog\.levels$/.test(text)) {
    return { trace: 'debug', debug: 'debug', info: 'info', warn: 'warning', error: 'error', fatal: 'crit' };
  }
  const levels = reader.locate(value, options.environment)?.node;
  if (levels?.type !== 'ObjectExpression') return undefined;
  const names = levels.properties.flatMap((one) =>
    one.type === 'SpreadElement' ? [] : (keyOf(one, one.key) ?? []),
  );
  return methodsAmong(new Set(names));
}

/**
 * The library as a logger made with these arguments has to be called, and what can be read of its configuration.
 * @param options the arguments of the call that makes it
 */
export function configureLogger(
  library: LoggerLibrary,
  options: readonly t.Node[],
  environment: Environment,
  reader: Reader,
): Configured {
  const [first] = options;
  const located = first === undefined ? undefined : reader.locate(first, environment);
  if (library.name === 'pino') return configurePino(library, located, reader);
  if (library.name === 'bunyan') return configureBunyan(library, located, reader);
  if (library.name === 'winston') {
    // Options that are there but cannot be read say nothing; no options at all are the defaults.
    return first !== undefined && located?.node.type !== 'ObjectExpression'
      ? { library, configured: {} }
      : configureWinston(library, located, reader);
  }
  return { library, configured: {} };
}
