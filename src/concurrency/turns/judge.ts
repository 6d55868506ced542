import { assumed, fails, holds, type Evidence } from '../../evidence.ts';
import { conflictsOf, nameOf } from '../../facts/effects/conflicts.ts';
import type { CodeFact, Effect } from '../../facts/effects/effect.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { FileContext } from '../../transform.ts';
import { exitIn, runWith } from '../awaits.ts';
import { externalWrites, isExternal, memoryWrites, whyOnlyReads } from '../judgement.ts';
import { calleeTextOf, mentions } from '../names.ts';
import { awaitsInTurn, type ListLoop } from './shape.ts';
import { changingRead, seenWrite } from '../visibility.ts';
import { whyShapeAllows } from './obligations.ts';
import { outerWrites, rootOf, type SplitTurn } from './split.ts';

type File = FileContext<unknown>;

const CODE_FACT_LISTS = ['effects', 'unknown', 'thrown', 'clients', 'pacing'] as const;

/** What several pieces of code do together. */
function joined(facts: readonly CodeFact[]): CodeFact {
  const io = facts.some((one) => one.io === 'yes')
    ? 'yes'
    : facts.some((one) => one.io === 'unknown')
      ? 'unknown'
      : 'no';
  const [effects, unknown, thrown, clients, pacing] = CODE_FACT_LISTS.map((key) =>
    facts.flatMap((one) => one[key] as readonly unknown[]),
  );
  return { effects, unknown, thrown, clients, pacing, io } as CodeFact;
}

/** What the parts of a turn do. */
export interface TurnFacts {
  readonly beside: CodeFact;
  readonly after: CodeFact;
}

export function turnFactsOf(file: File, { skips, beside, after, lifted }: SplitTurn): TurnFacts {
  const ask = (node: t.Node): CodeFact => file.facts.codeOf(file.path, node);
  return {
    beside: joined([...skips, ...beside, ...lifted.map(({ path }) => path.node)].map(ask)),
    after: joined(after.map(ask)),
  };
}

/** Whether an effect is on what every turn has for itself. */
function isOfTurn(file: File, loop: t.Node, { resource }: Effect): boolean {
  const id =
    resource.kind === 'variable'
      ? resource.id
      : resource.kind === 'field'
        ? /variable (.*)$/.exec(resource.owner)?.[1]
        : undefined;
  if (id === undefined) return false;
  const at = id.lastIndexOf(':');
  const position = Number(id.slice(at + 1));
  return id.slice(0, at) === file.path && position >= (loop.start ?? 0) && position < (loop.end ?? 0);
}

/** The names that the head of the loop gives to an element. */
export function namesOf(file: File, node: t.Node | undefined): readonly string[] {
  if (node === undefined) return [];
  const found: string[] = [];
  for (const path of runWith(file, node)) {
    if (!isNode(path, 'Identifier')) continue;
    const binding = file.scopes.lookup(path, path.node.name);
    if (binding?.identifier === path) found.push(path.node.name);
  }
  return found;
}

