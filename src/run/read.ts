import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Failure } from './inspect.ts';
import { asFewTests, matchesAny } from './prefilter.ts';

/** What every ignore comment begins with; a file without it has none. */
export const IGNORE_MARK = 'hasten-ignore';

/** Files over this many bytes are not parsed: a tree takes some hundred times the room of its text. */
export const MAX_BYTES = 4 * 1024 * 1024;

/** A file as it was read. */
export interface SourceText {
  /** Absolute path. */
  readonly path: string;
  /** The text without its byte order mark. */
  readonly text: string;
  /** Whether the file begins with a byte order mark. */
  readonly bom: boolean;
}

/** A file that some prefilter matches. */
export interface MatchedText extends SourceText {
  /** For each prefilter whether it matches. */
  readonly matches: readonly boolean[];
}

/** Why the text of a file is not to be had. */
export interface SourceFailure extends Failure {
  /** Whether the file is left out on purpose, as a generated one is. If not, something could not be done. */
  readonly skipped: boolean;
}

/** What a scan found. */
export interface Scanned {
  readonly matched: readonly MatchedText[];
  readonly failures: readonly Failure[];
  /** Files that are left out on purpose: generated and minified ones. */
  readonly skipped: readonly Failure[];
  /** Files that no prefilter matches and that may have ignore comments. */
  readonly ignoring: readonly SourceText[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BOM = '\uFEFF';

/** How far into a file the comment reaches that may say it is generated, in UTF-16 units. */
const HEAD = 1000;
/** A comment that begins its line and has the mark, which is not merely quoted. */
const GENERATED = /^\s*(?:\/\/|\/?\*).*(?<![\w`'"])@generated\b(?![`'"])/m;

/** Files under this length are never taken for minified ones. */
const MINIFIED_LENGTH = 5000;
/** The mean length of a line, in UTF-16 units, from which on nobody can have written them. */
const MINIFIED_LINE = 500;

function isMinified(text: string): boolean {
  if (text.length <= MINIFIED_LENGTH) return false;
  const fewest = text.length / MINIFIED_LINE;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && lines < fewest; at = text.indexOf('\n', at + 1)) lines++;
  return lines < fewest;
}

/** Why nobody would want a change in this file: it is made by a program. */
function whyGenerated(text: string): string | undefined {
  if (GENERATED.test(text.slice(0, HEAD))) return 'is marked @generated; change what generates it';
  if (isMinified(text)) return `is minified: its lines are over ${MINIFIED_LINE} characters long on average`;
  return undefined;
}

/** One buffer for all files; one that fills it is too large. Its room is taken when a file first needs it. */
const buffer = Buffer.allocUnsafeSlow(MAX_BYTES + 1);

/**
 * Reads from `file` into the buffer, from `offset` on, until either ends. The number of bytes that are then in it. Of a
 * regular file less is read than was asked for only at its end, so nobody asks again, which would cost a tenth of a scan.
 */
const fill = (file: number, offset: number): number =>
  offset + readSync(file, buffer, offset, buffer.length - offset, null);

/** How far a match may reach back, in bytes, where a file is tested piece by piece. */
const OVERLAP = 4096;

/** Whether the rest of a file matches, whose beginning fills the buffer. The buffer is overwritten. */
function restMatches(file: number, tests: readonly RegExp[]): boolean {
  for (let length = buffer.length; length === buffer.length;) {
    buffer.copyWithin(0, length - OVERLAP);
    length = fill(file, OVERLAP);
    if (matchesAny(buffer, tests, length)) return true;
  }
  return false;
}

/** The text in `bytes`, or why there is none. */
function asText(path: string, bytes: Buffer): SourceText | SourceFailure {
  if (bytes.includes(0)) return { path, reason: 'is binary: it holds a NUL byte', skipped: false };
  let decoded: string;
  try {
    decoded = utf8.decode(bytes);
  } catch {
    return { path, reason: 'is not valid UTF-8; convert it and run again', skipped: false };
  }
  const bom = decoded.startsWith(BOM);
  const text = bom ? decoded.slice(BOM.length) : decoded;
  const reason = whyGenerated(text);
  return reason === undefined ? { path, text, bom } : { path, reason, skipped: true };
}

/** What is to be said of a file of `size` bytes that begins with `start`. */
function tooLarge(path: string, start: string, size: number): SourceFailure {
  const reason = whyGenerated(start);
  if (reason !== undefined) return { path, reason, skipped: true };
  const limit = MAX_BYTES / 2 ** 20;
  return {
    path,
    reason: `is too large: ${(size / 2 ** 20).toFixed(1)} MiB, over the limit of ${limit} MiB`,
    skipped: false,
  };
}

/** UTF-16 with its byte order mark: no prefilter would match it, so the file would be passed over in silence. */
const isUtf16 = (bytes: Buffer): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** What is read of a file. */
type Source = SourceText | SourceFailure;

/** A file that is asked for nothing but its ignore comments: why there is no text does not matter. */
function asIgnoring(path: string, bytes: Buffer): { readonly ignoring: SourceText } | undefined {
  if (!bytes.includes(IGNORE_MARK)) return undefined;
  const source = asText(path, bytes);
  return 'text' in source ? { ignoring: source } : undefined;
}

/** The text of an open file, or why there is none; undefined where none of `tests` matches it and it has no ignore comments. */
function textOf(
  path: string,
  file: number,
  tests: readonly RegExp[],
): Source | { readonly ignoring: SourceText } | undefined {
  const length = fill(file, 0);
  if (length > 1 && isUtf16(buffer))
    return { path, reason: 'is UTF-16; convert it to UTF-8 and run again', skipped: false };
  const matches = matchesAny(buffer, tests, length);
  if (length <= MAX_BYTES) return (matches ? asText : asIgnoring)(path, buffer.subarray(0, length));
  const start = buffer.toString('utf8');
  return matches || restMatches(file, tests) ? tooLarge(path, start, fstatSync(file).size) : undefined;
}

/** Reads one file; undefined where it does not match or does not exist. */
function read(path: string, tests: readonly RegExp[]): ReturnType<typeof textOf> {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    return textOf(path, file, tests);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : { path, reason: `cannot be read: ${message}`, skipped: false };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const ALL: readonly RegExp[] = [/^/];

/**
 * The text of one file, or why it is not to be had: it is not there, cannot be read, is binary, is not UTF-8 or is over
 * `MAX_BYTES`; or it is generated or minified, and so left out on purpose.
 */
export function readSource(path: string): SourceText | SourceFailure {
  const source = read(path, ALL) ?? { path, reason: 'does not exist', skipped: false };
  return 'ignoring' in source ? source.ignoring : source;
}

/**
 * Reads each file once and keeps those that a prefilter matches. Only what matches is decoded. A file that was deleted
 * since it was listed is passed over. `onProgress` is told how many files are done, now and then.
 */
export function scan(
  files: readonly string[],
  prefilters: readonly RegExp[],
  onProgress: (done: number) => void = () => {},
): Scanned {
  const matched: MatchedText[] = [];
  const failures: Failure[] = [];
  const skipped: Failure[] = [];
  const ignoring: SourceText[] = [];
  const tests = asFewTests(prefilters);
  const each = prefilters.map((prefilter) => asFewTests([prefilter]));
  for (const [done, path] of files.entries()) {
    if (done % 100 === 0) onProgress(done);
    const source = read(path, tests);
    if (source === undefined) continue;
    if ('ignoring' in source) ignoring.push(source.ignoring);
    else if ('text' in source) {
      matched.push({ ...source, matches: each.map((own) => own.some((test) => test.test(source.text))) });
    } else {
      (source.skipped ? skipped : failures).push({ path, reason: source.reason });
    }
  }
  return { matched, failures, skipped, ignoring };
}
