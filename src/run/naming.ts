import type { Proposal } from '../transform.ts';

/** Whether both say the same of the same place. */
const isAlike = (a: Proposal, b: Proposal): boolean =>
  a.transform === b.transform &&
  a.path === b.path &&
  a.start === b.start &&
  a.end === b.end &&
  a.title === b.title;

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
    const waiting = findings.find(
      (found) =>
        found.edits.length > 0 && !applied.has(found.id) && !given.has(found.id) && isAlike(found, one),
    );
    let id = waiting?.id ?? one.id;
    if (waiting === undefined) for (let count = 2; taken.has(id); count++) id = `${one.id}-${count}`;
    given.add(id);
    taken.add(id);
    return id;
  });
}