/** What must hold so that the turns of a loop may run beside each other. */
export function* whyTurnsAreFree(
  file: File,
  loop: ListLoop,
  turn: SplitTurn,
  facts: TurnFacts,
): Generator<Evidence> {
  const { path, list } = loop;
  yield* whyNoExit(file, loop);
  yield* whyListStays(file, loop);
  const beside: CodeFact = {
    ...facts.beside,
    effects: facts.beside.effects.filter((one) => !isOfTurn(file, path.node, one)),
  };
  const after: CodeFact = {
    ...facts.after,
    effects: facts.after.effects.filter((one) => !isOfTurn(file, path.node, one)),
  };
  yield* whyTestsHold(file, loop, turn);
  yield* whyNothingIsCarried(beside, after);
  yield* whyLaterIsFine(file, loop, beside, after);
  yield* whyShapeAllows(file, loop, turn, beside, after);
  const log = [...beside.effects, ...after.effects].find(({ resource }) => resource.kind === 'log');
  if (log !== undefined)
    yield holds(`What the turns log may come in another order: \`${log.by}\``, log.seenAt);
  const [client] = beside.clients;
  if (client !== undefined) {
    const on = client.kind === 'transaction' ? 'in one transaction' : 'on one connection';
    yield fails(`All turns run ${on}: \`${client.name}\``, client.seenAt);
  }
  const names = [...namesOf(file, loop.element), ...(loop.index === undefined ? [] : [loop.index])];
  yield* whyOnlyReads({ name: turnName(file, loop), fact: beside });
  yield* whyWritesAreApart(file, beside, loop, names);
  const [refusal] = [...beside.thrown, ...after.thrown];
  if (refusal !== undefined)
    yield assumed(
      `Nobody minds which turn's error is thrown, if several throw \`${refusal.text}\`, and that later turns have begun by then`,
      refusal.seenAt,
    );
  const stranger = beside.effects.find(
    ({ access, resource }) => access === 'read' && resource.kind === 'host' && resource.name === '*',
  );
  if (stranger !== undefined) {
    const isCrawl =
      loop.element?.type === 'Identifier' &&
      awaitsInTurn(file, path.node).some(
        (one) =>
          isCalledWith(one.node.argument, names) &&
          /url|link|page|href|site|crawl/i.test(file.textOf(one.node.argument) + file.textOf(list)),
      );
    if (isCrawl) yield fails('The hosts that the elements name are not ours to hurry', stranger.seenAt);
    else
      yield assumed(
        `What \`${stranger.by}\` asks can answer several calls at once, and sets no rate`,
        stranger.seenAt,
      );
  }
  const query = beside.effects.find(({ access, resource }) => access === 'read' && resource.kind === 'table');
  if (query !== undefined)
    yield assumed(
      `Many queries at once are wanted where \`query-in-loop-to-include\` does not make one of them: \`${query.by}\` asks for ${nameOf(query.resource)} in every turn`,
      query.seenAt,
    );
}

const isCalledWith = (call: t.Node, names: readonly string[]): boolean =>
  call.type === 'CallExpression'
    ? call.arguments.some(
        (one) => (one.type === 'Identifier' || one.type === 'MemberExpression') && isRootedIn(one, names),
      )
    : call.type === 'MemberExpression' && isCalledWith(call.object, names);

const isRootedIn = (node: t.Node, names: readonly string[]): boolean => {
  const root = rootOf(node);
  return root.type === 'Identifier' && names.includes(root.name);
};

const turnName = (file: File, { path }: ListLoop): string => {
  const [first] = awaitsInTurn(file, path.node);
  return first === undefined ? 'a turn' : calleeTextOf(first.node.argument, (node) => file.textOf(node));
};

function* whyNoExit(file: File, { body, path }: ListLoop): Generator<Evidence> {
  for (const statement of body) {
    for (const { node } of runWith(file, statement)) {
      if (node.type === 'YieldExpression')
        return yield fails(
          'It hands over its results one by one: it yields inside of the loop',
          file.siteOf(node),
        );
    }
    const exit = exitOf(file, statement, path);
    if (exit === undefined) continue;
    if (exit.type === 'ThrowStatement')
      yield assumed('Nobody minds that later turns have begun when one throws', file.siteOf(exit));
    else
      yield fails(
        `It stops early: \`${file.textOf(exit).replace(/\s+/g, ' ').slice(0, 60)}\``,
        file.siteOf(exit),
      );
    return;
  }
}

/** What leaves the loop from inside a turn. A `continue` of this loop does not. */
function exitOf(file: File, statement: t.Statement, loop: Path): t.Node | undefined {
  const exit = exitIn(file, statement);
  if (exit?.type !== 'ContinueStatement' || exit.label != null) return exit;
  for (const path of runWith(file, statement)) {
    const { node } = path;
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return node;
    if ((node.type === 'BreakStatement' || node.type === 'ContinueStatement') && node.label != null)
      return node;
    if (node.type !== 'BreakStatement') continue;
    let isInner = false;
    for (let at = path.parent; at !== null && at !== loop; at = at.parent)
      if (/^(For|While|DoWhile|Switch)/.test(at.node.type)) isInner = true;
    if (!isInner) return node;
  }
  return undefined;
}

