import { assumed, fails, type Evidence } from '../../evidence.ts';
import type { CodeFact, Unknown } from '../../facts/effects/effect.ts';
import { isNode, type Path, type t } from '../../syntax/ast.ts';
import type { FileContext } from '../../transform.ts';
import { runWith } from '../awaits.ts';
import { calleeTextOf, mentions } from '../names.ts';
import { isArrayLike, namesOf } from './judge.ts';
import { awaitsInTurn, isTogether, type ListLoop } from './shape.ts';
import { outerWrites, rootOf, type SplitTurn } from './split.ts';

type File = FileContext<unknown>;

/** What must hold of the shape of a loop, beside what its code does, so that its turns may run beside each other. */
export function* whyShapeAllows(
  file: File,
  loop: ListLoop,
  turn: SplitTurn,
  beside: CodeFact,
  after: CodeFact,
): Generator<Evidence> {
  yield* whyNoSteps(file, loop);
  yield* whyOneBound(file, loop);
  yield* whyNoVariableLeaks(file, loop);
  yield* whyNoNameIsCarried(file, loop, turn);
  const own = ownNames(file, loop);
  yield* whyTurnsDiffer(file, loop, own);
  yield* whyRowsDiffer(file, loop, own);
  yield* whyListIsWhole(file, loop);
  yield* whyTheRestMayWait(beside, after);
  yield* whyNobodySeesBehindNames(file, loop, turn);
  yield* whyTypesStay(file, loop, turn);
}

const PACED = /^(up|down|migrate\w*|run\w*(Migrations?|Seeds?|Steps?)|seed\w*|rollback\w*|replay\w*)$/i;

/** Whether the turns are steps by what they and their function are called. */
function* whyNoSteps(file: File, { path, list }: ListLoop): Generator<Evidence> {
  const home = file.scopes.functionAround(path);
  const { node, parent } = home;
  const named: t.Node | null | undefined =
    'id' in node && node.id != null
      ? (node.id as t.Node)
      : 'key' in node
        ? (node.key as t.Node)
        : isNode(parent, 'VariableDeclarator')
          ? parent.node.id
          : undefined;
  if (named?.type === 'Identifier' && PACED.test(named.name))
    yield fails(`Its turns are steps, which are meant in order: they stand in \`${named.name}\``);
  const text = file.textOf(list).replace(/\s+/g, ' ').slice(0, 60);
  if (/migrations?\b|(^|[^a-z])(steps|stages|phases|seeders)\b|Steps\b/.test(text))
    yield fails(`Its turns are steps, which are meant in order: \`${text}\``);
}

/** Two bounds, one inside of the other, would multiply. */
function* whyOneBound(file: File, { path }: ListLoop): Generator<Evidence> {
  for (const { node, parent } of awaitsInTurn(file, path.node)) {
    let inner: Path | null = parent;
    while (inner !== null && inner !== path && !/^(For|While|DoWhile)/.test(inner.node.type))
      inner = inner.parent;
    const isInner = inner !== null && inner !== path;
    if (!isInner && !isTogether(file, node)) continue;
    const what = isInner
      ? 'A loop inside of it waits in its own turns'
      : `\`${calleeTextOf(node.argument, (one) => file.textOf(one))}\` begins several calls in each turn`;
    yield fails(
      `${what}, and two bounds would multiply; by hand: make one list of what all of them work on`,
      file.siteOf(node),
    );
    return;
  }
}

