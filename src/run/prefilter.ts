/** What cannot stand beside others in one expression: references to groups by number or name, and names of groups. */
const HAS_GROUP_REFERENCES = /\\[1-9k]|\(\?<[^=!]/;

/**
 * Expressions of which some match exactly what one of `prefilters` matches: as few as can be, since each costs a run over
 * every text. None of them has a state, as one with the flag `g` or `y` has that is asked again.
 */
export function asFewTests(prefilters: readonly RegExp[]): readonly RegExp[] {
  const alone: RegExp[] = [];
  const byFlags = new Map<string, string[]>();
  for (const { source, flags } of prefilters) {
    const stateless = flags.replace(/[dgy]/g, '');
    if (HAS_GROUP_REFERENCES.test(source)) alone.push(new RegExp(source, stateless));
    else byFlags.set(stateless, [...(byFlags.get(stateless) ?? []), `(?:${source})`]);
  }
  return [
    ...Array.from(byFlags, ([flags, sources]) => new RegExp([...new Set(sources)].join('|'), flags)),
    ...alone,
  ];
}

/**
 * Whether one of `prefilters`, which have no state, matches the first `length` of `bytes`. They are ASCII, so bytes read as
 * Latin-1 are as good as the text and far cheaper.
 */
export function matchesAny(bytes: Buffer, prefilters: readonly RegExp[], length = bytes.length): boolean {
  const text = bytes.toString('latin1', 0, length);
  return prefilters.some((prefilter) => prefilter.test(text));
}
