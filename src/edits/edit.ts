/** A stretch of a baseline text: UTF-16 offsets, the end excluded, a byte order mark not counted. */
export type Span = readonly [start: number, end: number];

/**
 * New code: literal text, and spans that quote the baseline of the edited file byte for byte.
 * Edits that others make inside a quotation still apply to it.
 */
export type Code = readonly (string | Span)[];

/** Replaces `span` of the baseline of `file` by `code`. An empty span inserts. */
export interface Edit {
  /** Absolute path. A file that does not exist has the empty baseline: an insertion at 0 creates it. */
  readonly file: string;
  readonly span: Span;
  readonly code: Code;
  /**
   * Two edits of one file with the same key are one edit, applied once: an import, an `async`, an `await`.
   * Only for edits that say the same thing whoever asks for them.
   */
  readonly once?: string;
}

/** Anything that knows where it stands in a baseline: a node of a parsed file, or a plain object. */
export interface Spanned {
  readonly start?: number | null;
  readonly end?: number | null;
}

/**
 * The span of `node`.
 * @throws {TypeError} when it has none, as a node that was built and not parsed.
 */
export function spanOf(node: Spanned): Span {
  if (typeof node.start !== 'number' || typeof node.end !== 'number') {
    throw new TypeError('This node was not parsed from a file, so it has no place in one.');
  }
  return [node.start, node.end];
}
