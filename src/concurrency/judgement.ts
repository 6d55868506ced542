import { assumed, fails, holds, type Evidence } from '../evidence.ts';
import { conflictsOf, nameOf, type Conflict } from '../facts/effects/conflicts.ts';
import type { CodeFact, Effect, Resource } from '../facts/effects/effect.ts';

/** A piece of code with what is known of it, as evidence names it. */
export interface Judged {
  /** Its callee as it is written: `User.findOne`. */
  readonly name: string;
  readonly fact: CodeFact;
}

const EXTERNAL: ReadonlySet<Resource['kind']> = new Set(['table', 'file', 'host', 'store', 'process']);

/** Whether a resource is outside of the memory of this process. */
export const isExternal = (resource: Resource): boolean => EXTERNAL.has(resource.kind);

/** What the code writes outside of this process's memory. */
export const externalWrites = ({ effects }: CodeFact): readonly Effect[] =>
  effects.filter(({ access, resource }) => access === 'write' && isExternal(resource));

/** What the code changes in objects and variables that other code can reach, but for the variables that it is bound to. */
export const memoryWrites = ({ effects }: CodeFact): readonly Effect[] =>
  effects.filter(
    ({ access, resource }) =>
      access === 'write' && (resource.kind === 'field' || resource.kind === 'variable'),
  );

const list = (names: readonly string[]): string => {
  const [first = '', ...rest] = names;
  const last = rest.pop();
  return last === undefined ? first : `${[first, ...rest].join(', ')} and ${last}`;
};

/** A few things by name, and how many more there are. */
export function listed(names: readonly string[], most = 3): string {
  const all = [...new Set(names)];
  return all.length <= most
    ? list(all)
    : `${all.slice(0, most - 1).join(', ')} and ${all.length - most + 1} more`;
}

/** What code reads outside of this process's memory, in words. */
function readsInWords({ effects, io }: CodeFact): string {
  const read = effects.filter(({ access, resource }) => access === 'read' && isExternal(resource));
  if (read.length > 0) return `only reads: ${listed(read.map(({ resource }) => nameOf(resource)))}`;
  return io === 'yes' ? 'only computes, on a thread of its own' : 'changes nothing';
}

/** What is known of one piece of code by itself: that it only reads, that it is known, that its pace means nothing. */
export function* whyOnlyReads({ name, fact }: Judged): Generator<Evidence> {
  let isKnown = true;
  for (const one of fact.pacing) {
    isKnown = false;
    const what = {
      lock: 'takes a lock',
      'rate-limit': 'keeps to a rate limit',
      sleep: 'waits on purpose',
      prompt: 'asks a person',
      event: 'wakes listeners that are not known, or waits for an event',
    }[one.kind];
    yield fails(`\`${name}\` ${what}: \`${one.by}\``, one.seenAt);
  }
  for (const one of worstFirst(fact.unknown).slice(0, 4)) {
    isKnown = false;
    const { callee, why, guess, isAwaited, isDropped, seenAt } = one;
    const inside = callee === name ? '' : ` that \`${name}\` calls`;
    if (guess === 'read')
      yield assumed(`\`${callee}\`${inside} only reads, as its name says: ${why}`, seenAt);
    else if (guess === 'write' && (isAwaited || isDropped))
      yield fails(
        `Nothing is known of \`${callee}\`${inside}, and its name says that it does something: ${why}`,
        seenAt,
      );
    else if (isAwaited && guess === 'other')
      yield fails(`Nothing is known of \`${callee}\`${inside}: ${why}`, seenAt);
    else yield assumed(`\`${callee}\`${inside} only computes: ${why}`, seenAt);
  }
  const guessed = fact.effects.find(({ certainty, access }) => certainty === 'assumed' && access === 'read');
  if (guessed !== undefined) {
    isKnown = false;
    yield assumed(
      `\`${guessed.by}\` reads ${nameOf(guessed.resource)}, as its name and the package's dependencies say`,
      guessed.seenAt,
    );
  }
  if (!isKnown || externalWrites(fact).length > 0) return;
  const first = fact.effects.find(({ resource }) => isExternal(resource));
  yield holds(`\`${name}\` ${readsInWords(fact)}`, first?.seenAt);
}

const SEVERITY = { write: 0, other: 1, read: 2 } as const;

const worstFirst = (all: CodeFact['unknown']): CodeFact['unknown'] =>
  all.toSorted(
    (a, b) =>
      Number(b.isAwaited || b.isDropped) - Number(a.isAwaited || a.isDropped) ||
      SEVERITY[a.guess] - SEVERITY[b.guess],
  );

/** Whether one hands something to the other by a variable of the file `path`: then the second needs the first. */
export const isDataFlow = ({ earlier, later }: Conflict, path: string): boolean =>
  earlier.resource.kind === 'variable' &&
  later.resource.kind === 'variable' &&
  earlier.seenAt.path === path &&
  later.seenAt.path === path;

const does = ({ access, by }: Effect): string => `\`${by}\` ${access === 'write' ? 'writes' : 'reads'}`;

/** Whether it is not known which object one of the two is about. */
const isAnywhere = ({ earlier, later }: Conflict): boolean =>
  [earlier, later].some(({ resource }) => resource.kind === 'field' && resource.owner === '*');

/** Names of what is handed to everything that a request runs. */
const SURROUNDINGS =
  /^(ctx|context|req|request|res|response|reply|app|db|prisma|client|log|logger|config|settings|options|env|session|user|org|organization|tenant|workspace|project|\w*[iI]ds?)$/;