/** The list must be the same when all turns have begun. */
function* whyListStays(file: File, { list, body, path, isAsync }: ListLoop): Generator<Evidence> {
  const text = file.textOf(list);
  for (const statement of body) {
    const write = outerWrites(file, path.node, statement).find(({ at }) => file.textOf(at) === text);
    if (write !== undefined) {
      yield fails(`The list \`${text}\` is changed while it is walked`, file.siteOf(write.at));
      return;
    }
  }
  const changer = changerOf(file, list, path);
  if (changer !== undefined)
    yield assumed(
      `Nothing changes \`${text}\` while it is walked: all turns begin with what is in it at first`,
      file.siteOf(changer),
    );
  if (!isAsync) return;
  if (list.type === 'ArrayExpression' || isArrayLike(file, list)) return;
  yield fails(
    `\`${text.replace(/\s+/g, ' ').slice(0, 50)}\` may be a stream: its elements come one after the other`,
    file.siteOf(list),
  );
}

const CHANGES_LIST = /^(push|unshift|splice|pop|shift|set|add|delete|clear|length)$/;

/** Whether a list or a property is changed where it is named. */
function isChanged({ parent, key }: Path): boolean {
  if (isNode(parent, 'AssignmentExpression') && key === 'left') return true;
  return (
    isNode(parent, 'MemberExpression') &&
    key === 'object' &&
    parent.node.property.type === 'Identifier' &&
    !parent.node.computed &&
    CHANGES_LIST.test(parent.node.property.name) &&
    (isNode(parent.parent, 'CallExpression') || isNode(parent.parent, 'AssignmentExpression'))
  );
}

/**
 * Code outside of the loop that changes the list and may run while the loop waits: for a variable, code of another function
 * than the one around it; for a property, any in the file.
 */
function changerOf(file: File, list: t.Expression, loop: Path): t.Node | undefined {
  const isInLoop = ({ node }: Path): boolean =>
    (node.start ?? 0) >= (loop.node.start ?? 0) && (node.end ?? 0) <= (loop.node.end ?? 0);
  if (list.type === 'Identifier') {
    const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
    const home = file.scopes.functionAround(loop);
    return [...(binding?.reads ?? []), ...(binding?.writes ?? [])].find(
      (use) => !isInLoop(use) && file.scopes.functionAround(use) !== home && isChanged(use),
    )?.node;
  }
  if (list.type !== 'MemberExpression' || list.property.type !== 'Identifier') return undefined;
  const { name } = list.property;
  for (const one of file.find('MemberExpression')) {
    const { property, computed } = one.node;
    if (
      !computed &&
      property.type === 'Identifier' &&
      property.name === name &&
      !isInLoop(one) &&
      isChanged(one)
    )
      return one.node;
  }
  return undefined;
}

