import { readFileSync, rmSync, statSync } from 'node:fs';

export interface Settings {
  readonly theme: string;
}

const DEFAULTS: Settings = { theme: 'light' };

// What is returned in a `try` is awaited there, or nothing would be caught.
export function settingsOf(path: string): Settings {
  try {
    // safe: fs.readFileSync → await readFile
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return DEFAULTS;
  }
}

export function textOr(path: string, otherwise: string): string {
  try {
    // safe: fs.readFileSync → await readFile
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
}

// A caller may be the one who catches.
export function sizeOf(path: string): number {
  // safe: fs.statSync → await stat
  return statSync(path).size;
}

export function sizeOrZero(path: string): number {
  try {
    return sizeOf(path);
  } catch {
    return 0;
  }
}

// Outside of a `try` its promise is returned as it is.
export function text(path: string): string {
  // safe: fs.readFileSync → readFile
  return readFileSync(path, 'utf8');
}

// Each file is taken once, as long as nobody comes between.
export function textOnce(path: string): string {
  try {
    // report: the file `path` is looked at
    return readFileSync(path, 'utf8');
  } finally {
    // report: the file `path` is looked at
    rmSync(path, { force: true });
  }
}

// Nothing catches in a `catch`.
export function textOfEither(path: string, other: string): string {
  try {
    // safe: fs.readFileSync → await readFile
    return readFileSync(path, 'utf8');
  } catch {
    // safe: fs.readFileSync → readFile
    return readFileSync(other, 'utf8');
  }
}

// But a `finally` waits for it.
export function textOfSecond(path: string, other: string, log: string[]): string {
  try {
    if (log.length > 2) throw new Error('too many');
    return path;
  } catch {
    // review: While it waits no other turn touches
    return readFileSync(other, 'utf8');
  } finally {
    log.push('done');
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
