/** Object literals as libraries take them: conditions and options. */
import type { t } from '../syntax/ast.ts';
import { spanOf, type Spanned } from '../edits/edit.ts';
import type { Condition, File, Replacement } from './query.ts';

const isNamed = (node: t.Node): node is t.ObjectProperty | t.ObjectMethod | t.ClassMethod =>
  /^(ObjectProperty|ObjectMethod|ClassMethod)$/.test(node.type);

/** The name of a property or method that is written as a name or a text. */
export function nameOfKey(property: t.Node): string | undefined {
  if (!isNamed(property)) return undefined;
  if (property.key.type === 'StringLiteral') return property.key.value;
  return property.computed || property.key.type !== 'Identifier' ? undefined : property.key.name;
}

/** The property of that name of an object literal. */
export function propertyOf(node: t.Node | undefined | null, name: string): t.ObjectProperty | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  return node.properties.find(
    (one): one is t.ObjectProperty => one.type === 'ObjectProperty' && nameOfKey(one) === name,
  );
}

/** The value of a property of an object literal. */
export const valueOf = (node: t.Node | undefined | null, name: string): t.Node | undefined =>
  propertyOf(node, name)?.value;

/** The names of the properties of an object literal; undefined where one is spread, computed or a method. */
export function keysOf(node: t.Node): readonly string[] | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const names = node.properties.map((one) => (one.type === 'ObjectProperty' ? nameOfKey(one) : undefined));
  return names.every((one) => one !== undefined) ? names : undefined;
}

/** What a value in an object of conditions compares with. */
type Compared = Pick<Condition, 'operator' | 'value'>;

/** Conditions as they stand in an object literal, or why they cannot be told. */
export function conditionsIn(
  node: t.Node,
  compare: (value: t.Node, column: string) => Compared,
): { readonly conditions: readonly Condition[]; readonly unread: string | undefined } {
  if (node.type !== 'ObjectExpression')
    return { conditions: [], unread: 'its conditions are not written where it is called' };
  const conditions: Condition[] = [];
  for (const property of node.properties) {
    const column = nameOfKey(property);
    if (property.type !== 'ObjectProperty' || column === undefined)
      return { conditions, unread: 'one of its conditions is spread, computed or a method' };
    conditions.push({ column, ...compare(property.value, column) });
  }
  return { conditions, unread: undefined };
}

/** The text of `node` with some stretches of it replaced, without the indentation of the line it begins on. */
export function rewritten(file: File, node: Spanned, replacements: readonly Replacement[]): string {
  const [start, end] = spanOf(node);
  let text = '';
  let at = start;
  for (const { at: place, by } of replacements.toSorted((a, b) => spanOf(a.at)[0] - spanOf(b.at)[0])) {
    const [from, to] = spanOf(place);
    if (from < at) continue;
    text += file.text.slice(at, from) + by;
    at = to;
  }
  return text + file.text.slice(at, end);
}

/** A replacement of the value of a condition: `{ id }` becomes `{ id: … }`. */
export function valueReplaced(file: File, value: t.Node, by: string): Replacement {
  const { parent, key } = file.pathOf(value);
  const isShorthand = parent?.node.type === 'ObjectProperty' && parent.node.shorthand && key === 'value';
  return isShorthand ? { at: parent.node, by: `${file.textOf(value)}: ${by}` } : { at: value, by };
}

/** A replacement that adds a property to an object literal, at its front. */
export function propertyAdded(file: File, object: t.ObjectExpression, property: string): Replacement {
  const [start, end] = spanOf(object);
  const [first] = object.properties;
  if (first === undefined) return { at: { start, end }, by: `{ ${property} }` };
  const [from] = spanOf(first);
  const between = file.text.slice(start + 1, from);
  return {
    at: { start: from, end: from },
    by: between.includes('\n') ? `${property},${between}` : `${property}, `,
  };
}

/** A replacement that adds a property to an object literal, at its end. */
export function propertyAppended(file: File, object: t.ObjectExpression, property: string): Replacement {
  const last = object.properties.at(-1);
  if (last === undefined) return propertyAdded(file, object, property);
  const [from] = spanOf(last);
  const [, end] = spanOf(last);
  const before = object.properties.at(-2);
  const lead =
    before === undefined
      ? file.text.slice(spanOf(object)[0] + 1, from)
      : file.text.slice(spanOf(before)[1] + 1, from);
  return {
    at: { start: end, end },
    by: lead.includes('\n') ? `,${/\r?\n[^\n]*$/.exec(lead)?.[0] ?? ''}${property}` : `, ${property}`,
  };
}

/** A replacement that takes a property out of an object literal, with the comma that goes with it. */
export function propertyRemoved(object: t.ObjectExpression, property: t.ObjectProperty): Replacement {
  const index = object.properties.indexOf(property);
  const [start, end] = spanOf(property);
  const next = object.properties[index + 1];
  if (next !== undefined) return { at: { start, end: spanOf(next)[0] }, by: '' };
  const before = object.properties[index - 1];
  if (before !== undefined) return { at: { start: spanOf(before)[1], end }, by: '' };
  const [from, to] = spanOf(object);
  return { at: { start: from, end: to }, by: '{}' };
}

/** The call that a member call stands on: `repo.find` of `repo.find().then`. */
export const methodOf = (call: t.CallExpression): string | undefined =>
  call.callee.type === 'MemberExpression' &&
  !call.callee.computed &&
  call.callee.property.type === 'Identifier'
    ? call.callee.property.name
    : undefined;

/** The name of the method of a member call, to be replaced. */
export const methodNode = (call: t.CallExpression): t.Node =>
  call.callee.type === 'MemberExpression' ? call.callee.property : call.callee;