/** Whether an expression is an array by what it is made of, or by its type. */
export function isArrayLike(file: File, list: t.Expression): boolean {
  if (list.type === 'ArrayExpression') return true;
  if (
    list.type === 'CallExpression' &&
    list.callee.type === 'MemberExpression' &&
    list.callee.property.type === 'Identifier'
  ) {
    const { object, property } = list.callee;
    if (/^(map|filter|flat|flatMap|sort|toSorted|reverse|split)$/.test(property.name)) return true;
    // Strings have these too.
    if (/^(slice|concat)$/.test(property.name) && isArrayLike(file, object as t.Expression)) return true;
    if (
      object.type === 'Identifier' &&
      object.name === 'Object' &&
      /^(keys|values|entries)$/.test(property.name)
    )
      return true;
    if (object.type === 'Identifier' && object.name === 'Array') return true;
  }
  if (list.type === 'Identifier') {
    const binding = file.scopes.lookup(file.pathOf<t.Node>(list), list.name);
    const type = binding?.identifier.node.typeAnnotation;
    if (
      type?.type === 'TSTypeAnnotation' &&
      type.typeAnnotation.type === 'TSArrayType' &&
      binding?.identifier.node.optional !== true
    )
      return true;
    if (binding?.kind === 'const' && isNode(binding.declaration, 'VariableDeclarator')) {
      const { init, id } = binding.declaration.node;
      const made = init?.type === 'AwaitExpression' ? init.argument : init;
      // These give arrays, in `fs/promises` and in Prisma.
      if (
        id.type === 'Identifier' &&
        init?.type === 'AwaitExpression' &&
        made?.type === 'CallExpression' &&
        /(^|\.)(readdir|findMany)$/.test(file.textOf(made.callee))
      )
        return true;
      if (
        id.type === 'Identifier' &&
        init != null &&
        init.type !== 'Identifier' &&
        init.type !== 'AwaitExpression' &&
        isArrayLike(file, init)
      )
        return true;
    }
  }
  if (!/\.[cm]?tsx?$/.test(file.path)) return false;
  const { kinds } = file.facts.typeOf(file.path, list);
  return kinds.size === 1 && kinds.has('array');
}

const inMemory = ({ resource }: Effect): boolean => resource.kind === 'variable' || resource.kind === 'field';

/** What of a fact is about variables and properties. */
const memory = (fact: CodeFact): CodeFact => ({ ...fact, effects: fact.effects.filter(inMemory) });

function* whyNothingIsCarried(beside: CodeFact, after: CodeFact): Generator<Evidence> {
  const conflicts = [
    ...conflictsOf(memory(beside), memory(beside)),
    ...conflictsOf(memory(after), memory(beside)),
  ].toSorted((a, b) => Number(a.certainty === 'assumed') - Number(b.certainty === 'assumed'));
  const [conflict] = conflicts;
  if (conflict === undefined) {
    yield holds('No turn needs what another one has changed');
    return;
  }
  const write = conflict.earlier.access === 'write' ? conflict.earlier : conflict.later;
  if (conflict.certainty === 'proved')
    yield fails(
      `A turn changes ${nameOf(write.resource)}, which the next one finds changed: \`${write.by}\``,
      write.seenAt,
    );
  else
    yield assumed(`\`${write.by}\` changes ${nameOf(write.resource)} of its own in each turn`, write.seenAt);
}

/** Whether a test reads a property of what is handed in from outside, as of a signal: it may be another one after each call. */
function looksElsewhere(file: File, test: t.Expression, loop: Path, list: t.Expression): boolean {
  for (const { node } of runWith(file, test)) {
    if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') continue;
    const root = rootOf(node);
    if (root.type === 'ThisExpression') return true;
    if (root.type !== 'Identifier') continue;
    const binding = file.scopes.lookup(file.pathOf<t.Node>(root), root.name);
    if (file.textOf(node).startsWith(`${file.textOf(list)}[`)) continue;
    const isOfLoop = (binding?.identifier.node.start ?? 0) >= (loop.node.start ?? 0);
    if (binding?.kind === 'parameter' && !isOfLoop && node.property.type === 'Identifier' && !node.computed)
      return true;
  }
  return false;
}

/** What leaves elements out is asked for all of them before the first call. */
function* whyTestsHold(file: File, { path, list }: ListLoop, { skips }: SplitTurn): Generator<Evidence> {
  for (const skip of skips) {
    const { effects } = file.facts.codeOf(file.path, skip);
    const read = changingRead(
      file,
      effects.filter((one) => !isOfTurn(file, path.node, one) && !one.by.startsWith(`${file.textOf(list)}[`)),
      path.node,
    );
    if (read === undefined && !looksElsewhere(file, skip, path, list)) continue;
    yield assumed(
      `\`${file.textOf(skip).replace(/\s+/g, ' ').slice(0, 60)}\` says the same for all elements before the first call as it would between the calls`,
      read?.seenAt ?? file.siteOf(skip),
    );
    return;
  }
}

