/** What is known of the values in a file before it runs. */
import { isArrayLike } from '../concurrency/index.ts';
import { isNode, type t } from '../syntax/ast.ts';
import type { RowLoop } from './loops.ts';
import type { File } from './query.ts';
import { rowsIn } from './sites.ts';

/** Whether the file has types. */
export const isTyped = (file: File): boolean => /\.[cm]?tsx?$/.test(file.path);

/** Whether a list is known to be an array. */
export function isArray(file: File, { kind, list }: RowLoop): boolean {
  if (kind === 'callback' || isArrayLike(file, list) || rowsIn(file, list) !== undefined) return true;
  if (!isTyped(file)) return false;
  const { kinds } = file.facts.typeOf(file.path, list);
  return kinds.size === 1 && kinds.has('array');
}

/** Whether evaluating an expression may do something, as a getter does that takes out of a queue. */
export function doesSomething(file: File, expression: t.Node): boolean {
  if (expression.type === 'Identifier') return false;
  const { effects, unknown } = file.facts.codeOf(file.path, expression);
  return effects.some(({ access }) => access === 'write') || unknown.length > 0;
}

/** Whether a list can be walked only once: an iterator or a generator. */
export function isOneShot(file: File, list: t.Expression): boolean {
  if (
    list.type === 'CallExpression' &&
    list.callee.type === 'MemberExpression' &&
    list.callee.property.type === 'Identifier'
  ) {
    const { object, property } = list.callee;
    const isOfObject = object.type === 'Identifier' && object.name === 'Object';
    if (!isOfObject && list.arguments.length === 0 && /^(keys|values|entries)$/.test(property.name))
      return true;
  }
  return (
    isTyped(file) &&
    /^(\w*Iterator|IterableIterator|AsyncIterable\w*|Generator|AsyncGenerator)\b/.test(
      file.facts.typeOf(file.path, list).text,
    )
  );
}

/** Whether a list is written to be `any`, so that a callback over it has to say the type of its parameter. */
export function isAny(file: File, list: t.Expression): boolean {
  if (!isTyped(file)) return false;
  if (list.type === 'TSAsExpression') return list.typeAnnotation.type === 'TSAnyKeyword';
  if (list.type !== 'Identifier') return false;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
  const annotation = binding?.identifier.node.typeAnnotation;
  if (annotation?.type === 'TSTypeAnnotation') return annotation.typeAnnotation.type === 'TSAnyKeyword';
  if (!isNode(binding?.declaration, 'VariableDeclarator')) return false;
  const { init } = binding.declaration.node;
  return init?.type === 'CallExpression' && file.textOf(init.callee) === 'JSON.parse';
}

/** Whether the type of a list is only what the code wishes for: it is cast, or taken out of what is. */
export function isCastList(file: File, list: t.Node): boolean {
  if (list.type === 'TSAsExpression') return !/^(const|readonly)\b/.test(file.textOf(list.typeAnnotation));
  if (list.type === 'MemberExpression') return isCastList(file, list.object);
  if (list.type !== 'Identifier') return false;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
  if (!isNode(binding?.declaration, 'VariableDeclarator')) return false;
  const { init } = binding.declaration.node;
  return init != null && isCastList(file, init);
}
