import { readFileSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

export interface Settings {
  readonly theme: string;
}

const DEFAULTS: Settings = { theme: 'light' };

// What is returned in a `try` is awaited there, or nothing would be caught.
export async function settingsOf(path: string): Promise<Settings> {
  try {
    // safe: fs.readFileSync → await readFile
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return DEFAULTS;
  }
}

export async function textOr(path: string, otherwise: string): Promise<string> {
  try {
    // safe: fs.readFileSync → await readFile
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
}

// A caller may be the one who catches.
export async function sizeOf(path: string): Promise<number> {
  // safe: fs.statSync → await stat
  return (await stat(path)).size;
}

export async function sizeOrZero(path: string): Promise<number> {
  try {
    return await sizeOf(path);
  } catch {
    return 0;
  }
}

// Outside of a `try` its promise is returned as it is.
export async function text(path: string): Promise<string> {
  // safe: fs.readFileSync → readFile
  return readFile(path, 'utf8');
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
export async function textOfEither(path: string, other: string): Promise<string> {
  try {
    // safe: fs.readFileSync → await readFile
    return await readFile(path, 'utf8');
  } catch {
    // safe: fs.readFileSync → readFile
    return readFile(other, 'utf8');
  }
}

// But a `finally` waits for it.
export async function textOfSecond(path: string, other: string, log: string[]): Promise<string> {
  try {
    if (log.length > 2) throw new Error('too many');
    return path;
  } catch {
    // review: While it waits no other turn touches
    return await readFile(other, 'utf8');
  } finally {
    log.push('done');
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
