import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** `line` in at most `width` columns; what is cut off shows as `…`. */
export function cut(line: string, width: number): string {
  if (width <= 0) return '';
  if (stringWidth(line) <= width) return line;
  // A character of two columns is not cut in two: it may stand out over the edge.
  const ends = [width - 1, width - 2].map((end) => sliceAnsi(line, 0, Math.max(0, end)));
  return `${ends.find((beginning) => stringWidth(beginning) < width) ?? ''}…`;
}

/** `line` in exactly `width` columns. */
export function padded(line: string, width: number): string {
  const fitting = cut(line, width);
  return fitting + ' '.repeat(Math.max(0, width - stringWidth(fitting)));
}

/** `left` and `right` at both ends of a line; where they do not fit beside each other, `left` is cut. */
export function spread(left: string, right: string, width: number): string {
  const end = cut(right, width);
  const room = width - stringWidth(end);
  return room <= 1 ? end : `${padded(left, room - 1)} ${end}`;
}

/** Words in lines of at most `width` columns, of which those after the first begin with `indent` spaces. */
export function wrapped(words: string, width: number, indent = 0): string[] {
  const room = Math.max(1, width - indent);
  if (stringWidth(words) <= width) return [words];
  const [first = '', ...more] = wrapAnsi(words, room, { hard: true }).split('\n');
  return [first, ...more.map((line) => cut(' '.repeat(indent) + line, width))];
}

/** Code in rows of at most `width` columns. Nothing of it is lost. */
export function rowsOf(code: string, width: number): string[] {
  if (stringWidth(code) <= width) return [code];
  // A character of two columns fits into no fewer.
  return wrapAnsi(code, Math.max(2, width), { hard: true, wordWrap: false, trim: false }).split('\n');
}
