/** The list, its elements, and what else a query is told must be in the turns what they are before the first. */

import { assumed, fails, type Evidence } from '../../evidence.ts';
import { conflictsOf, type Conflict } from '../../facts/effects/conflicts.ts';
import type { CodeFact } from '../../facts/effects/effect.ts';
import type { ValueKind } from '../../facts/types.ts';
import type { t } from '../../syntax/ast.ts';
import type { Batch } from '../batches.ts';
import { contains, namesIn, nodesIn, short } from '../keys.ts';
import type { RowLoop } from '../loops.ts';
import type { File } from '../query.ts';
import { doesSomething, isArray, isOneShot, isTyped } from '../values.ts';
import {
  argumentsOf,
  factWithGetters,
  isOf,
  isVariable,
  propertiesIn,
  readByGetters,
  setsOneOf,
  spineOf,
} from './reading.ts';
import { factOfTurns } from './turns.ts';

/** The list is walked once more, before its turns. */
export function* whyWalkedTwice(file: File, { path, after }: Batch): Generator<Evidence> {
  if (after !== undefined) return;
  for (const walk of path) {
    if (walk.kind === 'callback' || isArray(file, walk)) continue;
    const kinds = isTyped(file) ? file.facts.typeOf(file.path, walk.list).kinds : new Set<ValueKind>();
    if (kinds.size === 1 && (kinds.has('map-or-set') || kinds.has('string'))) continue;
    if (isOneShot(file, walk.list)) {
      // What is computed in the head of the loop is kept in an array first.
      if (walk.list.type === 'CallExpression') continue;
      yield fails(
        `\`${short(file.textOf(walk.list))}\` can be walked only once; by hand: make an array of it first`,
        file.siteOf(walk.list),
      );
      continue;
    }
    yield assumed(
      `\`${short(file.textOf(walk.list))}\` is an array, or can be walked twice as one can`,
      file.siteOf(walk.list),
    );
  }
}

/** The list, its elements, and what else the query is told must be in the turns what they are before the first. */
export function* whyListStays(file: File, batch: Batch): Generator<Evidence> {
  for (const walk of batch.path) {
    const change = changeOf(file, walk, batch);
    if (change !== undefined)
      yield fails(
        `The list \`${short(file.textOf(walk.list))}\` is changed while it is walked`,
        file.siteOf(change),
      );
    else yield* whyNobodyElseChanges(file, walk, batch);
  }
  const touched = readAndWritten(file, batch);
  if (touched !== undefined) {
    yield touched;
    return;
  }
  const grown = listGrown(file, batch);
  if (grown !== undefined) yield grown;
  if (grown?.verdict === 'fails') return;
  yield* whyPropertiesStay(file, batch);
}

/** The code that tells a query what it asks for: its arguments, and what the names in its keys were made of. */
const toldBy = ({ site, keys }: Batch): readonly t.Node[] => [
  ...argumentsOf(site.path.node),
  ...keys.flatMap(({ dependence }) => dependence.sources),
];

/** What the query is told and a turn writes. A getter, or a function that is called, may look at more than its name says. */
function readAndWritten(file: File, batch: Batch): Evidence | undefined {
  const turns = factOfTurns(file, batch);
  const conflictsWith = (parts: Iterable<t.Node>): readonly Conflict[] =>
    [...parts]
      .flatMap((part) => conflictsOf(factWithGetters(file, part), turns))
      .filter(({ later }) => later.access === 'write' && /^(field|variable)$/.test(later.resource.kind));
  const conflict =
    conflictsWith(toldBy(batch)).find(({ certainty }) => certainty === 'proved') ??
    conflictsWith(argumentsOf(batch.site.path.node))[0];
  if (conflict === undefined) return undefined;
  const { by, seenAt } = conflict.later;
  return conflict.certainty === 'proved'
    ? fails(`A turn changes what its query is told: \`${short(by)}\``, seenAt)
    : assumed(`\`${short(by)}\` changes nothing that the query of a turn is told`, seenAt);
}

