import type { Span } from '../edits/edit.ts';

/** The line of `offset` in `text`, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The offset at which the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset at which the line of `offset` ends, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed === -1) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** The offset at which the next line begins; the length of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed === -1 ? text.length : feed + 1;
}

/** The line ending of the line of `offset`; undefined on a last line that has none. */
export function eolOf(text: string, offset: number): '\n' | '\r\n' | undefined {
  const feed = text.indexOf('\n', offset);
  if (feed === -1) return undefined;
  return text[feed - 1] === '\r' ? '\r\n' : '\n';
}

/** The white space that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
}

/** Whether nothing but white space stands on the line of `offset` before it. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return /^\s*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Whether nothing but white space stands on the line of `offset` from it on. */
export function isLastOnLine(text: string, offset: number): boolean {
  return /^\s*$/.test(text.slice(offset, lineEnd(text, offset)));
}

/** Whether the line that begins at `start` is blank; a line after the end of the text is not. */
export function isBlankLine(text: string, start: number): boolean {
  return start < text.length && /^\s*$/.test(text.slice(start, lineEnd(text, start)));
}

/** Whether `span` holds a line ending. */
export function isMultiLine(text: string, [start, end]: Span): boolean {
  return text.slice(start, end).includes('\n');
}
