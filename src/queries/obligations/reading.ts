/** What a piece of code reads and is told, and whose what it touches is. */

import { runWith } from '../../concurrency/index.ts';
import type { Site } from '../../evidence.ts';
import type { CodeFact, Effect } from '../../facts/effects/effect.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { Binding } from '../../syntax/scopes.ts';
import { nameOfKey } from '../objects.ts';
import type { File } from '../query.ts';

/** The statements between two of one list. */
export function statementsBetween({ node, parent, key }: Path, { node: last }: Path): readonly t.Node[] {
  const list =
    parent === null ? undefined : (parent.node as unknown as Readonly<Record<string, unknown>>)[key];
  return (Array.isArray(list) ? (list as t.Node[]) : []).filter(
    (one) => (one.start ?? 0) >= (node.end ?? 0) && (one.start ?? 0) < (last.start ?? 0),
  );
}

/** Tells whether a place is on the lines of some code. */
export function isWithin(file: File, node: t.Node): (site: Site) => boolean {
  const first = file.siteOf(node).line;
  const last = first + file.textOf(node).split('\n').length - 1;
  return ({ path, line }) => path === file.path && line >= first && line <= last;
}

/**
 * What running some code does, with the getters of the properties that it reads: where the type of their object is written out,
 * that only calls them properties.
 */
export function factWithGetters(file: File, code: t.Node): CodeFact {
  const names = new Set(propertiesIn(file, code));
  const fact = file.facts.codeOf(file.path, code);
  const more = [...file.find('ObjectMethod'), ...file.find('ClassMethod')].flatMap(({ node }) =>
    node.kind === 'get' && names.has(nameOfKey(node) ?? '')
      ? file.facts.codeOf(file.path, node.body).effects
      : [],
  );
  return { ...fact, effects: [...fact.effects, ...more] };
}

/** The properties that code reads elsewhere than in its own text, whoever's they are: `min` of `state.floor`, which is `this.min`. */
export function readByGetters(file: File, code: t.Node): readonly string[] {
  const isOwn = isWithin(file, code);
  return factWithGetters(file, code).effects.flatMap(({ access, resource, seenAt }) =>
    access === 'read' && resource.kind === 'field' && !/^(\[\]|\*)$/.test(resource.name) && !isOwn(seenAt)
      ? [resource.name]
      : [],
  );
}

/** The end of a property that is named by a text: `['KIND']`. */
export const NAMED_BY_TEXT = /\[(['"`]).*\1\]$/;

/** Whether an effect sets one of some properties, whoever's. What is named by a text may be any of those that are not told. */
export function setsOneOf(names: ReadonlySet<string>, { access, resource, by }: Effect): boolean {
  if (access !== 'write' || resource.kind !== 'field') return false;
  return names.has(resource.name) || (NAMED_BY_TEXT.test(by) && [...names].some((name) => /\W/.test(name)));
}

/** Whether the owner of a field is what a variable was declared with. It is told by where the name begins, with the space before it. */
export function isVariable(file: File, owner: string, { identifier }: Binding): boolean {
  const [, path, position] = /^(?:only )?variable (.*):(\d+)$/.exec(owner) ?? [];
  const start = identifier.node.start ?? 0;
  return (
    path === file.path && Number(position) <= start && file.text.slice(Number(position), start).trim() === ''
  );
}

/** Whether an effect is on what a variable was declared with. */
export const isOf = (file: File, { resource }: Effect, binding: Binding): boolean =>
  resource.kind === 'field' && isVariable(file, resource.owner, binding);

/** Whether the owner of a field is what only another variable leads to. */
export const isOfAnother = (file: File, owner: string, binding: Binding): boolean =>
  owner.startsWith('only ') && !isVariable(file, owner, binding);

/** What is handed to the calls of a chain. */
export function* argumentsOf(call: t.Node): Generator<t.Node> {
  for (let at = call; at.type === 'CallExpression' || at.type === 'MemberExpression';) {
    if (at.type === 'CallExpression') yield* at.arguments;
    at = at.type === 'CallExpression' ? at.callee : at.object;
  }
}

/** The calls and members that a chain of calls consists of, without what is handed to them. */
export function spineOf(call: t.Node): ReadonlySet<t.Node> {
  const spine = new Set<t.Node>();
  for (let at = call; at.type === 'CallExpression' || at.type === 'MemberExpression';) {
    spine.add(at);
    at = at.type === 'CallExpression' ? at.callee : at.object;
  }
  return spine;
}

/** The properties that code reads. */
export const propertiesIn = (
  file: File,
  node: t.Node,
  except: ReadonlySet<t.Node> = new Set(),
): readonly string[] =>
  [...runWith(file, node)].flatMap((one) => {
    if (isNode(one, 'ObjectProperty') && isNode(one.parent, 'ObjectPattern'))
      return [nameOfKey(one.node) ?? ''];
    if (!isNode(one, 'MemberExpression', 'OptionalMemberExpression')) return [];
    if (one.key === 'callee' || except.has(one.node)) return [];
    const { property, computed } = one.node;
    if (property.type === 'StringLiteral') return [property.value];
    return !computed && property.type === 'Identifier' ? [property.name] : [];
  });
