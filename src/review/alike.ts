/** What differs between sentences that read alike: code, places and numbers. */
const VARYING = /`[^`]*`|\S+:\d+|\d+/g;

/** What sentences that read alike have in common: two do if this is the same. */
export const shapeOf = (text: string): string => text.replace(VARYING, '…');

/** One sentence for all of `texts`, which read alike: where they differ it has `…`. */
export function sharedText(texts: readonly string[]): string {
  const pieces = texts.map((text) => text.match(VARYING) ?? []);
  let index = -1;
  return (texts[0] ?? '').replace(VARYING, (piece) => {
    index++;
    if (pieces.every((own) => own[index] === piece)) return piece;
    return piece.startsWith('`') ? '`…`' : '…';
  });
}