/** A `var` of a turn belongs to the whole function. */
function* whyNoVariableLeaks(file: File, { path }: ListLoop): Generator<Evidence> {
  const { start, end } = path.node;
  for (const { node } of runWith(file, path.node)) {
    if (node.type === 'VariableDeclaration' && /using/.test(node.kind))
      yield fails('What a turn is `using` is disposed of when the turn ends', file.siteOf(node));
    if (node.type !== 'VariableDeclaration' || node.kind !== 'var') continue;
    for (const { id, init } of node.declarations) {
      const name = namesOf(file, id)[0];
      if (name !== undefined && (init == null || mentions(file.textOf(init), [name])))
        yield fails(
          `\`${name}\` is a \`var\`: each turn finds what the one before has left in it`,
          file.siteOf(id),
        );
    }
    for (const name of node.declarations.flatMap(({ id }) => namesOf(file, id))) {
      const binding = file.scopes.lookup(path, name);
      const uses = binding === undefined ? [] : [...binding.reads, ...binding.writes];
      const outside = uses.find(
        (one) => (one.node.start ?? 0) < (start ?? 0) || (one.node.end ?? 0) > (end ?? 0),
      );
      if (outside !== undefined)
        yield fails(
          `\`${name}\` is a \`var\` of a turn that is used outside of the loop`,
          file.siteOf(outside.node),
        );
    }
  }
}

/** The names that stand for the element of a turn, or for what is made of it. */
function ownNames(file: File, loop: ListLoop): readonly string[] {
  const own = new Set([...namesOf(file, loop.element), ...(loop.index === undefined ? [] : [loop.index])]);
  for (const statement of loop.body) {
    for (const { node } of runWith(file, statement)) {
      if (
        node.type === 'VariableDeclarator' &&
        node.init != null &&
        mentions(file.textOf(node.init), [...own])
      )
        for (const name of namesOf(file, node.id)) own.add(name);
    }
  }
  return [...own];
}

