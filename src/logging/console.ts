import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { ParsedFile } from '../syntax/file.ts';
import type { Scopes } from '../syntax/scopes.ts';
import type { LogLevel } from '../facts/libraries/loggers.ts';

/** Where a file uses the global `console`. */
export type ConsoleUse =
  /** `console.log(…)`; `method` is absent where it is computed: `console[level](…)`. */
  | {
      readonly kind: 'call';
      readonly call: Path<t.CallExpression | t.OptionalCallExpression>;
      readonly callee: t.Expression;
      readonly method: string | undefined;
    }
  /** `.catch(console.error)`: the method itself is passed on, read or written. */
  | {
      readonly kind: 'method';
      readonly member: Path<t.MemberExpression | t.OptionalMemberExpression>;
      readonly method: string | undefined;
    }
  /** `const { log } = console`, `new Console()`, `f(console)`. */
  | { readonly kind: 'object'; readonly at: Path<t.Identifier> };

const isConsole = (node: t.Node): boolean => node.type === 'Identifier' && node.name === 'console';
const isGlobalObject = (node: t.Node): boolean =>
  node.type === 'Identifier' && /^(global|globalThis)$/.test(node.name);

const nameOf = (node: t.MemberExpression | t.OptionalMemberExpression): string | undefined => {
  if (!node.computed && node.property.type === 'Identifier') return node.property.name;
  return node.property.type === 'StringLiteral' ? node.property.value : undefined;
};

/** Whether an identifier stands for the value of a variable, and not for a property, a key, or a type. */
function isValue(path: Path<t.Identifier>): boolean {
  const { parent, key } = path;
  if (isNode(parent, 'MemberExpression', 'OptionalMemberExpression'))
    return key === 'object' || parent.node.computed;
  if (isNode(parent, 'ObjectProperty'))
    return key === 'value' || parent.node.computed || parent.node.shorthand;
  if (
    isNode(
      parent,
      'ObjectMethod',
      'ClassMethod',
      'ClassProperty',
      'TSPropertySignature',
      'TSMethodSignature',
      'LabeledStatement',
      'TSTypeQuery',
      'TSQualifiedName',
      'JSXAttribute',
    )
  ) {
    return key === 'value';
  }
  return true;
}

/** The uses of the global `console` in the order of the text: those whose name the file does not declare itself. */
export function* consoleUses(file: ParsedFile, scopes: Scopes): Iterable<ConsoleUse> {
  for (const at of file.find('Identifier', { name: 'console' })) {
    const throughGlobal =
      isNode(at.parent, 'MemberExpression') && at.key === 'property' && isGlobalObject(at.parent.node.object);
    if (!throughGlobal && (!isValue(at) || scopes.lookup(at, 'console') !== undefined)) continue;
    const console: Path = throughGlobal && at.parent !== null ? at.parent : at;
    const member = console.parent;
    if (!isNode(member, 'MemberExpression', 'OptionalMemberExpression') || console.key !== 'object') {
      yield { kind: 'object', at };
      continue;
    }
    const call = member.parent;
    const method = nameOf(member.node);
    if (isNode(call, 'CallExpression', 'OptionalCallExpression') && member.key === 'callee') {
      yield { kind: 'call', call, callee: member.node, method };
    } else yield { kind: 'method', member, method };
  }
}

/**
 * How the file replaces `console` or a method of it, or watches it as a test does: one clause; undefined where it does not.
 */
export function whyNotTheRealConsole(file: ParsedFile): string | undefined {
  for (const { node } of file.find('AssignmentExpression')) {
    const { left } = node;
    if (isConsole(left)) return 'the file assigns to `console`';
    if (left.type !== 'MemberExpression') continue;
    if (isConsole(left.object)) return `the file replaces \`console.${nameOf(left) ?? '[…]'}\``;
    if (isGlobalObject(left.object) && nameOf(left) === 'console')
      return 'the file replaces the global `console`';
  }
  for (const { node } of file.find('CallExpression')) {
    const [target] = node.arguments;
    if (target === undefined || !isConsole(target) || node.callee.type !== 'MemberExpression') continue;
    const method = nameOf(node.callee);
    if (method !== undefined && /^(spyOn|stub|mock|method|replace|assign|defineProperty)$/.test(method))
      return `the file watches or replaces \`console\` with \`${method}\``;
  }
  return undefined;
}

/** The level of a record that a method of `console` writes; undefined for methods that write no record, or more than one. */
export function levelOfMethod(method: string): LogLevel | undefined {
  return LEVELS.get(method);
}

const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ['log', 'info'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
  ['debug', 'debug'],
  ['trace', 'trace'],
]);