/** A list that the query is handed, and that a turn may make longer or shorter. */
function listGrown(file: File, batch: Batch): Evidence | undefined {
  const turns = factOfTurns(file, batch);
  const names = [batch.site.path.node, ...toldBy(batch)].flatMap((one) => [...namesIn(file, one)]);
  const own = turns.effects.find(
    (effect) =>
      effect.access === 'write' &&
      effect.resource.kind === 'field' &&
      !/^[\w$#]+$/.test(effect.resource.name) &&
      names.some(({ binding }) => binding !== undefined && isOf(file, effect, binding)),
  );
  if (own !== undefined)
    return fails(`A turn changes a list that its query is told: \`${short(own.by)}\``, own.seenAt);
  const [conflict] = conflictsOf(listsAsked(file, batch), turns);
  if (conflict === undefined) return undefined;
  const { earlier, later, certainty } = conflict;
  return certainty === 'proved' || later.by.startsWith(`${earlier.by}.`)
    ? fails(`A turn changes a list that its query is told: \`${short(later.by)}\``, later.seenAt)
    : assumed(
        `\`${short(later.by)}\` does not change \`${short(earlier.by)}\`, which the query is told`,
        later.seenAt,
      );
}

/** A property, or a variable, that is called as one that the query is told may be the same. */
function* whyPropertiesStay(file: File, batch: Batch): Generator<Evidence> {
  const { site, keys, walk } = batch;
  const sources = keys.flatMap(({ dependence }) => dependence.sources);
  const told = [site.path.node, ...sources];
  const spine = spineOf(site.path.node);
  const used = new Set(told.flatMap((one) => propertiesIn(file, one, spine)));
  const gotten = new Set(toldBy(batch).flatMap((one) => readByGetters(file, one)));
  const names = new Set(
    told
      .flatMap((one) => [...nodesIn(file, one)])
      .flatMap(({ node, key }) =>
        node.type === 'Identifier' && key !== 'key' && key !== 'property' ? [node.name] : [],
      ),
  );
  const { effects } = factOfTurns(file, batch);
  const changed = effects.find(
    (effect) =>
      setsOneOf(used, effect) ||
      setsOneOf(gotten, effect) ||
      (effect.access === 'write' && effect.resource.kind === 'variable' && names.has(effect.resource.name)),
  );
  if (changed !== undefined && (changed.resource.kind === 'field' || changed.resource.kind === 'variable')) {
    yield fails(
      `A turn changes \`${changed.resource.name}\`, which the query is told: \`${short(changed.by)}\``,
      changed.seenAt,
    );
    return;
  }
  const assigned = assignedIn(
    file,
    walk.body,
    sources.flatMap((one) => propertiesIn(file, one)),
  );
  if (assigned !== undefined) {
    yield fails(
      `A turn changes what its query is told: \`${short(file.textOf(assigned))}\``,
      file.siteOf(assigned),
    );
    return;
  }
  const blurred = effects.find(
    ({ access, resource }) =>
      access === 'write' &&
      resource.kind === 'field' &&
      resource.name === '*' &&
      // What only one variable leads to is no element.
      !resource.owner.startsWith('only '),
  );
  if (blurred !== undefined && used.size > 0)
    yield assumed(
      `\`${short(blurred.by)}\` changes nothing that the query of its turn is told`,
      blurred.seenAt,
    );
}

/** What a query looks at of the elements of the lists that it is handed, its keys left out. */
function listsAsked(file: File, { site, keys }: Batch): CodeFact {
  const own = keys.map(({ condition }) => file.textOf(condition.value));
  const fact = file.facts.codeOf(file.path, site.path.node);
  return {
    ...fact,
    effects: fact.effects.filter(
      ({ access, resource, by }) =>
        access === 'read' && resource.kind === 'field' && resource.name === '[]' && !own.includes(by),
    ),
  };
}

/** The list of a walk may have another name, by which it is changed. */
function* whyNobodyElseChanges(file: File, { list }: RowLoop, batch: Batch): Generator<Evidence> {
  if (doesSomething(file, list) && batch.walk.kind === 'index')
    yield fails(
      `\`${short(file.textOf(list))}\` may be another list each time it is looked at`,
      file.siteOf(list),
    );
  if (list.type !== 'Identifier') return;
  const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
  for (const { access, resource, by, seenAt } of factOfTurns(file, batch).effects) {
    if (access !== 'write' || resource.kind !== 'field' || !/^(\[\]|length)$/.test(resource.name)) continue;
    if (binding !== undefined && isVariable(file, resource.owner, binding)) {
      yield fails(`The list \`${list.name}\` is changed while it is walked: \`${short(by)}\``, seenAt);
      return;
    }
  }
}

const GROWS = /^(push|unshift|splice|pop|shift|add|delete|set|clear|sort|reverse|fill|copyWithin)$/;

/** A change of the list of a walk, in its turns or in a function that may run in them. */
function changeOf(file: File, { list, body }: RowLoop, { anchor }: Batch): t.Node | undefined {
  const text = file.textOf(list);
  const home = file.scopes.functionAround(anchor);
  const binding =
    list.type === 'Identifier' ? file.scopes.lookup(file.pathOf<t.Node>(list), list.name) : undefined;
  const found = file.find('CallExpression').find((path) => {
    const { callee } = path.node;
    if (
      callee.type !== 'MemberExpression' ||
      callee.property.type !== 'Identifier' ||
      !GROWS.test(callee.property.name)
    )
      return false;
    if (contains(body, path.node)) return file.textOf(callee.object) === text;
    // A function beside the loop may be called in its turns.
    return (
      callee.object.type === 'Identifier' &&
      binding?.reads.some(({ node }) => node === callee.object) === true &&
      file.scopes.functionAround(path) !== home
    );
  });
  return found?.node ?? elementSet(file, text, body);
}

/** An assignment to an element of a list, or to its length, in the turns. */
const elementSet = (file: File, list: string, body: t.Node): t.Node | undefined =>
  [...nodesIn(file, body)].find(({ node }) => {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    if (target?.type !== 'MemberExpression' || file.textOf(target.object) !== list) return false;
    return target.computed || (target.property.type === 'Identifier' && target.property.name === 'length');
  })?.node;

/** An assignment to one of some properties in the turns. */
function assignedIn(file: File, body: t.Node, names: readonly string[]): t.Node | undefined {
  for (const { node } of nodesIn(file, body)) {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === 'delete')
          ? node.argument
          : undefined;
    if (
      target?.type === 'MemberExpression' &&
      target.property.type === 'Identifier' &&
      names.includes(target.property.name)
    )
      return node;
  }
  return undefined;
}
