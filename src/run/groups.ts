/** Something that proposals apply to, by their ids. */
export interface Proposed {
  readonly proposals: readonly { readonly id: string }[];
}

/**
 * `files` in groups, so that no proposal has edits in two of them: each is what applies whole or not at all. Files keep their
 * order, and groups have that of their first files.
 */
export function grouped<T extends Proposed>(files: readonly T[]): T[][] {
  // Each file points to an earlier one of its group, or to itself.
  const earlier = files.map((_, index) => index);
  const firstOf = (index: number): number => {
    let at = index;
    for (let next = earlier[at]; next !== undefined && next !== at; next = earlier[at]) {
      earlier[at] = earlier[next] ?? next;
      at = next;
    }
    return at;
  };
  const withProposal = new Map<string, number>();
  for (const [index, { proposals }] of files.entries()) {
    for (const { id } of proposals) {
      const [one, other] = [firstOf(withProposal.get(id) ?? index), firstOf(index)];
      earlier[Math.max(one, other)] = Math.min(one, other);
      withProposal.set(id, index);
    }
  }
  const groups = new Map<number, T[]>();
  for (const [index, file] of files.entries()) {
    const first = firstOf(index);
    const group = groups.get(first) ?? [];
    group.push(file);
    groups.set(first, group);
  }
  return [...groups.values()];
}