/** What turns change in order is changed only when all calls are done, and not at all when one fails. */
function* whyLaterIsFine(
  file: File,
  { path }: ListLoop,
  beside: CodeFact,
  after: CodeFact,
): Generator<Evidence> {
  const [conflict] = conflictsOf(after, beside).filter(
    ({ earlier }) => isExternal(earlier.resource) && earlier.access === 'write',
  );
  if (conflict !== undefined) {
    yield fails(
      `A turn writes ${nameOf(conflict.earlier.resource)} by \`${conflict.earlier.by}\`, which a later one reads`,
      conflict.earlier.seenAt,
    );
    return;
  }
  const [write] = externalWrites(after);
  const seen = write ?? seenWrite(file, after.effects, path.node);
  if (seen !== undefined)
    yield assumed(
      `Nobody minds that no turn changes ${nameOf(seen.resource)} when a later one fails, by \`${seen.by}\``,
      seen.seenAt,
    );
  const moment = after.effects.find(
    ({ access, resource }) => access === 'read' && (resource.kind === 'time' || resource.kind === 'random'),
  );
  if (moment !== undefined)
    yield assumed(
      `Nobody minds that \`${moment.by}\` reads ${nameOf(moment.resource)} when all calls are done, and not after each`,
      moment.seenAt,
    );
  const [refusal] = after.thrown;
  if (refusal !== undefined)
    yield assumed(
      `Nobody minds that all calls are made before a turn throws \`${refusal.text}\``,
      refusal.seenAt,
    );
}

/** What turns write outside of this process must be apart, and a person has to want them at once. */
function* whyWritesAreApart(
  file: File,
  beside: CodeFact,
  { path }: ListLoop,
  names: readonly string[],
): Generator<Evidence> {
  const writes = externalWrites(beside);
  const [write] = writes;
  if (write === undefined) {
    const [changed] = memoryWrites(beside);
    if (changed !== undefined)
      yield assumed(
        `Nobody minds in which order the turns change ${nameOf(changed.resource)}`,
        changed.seenAt,
      );
    return;
  }
  const foreign = writes.find(({ resource }) => resource.kind !== 'table');
  if (foreign !== undefined) {
    yield fails(
      `Each turn writes ${nameOf(foreign.resource)} by \`${foreign.by}\`, and the order of that may be meant`,
      foreign.seenAt,
    );
    return;
  }
  const tables = new Set(writes.map(({ resource }) => ('name' in resource ? resource.name : '')));
  if (tables.size > 1) {
    yield fails(
      `Each turn writes more than one table, and others may read them between: \`${write.by}\``,
      write.seenAt,
    );
    return;
  }
  const read = beside.effects.find(
    (one) => one.access === 'read' && one.resource.kind === 'table' && tables.has(one.resource.name),
  );
  if (read !== undefined) {
    yield fails(
      `Each turn reads ${nameOf(read.resource)} by \`${read.by}\` and writes it by \`${write.by}\``,
      read.seenAt,
    );
    return;
  }
  const calls = awaitsInTurn(file, path.node).map(({ node }) => file.textOf(node));
  const isDirect =
    write.seenAt.path === file.path &&
    calls.some((text) => text.includes(write.by.slice(0, 20)) && mentions(text, names));
  if (!isDirect) {
    yield fails(
      `The turns write ${nameOf(write.resource)}, and it is not seen that each writes a row of its own: \`${write.by}\``,
      write.seenAt,
    );
    return;
  }
  yield assumed(
    `Each turn writes a row of its own, and nobody minds that a failing turn does not keep later ones from writing: \`${write.by}\``,
    write.seenAt,
  );
}
