import type { t } from './ast.ts';
import { indexOf, type Index } from './find.ts';
import { parse } from './parse.ts';

/** How a file is written: what new code in it must follow. */
export interface Style {
  /** The quote of most of its strings. */
  readonly quote: "'" | '"';
  /** Whether its statements end with semicolons. */
  readonly semicolons: boolean;
  /** One step of indentation: a tab, or some spaces. */
  readonly indent: string;
  /** The line ending of most of its lines. */
  readonly eol: '\n' | '\r\n';
  /** Whether lists that span lines end with a comma. */
  readonly trailingComma: boolean;
}

/** One parsed file: its baseline text and tree. Nothing in it is ever changed. */
export interface ParsedFile extends Index {
  /** Absolute path. */
  readonly path: string;
  /** The baseline, without a byte order mark. All offsets are offsets in it. */
  readonly text: string;
  readonly tree: t.File;
  readonly comments: readonly t.Comment[];
}

/**
 * Parses and indexes a file.
 * @throws {ParseError} with the place and the reason.
 */
export function parseFile(path: string, text: string): ParsedFile {
  const tree = parse(path, text);
  return { path, text, tree, comments: tree.comments ?? [], ...indexOf(tree, text) };
}
