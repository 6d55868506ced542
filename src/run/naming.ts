import type { Proposal } from '../transform.ts';

const isOfOneKind = (a: Proposal, b: Proposal): boolean =>
  a.transform === b.transform && a.path === b.path && a.title === b.title;

/** Whether both say the same of the same place. */
const isAlike = (a: Proposal, b: Proposal): boolean =>
  isOfOneKind(a, b) && a.start === b.start && a.end === b.end;

/**
 * The one of `waiting` that `one`, among the proposals of its pass, is. Where others rewrote the code around it, its place is not told
 * exactly: then it is the only one of its kind, with the same code in it.
 */
function waitingAs(
  one: Proposal,
  waiting: readonly Proposal[],
  proposals: readonly Proposal[],
): Proposal | undefined {
  const exact = waiting.find((found) => isAlike(found, one));
  if (exact !== undefined) return exact;
  const [only, ...more] = waiting.filter((found) => isOfOneKind(found, one));
  const isAlone = more.length === 0 && proposals.filter((other) => isOfOneKind(other, one)).length === 1;
  return isAlone && only?.id === one.id ? only : undefined;
}

/**
 * The ids under which proposals of a later pass are known for the whole run, in their order: an id counts alike texts in one pass only, so two
 * passes may give the same one to two proposals. What waited since the first pass keeps the id that it had there.
 * @param proposals with their places told in the files as they are.
 * @param findings what was found in the files as they are.
 * @param applied ids of what the passes before applied.
 */
export function idsInRun(
  proposals: readonly Proposal[],
  findings: readonly Proposal[],
  applied: ReadonlySet<string>,
): string[] {
  const taken = new Set([...findings.map(({ id }) => id), ...applied]);
  const given = new Set<string>();
  return proposals.map((one) => {
    const waiting = waitingAs(
      one,
      findings.filter(({ id, edits }) => edits.length > 0 && !applied.has(id) && !given.has(id)),
      proposals,
    );
    let id = waiting?.id ?? one.id;
    if (waiting === undefined) for (let count = 2; taken.has(id); count++) id = `${one.id}-${count}`;
    given.add(id);
    taken.add(id);
    return id;
  });
}
