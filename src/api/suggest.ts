/** How many letters must be added, removed, replaced or swapped with their neighbour to turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** The known name that `typed` is probably a slip of; undefined where none is near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const near = known
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(name.length, typed.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.name;
}

/** A sentence to put behind an error: what was probably meant, or else what there is. */
export function suggestion(typed: string, known: readonly string[]): string {
  const name = nearest(typed, known);
  if (name !== undefined) return ` Did you mean \`${name}\`?`;
  return known.length === 0 ? '' : ` There is: ${known.map((one) => `\`${one}\``).join(', ')}.`;
}
