import { TextDecoder } from 'node:util';
import { resolve } from 'node:path';
import type { Failure } from '../run/plan.ts';

/** The paths that a list has, and what in it is none. */
export interface PathList {
  readonly paths: readonly string[];
  readonly failures: readonly Failure[];
}

const NEWLINE = 0x0a;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as a person can read them: those that are no ASCII in hexadecimal. */
const shownBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');

/** The parts of `bytes` that end with `separator`, or with the end. */
function* partsOf(bytes: Buffer, separator: number): Iterable<Buffer> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(separator, start);
    const end = found === -1 ? bytes.length : found;
    if (end > start) yield bytes.subarray(start, end);
    start = end + 1;
  }
}

/** Why a line is no name of a file: what git does to names with odd characters where it is not told otherwise. */
const isQuoted = (line: string): boolean => /^".*(?:\\[0-7]{3}|\\[abtnvfr"\\]).*"$/.test(line);

/**
 * Reads a list of paths: one a line, or each with a NUL byte behind it, as `git ls-files -z` and `find -print0` write them. Empty lines mean nothing. What
 * cannot be the name of a file is among the failures, as seen from `cwd`, and the rest goes on.
 */
export async function readPathList(
  input: AsyncIterable<Uint8Array>,
  isNullSeparated: boolean,
  cwd: string,
): Promise<PathList> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  const paths = new Set<string>();
  const failures: Failure[] = [];
  const refuse = (shown: string, reason: string): void =>
    void failures.push({ path: resolve(cwd, shown), reason });
  for (const part of partsOf(Buffer.concat(chunks), isNullSeparated ? 0 : NEWLINE)) {
    let text: string;
    try {
      text = utf8.decode(part);
    } catch {
      refuse(shownBytes(part), 'is a name that is not UTF-8; rename it');
      continue;
    }
    const path = isNullSeparated ? text : text.replace(/\r$/, '');
    if (path.includes('\0'))
      refuse(
        path.replaceAll('\0', '\\0'),
        'has a NUL byte; for a list with such behind each name say --null',
      );
    else if (!isNullSeparated && isQuoted(path))
      refuse(path, 'is a name that git has quoted; ask git for -z, and say --null');
    else if (path !== '') paths.add(path);
  }
  return { paths: [...paths], failures };
}
