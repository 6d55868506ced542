import { readFileSync, statSync } from 'node:fs';
import type { Failure } from './inspect.ts';

/** Files over this many bytes are not parsed: a tree takes some hundred times the room of its text. */
export const MAX_BYTES = 4 * 1024 * 1024;

/** A file that some prefilter matches. */
export interface SourceText {
  /** Absolute path. */
  readonly path: string;
  /** The text without its byte order mark. */
  readonly text: string;
  /** Whether the file begins with a byte order mark. */
  readonly bom: boolean;
  /** For each prefilter whether it matches. */
  readonly matches: readonly boolean[];
}

/** What a scan found. */
export interface Scanned {
  readonly matched: readonly SourceText[];
  readonly failures: readonly Failure[];
  /** Files that are left out on purpose: generated and minified ones. */
  readonly skipped: readonly Failure[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HEAD = 1000;

/** Why nobody would want a change in this file: it is made by a program. */
function whyGenerated(text: string): string | undefined {
  if (/^\s*(?:\/\/|\/?\*).*@generated\b/m.test(text.slice(0, HEAD)))
    return 'is marked @generated; change what generates it';
  const lines = text.split('\n', 200).length;
  if (text.length > 5000 && text.length / lines > 500)
    return 'is minified: its lines are over 500 characters long on average';
  return undefined;
}

/** The text of a file as it is on disk; undefined where it does not exist. Throws what reading it throws. */
export function readText(path: string): { readonly text: string; readonly bom: boolean } | undefined {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const decoded = utf8.decode(readFileSync(path));
  const bom = decoded.startsWith('\uFEFF');
  return { text: bom ? decoded.slice(1) : decoded, bom };
}

/**
 * Reads each file once and keeps those that a prefilter matches. The prefilters are tested on the bytes, before
 * anything is decoded: they are ASCII, so a Latin-1 view of the bytes is as good as the text and far cheaper.
 * `onProgress` is told how many files are done.
 */
export function scan(
  files: readonly string[],
  prefilters: readonly RegExp[],
  onProgress: (done: number) => void = () => {},
): Scanned {
  const matched: SourceText[] = [];
  const failures: Failure[] = [];
  const skipped: Failure[] = [];
  for (const [done, path] of files.entries()) {
    if (done % 100 === 0) onProgress(done);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      // Deleted since it was listed, or tracked by git and not in the work tree: there is nothing to say of it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        failures.push({ path, reason: `cannot be read: ${(error as Error).message}` });
      }
      continue;
    }
    const raw = bytes.toString('latin1');
    const matches = prefilters.map((prefilter) => prefilter.test(raw));
    if (!matches.includes(true)) continue;
    if (bytes.length > MAX_BYTES) {
      failures.push({
        path,
        reason: `is too large: ${(bytes.length / 2 ** 20).toFixed(1)} MiB, over the limit of ${MAX_BYTES / 2 ** 20} MiB`,
      });
      continue;
    }
    if (bytes.includes(0)) {
      failures.push({ path, reason: 'is binary: it holds a NUL byte' });
      continue;
    }
    let decoded: string;
    try {
      decoded = utf8.decode(bytes);
    } catch {
      failures.push({ path, reason: 'is not valid UTF-8; convert it and run again' });
      continue;
    }
    const bom = decoded.startsWith('\uFEFF');
    const text = bom ? decoded.slice(1) : decoded;
    const generated = whyGenerated(text);
    if (generated === undefined) matched.push({ path, text, bom, matches });
    else skipped.push({ path, reason: generated });
  }
  return { matched, failures, skipped };
}