/** What one turn changes by name, the part of the next one that would no longer come after it must not look at. */
function* whyNoNameIsCarried(
  file: File,
  { path, index }: ListLoop,
  { skips, beside, lifted, after }: SplitTurn,
): Generator<Evidence> {
  const all = after.flatMap((one) => outerWrites(file, path.node, one));
  const writes = all.filter(({ at }) => rootOf(at).type === 'Identifier');
  const members = all.flatMap(({ at }) => /^this\.#?[\w$]+/.exec(file.textOf(at))?.[0] ?? []);
  for (const part of [...skips, ...beside, ...lifted.map(({ call }) => call)]) {
    for (const one of runWith(file, part)) {
      const { node } = one;
      if (node.type === 'MemberExpression' && members.includes(file.textOf(node))) {
        yield fails(
          `One turn needs another: it looks at \`${file.textOf(node)}\`, which each turn changes`,
          file.siteOf(node),
        );
        return;
      }
      if (
        node.type !== 'Identifier' ||
        (one.key === 'property' && isNode(one.parent, 'MemberExpression') && !one.parent.node.computed)
      )
        continue;
      const write = writes.find(
        ({ name, at }) =>
          name === node.name &&
          file.scopes.lookup(one, name) === file.scopes.lookup(file.pathOf<t.Node>(rootOf(at)), name),
      );
      // A turn may give a name of its own to what it changes.
      if (
        write === undefined ||
        isPlainIndex(one, index) ||
        file.scopes.lookup(one, node.name)?.identifier === one
      )
        continue;
      yield fails(
        `One turn needs another: it looks at \`${write.name}\`, which each turn changes: \`${file.textOf(write.at)}\``,
        file.siteOf(node),
      );
      return;
    }
  }
}

/** Whether a name is only that of the list, out of which a turn takes its own element by the index: `xs[i]`. */
const isPlainIndex = ({ key, parent }: Path, index: string | undefined): boolean =>
  key === 'object' &&
  index !== undefined &&
  isNode(parent, 'MemberExpression') &&
  parent.node.computed &&
  parent.node.property.type === 'Identifier' &&
  parent.node.property.name === index;

/** A write with conditions must name the element in them: else all turns write the same rows, and the last one wins. */
function* whyRowsDiffer(file: File, loop: ListLoop, own: readonly string[]): Generator<Evidence> {
  for (const { node } of awaitsInTurn(file, loop.path.node)) {
    const call = node.argument;
    if (
      call.type !== 'CallExpression' ||
      call.callee.type !== 'MemberExpression' ||
      call.callee.property.type !== 'Identifier'
    )
      continue;
    if (
      !/^(update|upsert|delete|destroy|findOneAndUpdate|findByIdAndUpdate|increment|decrement|set|save)/.test(
        call.callee.property.name,
      )
    )
      continue;
    const conditions = call.arguments.flatMap((one) =>
      one.type === 'ObjectExpression'
        ? one.properties.filter(
            (property) =>
              property.type === 'ObjectProperty' &&
              property.key.type === 'Identifier' &&
              property.key.name === 'where',
          )
        : [],
    );
    const [where] = conditions;
    if (where === undefined || mentions(file.textOf(where).replace(/\b\w+\s*:/g, ''), own)) continue;
    yield fails(
      `All turns write the same rows, and the last one wins: \`${file.textOf(where).replace(/\s+/g, ' ').slice(0, 60)}\` does not name the element`,
      file.siteOf(where),
    );
    return;
  }
}

/** Every turn must ask for something of its own: else it is a poll, or walks on by what the server remembers. */
function* whyTurnsDiffer(file: File, loop: ListLoop, own: readonly string[]): Generator<Evidence> {
  const calls = awaitsInTurn(file, loop.path.node);
  const [first] = calls;
  if (first === undefined || calls.some(({ node }) => mentions(file.textOf(node), own))) return;
  yield fails(
    `Each turn asks for the same, as polling and paging do: \`${calleeTextOf(first.node.argument, (node) => file.textOf(node))}\` is called without the element; by hand: ask once, before the loop`,
    file.siteOf(first.node),
  );
}

/** The list must have all its elements before the first turn, and must not get others by another name that it has. */
function* whyListIsWhole(file: File, { list, body, path, isAsync }: ListLoop): Generator<Evidence> {
  const text = file.textOf(list).replace(/\s+/g, ' ').slice(0, 50);
  const origin = originOf(file, list);
  const write = body
    .flatMap((one) => outerWrites(file, path.node, one))
    .find(({ at }) => originOf(file, at) === origin && file.textOf(at) !== file.textOf(list));
  if (write !== undefined)
    yield fails(
      `The list \`${text}\` is changed while it is walked: \`${write.name}\` is the same list`,
      file.siteOf(write.at),
    );
  if (!isAsync) {
    if (!(isArrayLike(file, list) || (path.node.type === 'ForOfStatement' && isComplete(file, list))))
      yield assumed(`\`${text}\` is whole before the loop begins, as an array is`, file.siteOf(list));
    return;
  }
  const elements = list.type === 'ArrayExpression' ? list.elements : undefined;
  if (elements?.every((one) => one !== null && one.type.endsWith('Literal')) === true) return;
  const made = elements?.find(
    (one) => one !== null && /^(Call|New|OptionalCall|Import)Expression$/.test(one.type),
  );
  if (made != null)
    yield fails(
      'Its elements may be promises, which `for await` waits for one by one; by hand: wait for them by `Promise.all` first',
      file.siteOf(made),
    );
  else
    yield assumed(`No element of \`${text}\` is a promise: \`for await\` waits for each`, file.siteOf(list));
}

/** The text of what a name is another name of, as far as `const` declarations tell. */
function originOf(file: File, node: t.Node): string {
  if (node.type !== 'Identifier') return file.textOf(node);
  const binding = file.scopes.lookup(file.pathOf<t.Node>(node), node.name);
  if (binding?.kind !== 'const' || !isNode(binding.declaration, 'VariableDeclarator')) return node.name;
  const { id, init } = binding.declaration.node;
  return id.type === 'Identifier' &&
    (init?.type === 'Identifier' || init?.type === 'MemberExpression') &&
    init.start !== node.start
    ? originOf(file, init)
    : node.name;
}

/** Whether a list is known to have all its elements before it is walked: an array, a map, a set, or the letters of a string. */
function isComplete(file: File, list: t.Expression): boolean {
  if (!/\.[cm]?tsx?$/.test(file.path)) return false;
  const { kinds } = file.facts.typeOf(file.path, list);
  return (
    kinds.size > 0 && [...kinds].every((one) => one === 'array' || one === 'map-or-set' || one === 'string')
  );
}

/** What a turn fills under a name of its own is filled later too, and who else reaches it is not known. */
function* whyNobodySeesBehindNames(
  file: File,
  { path }: ListLoop,
  { after }: SplitTurn,
): Generator<Evidence> {
  for (const { name, at } of after.flatMap((one) => outerWrites(file, path.node, one))) {
    const binding = name === 'this' ? undefined : file.scopes.lookup(file.pathOf<t.Node>(rootOf(at)), name);
    if (binding === undefined || (binding.identifier.node.start ?? 0) < (path.node.start ?? 0)) continue;
    yield assumed(
      `Nobody looks at what \`${name}\` stands for when a turn fails: it is changed only when all of them are done`,
      file.siteOf(at),
    );
    return;
  }
}

/** What stays in order runs after all calls, and not between them any more. */
function* whyTheRestMayWait(beside: CodeFact, { pacing, unknown: all }: CodeFact): Generator<Evidence> {
  // What is lifted out of it is judged with the calls.
  const isLifted = ({ callee, seenAt }: Unknown): boolean =>
    beside.unknown.some(
      (one) => one.callee === callee && one.seenAt.line === seenAt.line && one.seenAt.path === seenAt.path,
    );
  const unknown = all.filter((one) => !isLifted(one));
  const [pace] = pacing;
  if (pace !== undefined) yield fails(`Each turn sets the pace: \`${pace.by}\``, pace.seenAt);
  const one = unknown.find(({ isDropped, isAwaited }) => isDropped || isAwaited) ?? unknown[0];
  if (one !== undefined)
    yield assumed(`The calls of later turns do not need what \`${one.callee}\` does: ${one.why}`, one.seenAt);
}

/** Tests that tell TypeScript the type of a value. */
const NARROWS =
  /(^|[(|&]\s*)!\s*[\w$.?[\]]+\s*($|[)|&])|[!=]==?\s*(null|undefined)\b|\btypeof\b|\binstanceof\b|\bin\b/;

/** A check before the loop narrows the type of a property, or of a variable that is set again, for the loop and not for a callback. */
function* whyTypesStay(
  file: File,
  { path, list }: ListLoop,
  { skips, beside, lifted, after }: SplitTurn,
): Generator<Evidence> {
  if (!/\.[cm]?tsx?$/.test(file.path)) return;
  const narrowing = skips.find((skip) => NARROWS.test(file.textOf(skip)));
  if (narrowing !== undefined)
    yield assumed(
      `The types fit without what \`${file.textOf(narrowing).replace(/\s+/g, ' ').slice(0, 50)}\` tells of an element: a \`filter\` need not tell it`,
      file.siteOf(narrowing),
    );
  const home = file.scopes.functionAround(path).node;
  const checks = [
    ...file.text
      .slice(home.start ?? 0, path.node.start ?? 0)
      .matchAll(/\b(?:if|while)\s*\(([^;{]*)|([^;{]*)[?][^.?:]/g),
  ]
    .map(([text]) => text)
    .join(' ');
  if (checks === '') return;
  // A push that becomes the value of the callback brings its argument along.
  for (const part of [...beside, ...lifted.map(({ unit }) => unit), ...after]) {
    for (const one of runWith(file, part)) {
      const { node } = one;
      if (node.type !== 'MemberExpression' && node.type !== 'Identifier') continue;
      if (one.key === 'callee' || (one.key === 'property' && node.type === 'Identifier')) continue;
      const root = rootOf(node);
      if (root.type !== 'Identifier' && root.type !== 'ThisExpression') continue;
      if (root.type === 'Identifier') {
        const binding = file.scopes.lookup(file.pathOf<t.Node>(root), root.name);
        if (
          binding === undefined ||
          /^(import|function|class)$/.test(binding.kind) ||
          (binding.identifier.node.start ?? 0) >= (path.node.start ?? 0)
        )
          continue;
        if (node.type === 'Identifier' && binding.writes.length === 0) continue;
      }
      const text = file.textOf(node);
      if (!mentions(checks, [text]) || text === file.textOf(list)) continue;
      yield assumed(
        `The type of \`${text.replace(/\s+/g, ' ').slice(0, 50)}\` needs no check before the loop: what a check tells does not reach into a callback`,
        file.siteOf(node),
      );
      return;
    }
  }
}