/** Whether both are handed the same object: what one changes in it the other may see. */
function shareAnObject(first: Judged, second: Judged): boolean {
  const ids = new Set(
    first.fact.effects.flatMap(({ resource }) =>
      resource.kind === 'variable' && !SURROUNDINGS.test(resource.name) ? [resource.id] : [],
    ),
  );
  return second.fact.effects.some(({ resource }) => resource.kind === 'variable' && ids.has(resource.id));
}

/** How far a conflict is from being certain, and about one and the same thing. */
const doubtOf = ({ certainty, earlier, later }: Conflict): number =>
  Number(certainty === 'assumed') * 2 +
  Number(nameOf(earlier.resource) !== nameOf(later.resource) || /not known/.test(nameOf(later.resource)));

/** What is known of the order of two pieces of code, the first of which runs first now. */
export function* whyOrderIsFree(first: Judged, second: Judged): Generator<Evidence> {
  const conflicts = conflictsOf(first.fact, second.fact);
  const [conflict] = conflicts.toSorted((a, b) => doubtOf(a) - doubtOf(b));
  if (conflict !== undefined) {
    const { earlier, later } = conflict;
    const thing = nameOf(
      later.resource.kind === 'table' && later.resource.name !== '*' ? later.resource : earlier.resource,
    );
    if (
      conflict.certainty === 'proved' ||
      isExternal(earlier.resource) ||
      (isAnywhere(conflict) && shareAnObject(first, second))
    ) {
      yield fails(`${does(earlier)} ${thing}, which ${does(later)} after it`, earlier.seenAt);
      return;
    }
    const other = isAnywhere(conflict)
      ? 'that of another object'
      : 'what does not depend on it, as in a cache';
    yield assumed(`${does(earlier)} ${thing}, and ${does(later)} ${other}`, earlier.seenAt);
  }
  const shared = first.fact.clients.find((one) => second.fact.clients.some(({ id }) => id === one.id));
  if (shared !== undefined) {
    const on = shared.kind === 'transaction' ? 'in one transaction' : 'on one connection';
    yield fails(`\`${first.name}\` and \`${second.name}\` run ${on}: \`${shared.name}\``, shared.seenAt);
  }
  yield* whyWritesMayOverlap(first, second);
}

/** What becomes of writes when the other one fails. */
function* whyWritesMayOverlap(first: Judged, second: Judged): Generator<Evidence> {
  const writes = [...externalWrites(first.fact), ...externalWrites(second.fact)];
  const foreign = writes.find(({ resource }) => resource.kind !== 'table');
  if (foreign !== undefined) {
    yield fails(
      `\`${foreign.by}\` writes ${nameOf(foreign.resource)}, and what that sets off elsewhere is not known`,
      foreign.seenAt,
    );
    return;
  }
  const [one] = externalWrites(second.fact);
  if (one !== undefined) {
    yield assumed(
      `Nobody minds that the write of ${nameOf(one.resource)} by \`${second.name}\` stands alone if \`${first.name}\` fails: it was not begun then until now`,
      one.seenAt,
    );
  }
  const [other] = externalWrites(first.fact);
  if (other !== undefined) {
    yield assumed(
      `\`${second.name}\` does not rely on the write of ${nameOf(other.resource)} by \`${first.name}\` being done, as through a trigger, a hook or a foreign key`,
      other.seenAt,
    );
  }
}

/** Which error is seen when one of two calls refuses on purpose, and the other one fails. */
export function* whyOneErrorIsSeen(first: Judged, second: Judged): Generator<Evidence> {
  const [refusal] = second.fact.thrown;
  if (refusal === undefined) return;
  yield assumed(
    `Nobody minds that \`${second.name}\` may be seen to refuse, \`${refusal.text}\`, where \`${first.name}\` would have failed first`,
    refusal.seenAt,
  );
}

/** What is known of a piece of code that others would no longer wait for: that it is no guard. */
export function* whyNoGuard({ name, fact }: Judged, isDropped: boolean): Generator<Evidence> {
  const refusal = fact.thrown.find(({ isAuthorization }) => isAuthorization) ?? fact.thrown[0];
  if (refusal === undefined) return;
  const { text, isAuthorization, seenAt } = refusal;
  if (isDropped) yield fails(`\`${name}\` is a guard: it is called for what it refuses, \`${text}\``, seenAt);
  else if (isAuthorization) yield fails(`\`${name}\` is a guard: it refuses on purpose, \`${text}\``, seenAt);
  else
    yield assumed(
      `What follows \`${name}\` may begin before it has thrown on purpose, \`${text}\`, and does not fail sooner for the same reason`,
      seenAt,
    );
}

/** What is known of memory that the code changes: where what runs beside it fails, that may be heard of before the change. */
export function* whyMemoryIsInTime(
  { name, fact }: Judged,
  isOwn: (effect: Effect) => boolean,
): Generator<Evidence> {
  const changed = memoryWrites(fact).find((effect) => !isOwn(effect));
  if (changed !== undefined) {
    yield assumed(
      `Nobody minds that \`${name}\` may not have changed ${nameOf(changed.resource)} yet when what runs beside it fails`,
      changed.seenAt,
    );
  }
}

/** What is known of memory that the code changes, when something that runs beside it fails. */
export function* whyMemoryStays(
  { name, fact }: Judged,
  isOwn: (effect: Effect) => boolean,
): Generator<Evidence> {
  const changed = memoryWrites(fact).find((effect) => !isOwn(effect));
  if (changed !== undefined) {
    yield assumed(
      `Nobody minds that \`${name}\` changes ${nameOf(changed.resource)} although what runs beside it fails`,
      changed.seenAt,
    );
  }
}
