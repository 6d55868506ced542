/** What a screen shows of what there is, in rows. */
export interface Measures {
  /** How many rows there are. */
  readonly length: number;
  /** How many of them are in sight. */
  readonly height: number;
  /** The first row of each file of a proposal. */
  readonly fileStarts: readonly number[];
}

/** Keys that move what is in sight, for the help. */
export const SCROLL_KEYS: readonly { readonly keys: string; readonly says: string }[] = [
  { keys: 'Space PgDn', says: 'a screen down' },
  { keys: 'b PgUp', says: 'a screen up' },
  { keys: '↓ ↑', says: 'a row down or up' },
  { keys: 'g G', says: 'the beginning, the end' },
];

/** The last place to scroll to: the end in sight; also the last file at the top, where somebody went to it. */
export function scrollable(scroll: number, { length, height, fileStarts }: Measures): number {
  const end = Math.max(0, length - height);
  return Math.max(0, fileStarts.includes(scroll) ? scroll : Math.min(scroll, end));
}

/** What is scrolled out of sight after a key; undefined for a key that does not scroll. */
export function scrolled(before: number, key: string, measures: Measures): number | undefined {
  const scroll = scrollable(before, measures);
  const { length, height } = measures;
  const end = Math.max(0, length - height);
  // One row stays in sight.
  const page = Math.max(1, height - 1);
  const up = (rows: number): number => Math.max(0, scroll - rows);
  const down = (rows: number): number => Math.max(scroll, Math.min(end, scroll + rows));
  switch (key) {
    case ' ':
    case 'pagedown':
    case 'ctrl-f':
      return down(page);
    case 'b':
    case 'pageup':
    case 'ctrl-b':
      return up(page);
    case 'down':
      return down(1);
    case 'up':
      return up(1);
    case 'g':
    case 'home':
      return 0;
    case 'G':
    case 'end':
      return end;
    default:
      return undefined;
  }
}
