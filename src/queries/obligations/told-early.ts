/** What a query is told in its turn must be there, and be the same, before the first turn. */

import { mentions, runWith } from '../../concurrency/index.ts';
import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import { isNode, type t } from '../../syntax/ast.ts';
import type { Batch } from '../batches.ts';
import { asksOnlyForPresence, guardsOf, statementsBefore } from '../guards.ts';
import { contains, nodesIn, short } from '../keys.ts';
import { walksAround, type RowLoop } from '../loops.ts';
import type { File } from '../query.ts';
import { isTyped } from '../values.ts';
import { columnRead } from './key-columns.ts';
import { argumentsOf, spineOf } from './reading.ts';

/** The turns may differ in nothing but the values of the keys. */
export function* whySameKey(file: File, { site, keys, walk }: Batch): Generator<Evidence> {
  const [key] = keys;
  const list = short(file.textOf(walk.list));
  const names = keys.map(({ condition }) => `\`${condition.column}\``).join(' and ');
  yield holds(
    `The turns over \`${list}\` differ only in the value that ${names} must have`,
    file.siteOf(key.condition.value),
  );
  for (const call of callsIn(file, site.path.node, keys)) {
    const { effects, unknown, thrown } = file.facts.codeOf(file.path, call);
    // What the program itself keeps is looked at elsewhere: whether a turn changes it.
    const outer = effects.filter(
      ({ access, resource }) => access === 'write' || !/^(variable|field)$/.test(resource.kind),
    );
    if (outer.length + unknown.length + thrown.length > 0)
      yield assumed(
        `\`${short(file.textOf(call))}\` gives the same in every turn, and before the first one`,
        file.siteOf(call),
      );
  }
}

/** What is taken out of a list need not be there where there are no turns. */
export function* whyThereForNone(file: File, { site, keys, walk }: Batch): Generator<Evidence> {
  for (const part of argumentsOf(site.path.node)) {
    for (const path of nodesIn(file, part)) {
      if (
        !isNode(path, 'MemberExpression') ||
        keys.some(({ condition }) => contains(condition.value, path.node))
      )
        continue;
      const { object } = path.node;
      const binding =
        object.type === 'Identifier'
          ? file.scopes.lookup(file.pathOf<t.Node>(object), object.name)
          : undefined;
      const isTaken =
        isNode(binding?.declaration, 'VariableDeclarator') &&
        binding.declaration.node.id.type === 'ArrayPattern';
      if (!isTaken && !(object.type === 'MemberExpression' && object.computed)) continue;
      yield assumed(
        `\`${short(file.textOf(object))}\` is there also where \`${short(file.textOf(walk.list))}\` is empty: it is looked at before the loop now`,
        file.siteOf(path.node),
      );
      return;
    }
  }
}

/** What the query is told is told before all turns, also where a turn would not come to it. */
export function* whyTellableBefore(file: File, batch: Batch): Generator<Evidence> {
  const { site, keys, walk } = batch;
  const guards = [...guardsOf(file, site.path, walk.path)];
  const values = keys.map(({ condition }) => condition.value);
  const asked = guards.map((one) => file.textOf(one)).join('\n');
  for (const path of runWith(file, site.path.node)) {
    if (!isNode(path, 'MemberExpression') || values.some((one) => contains(one, path.node))) continue;
    const object = file.textOf(path.node.object);
    if (
      path.node.object.type === 'ThisExpression' ||
      path.node.object.type === 'CallExpression' ||
      !mentions(asked, [object])
    )
      continue;
    yield fails(
      `\`${short(object)}\`, which the query is told of, is looked at first in the turn: whether it is there is not known before the loop`,
      file.siteOf(path.node),
    );
    return;
  }
  const valueGuard = guardBesidePresence(file, batch);
  if (valueGuard === undefined) return;
  for (const key of keys) {
    const { column } = key.condition;
    const declared = site.query.model?.columns.find((one) => one.name === column);
    const value = short(file.textOf(key.condition.value));
    const test = short(file.textOf(valueGuard));
    const { dependence } = key;
    if (dependence.on === 'element' && isOfSeveralTypes(file, dependence.walk))
      yield fails(
        `The elements are of several types, and \`${test}\` tells which one has \`${value}\`; by hand: filter the list first`,
        file.siteOf(valueGuard),
      );
    else if (declared?.type === 'string' || columnRead(file, key, batch) !== undefined)
      yield holds(
        `Any \`${value}\` may be asked for, also where \`${test}\` keeps a turn from it`,
        file.siteOf(valueGuard),
      );
    else
      yield assumed(
        `The database takes any \`${value}\` without an error, also where \`${test}\` keeps a turn from asking for it`,
        file.siteOf(valueGuard),
      );
  }
}

/** What may keep a turn from its query although its key is there: a test, or a statement that may refuse. */
function guardBesidePresence(file: File, { site, keys, walk }: Batch): t.Node | undefined {
  const partsOfKeys = new Set(
    keys.flatMap(({ condition, dependence }) =>
      [
        dependence.text,
        file.textOf(condition.value),
        ...dependence.sources.map((one) => file.textOf(one)),
      ].flatMap(prefixesOf),
    ),
  );
  return (
    [...guardsOf(file, site.path, walk.path)].find((one) => !asksOnlyForPresence(file, one, partsOfKeys)) ??
    [...statementsBefore(site.path, walk.path)].find(
      (one) => file.facts.codeOf(file.path, one).thrown.length > 0,
    )
  );
}

/** A walk that is itself a turn of another loop may have no turn that comes to its query, which is sent all the same now. */
export function* whyAskedAtAll(file: File, batch: Batch): Generator<Evidence> {
  const isInLoop = walksAround(file, batch.anchor).length > 0;
  const guard = isInLoop ? guardBesidePresence(file, batch) : undefined;
  if (guard === undefined) return;
  yield assumed(
    `\`${short(file.textOf(guard))}\` lets some turn ask each time that the loop over \`${short(file.textOf(batch.walk.list))}\` runs: where it lets none, a query is sent that was not`,
    file.siteOf(guard),
  );
}

/** A chain of properties, and all that it goes through: `post`, `post.author` and `post.author.id`. */
function prefixesOf(text: string): readonly string[] {
  const parts = text.replaceAll('?.', '.').replaceAll('!', '').split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Whether the elements of a list are of a union of types, as far as types tell. */
function isOfSeveralTypes(file: File, { element }: RowLoop): boolean {
  if (element?.type !== 'Identifier' || !isTyped(file)) return false;
  const { text, kinds } = file.facts.typeOf(file.path, element);
  return (
    kinds.has('object') &&
    / \| (?!null\b|undefined\b)/.test(text.replace(/\{[^{}]*\}|<[^<>]*>|\([^()]*\)/g, '_'))
  );
}

/** The calls in the arguments of a query that are evaluated for it, those of its own chain left out. */
function* callsIn(file: File, query: t.CallExpression, keys: Batch['keys']): Generator<t.Node> {
  const chain = spineOf(query);
  for (const { node } of runWith(file, query)) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
    if (chain.has(node) || keys.some(({ condition }) => contains(condition.value, node))) continue;
    // The operators of libraries only describe.
    const callee = node.callee.type === 'Identifier' ? node.callee.name : '';
    if (
      /^(In|Not|Equal|IsNull|Like|ILike|LessThan\w*|MoreThan\w*|Between|Any|Raw|eq|ne|gt|gte|lt|lte|and|or|not|isNull|isNotNull|inArray|like|ilike|between|asc|desc|exists)$/.test(
        callee,
      )
    )
      continue;
    yield node;
  }
}
