import { existsSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  asBaseline,
  baselineOf,
  baselineText,
  compareWith,
  NewerBaselineError,
  sizeOf,
  type Baseline,
  type Today,
} from '../run/baseline.ts';
import type { Plan } from '../run/plan.ts';
import { JsonError, parseLocatedJson } from './json.ts';
import { BaselineError, UsageError } from '../errors.ts';

/** The name of a baseline where nobody gives it another one. */
export const BASELINE_NAME = 'hasten.baseline.json';

/** Which baseline is used. */
export interface BaselineChoice {
  /** A path, or false for none. */
  readonly baseline?: string | false | undefined;
  /** A path, or nothing for the usual one. */
  readonly writeBaseline?: string | undefined;
}

/** What a check says of its baseline. */
export interface BaselineUse {
  /** Absolute path. */
  readonly path: string;
  /** How many of the findings it has. */
  readonly known: number;
  /** How many of those that it has are gone. */
  readonly fixed: number;
  /** How many it has, where it was written. */
  readonly written?: number;
}

/** What a baseline is used for. */
export interface BaselineRequest {
  readonly plan: Plan;
  /** The folder where a baseline is looked for. */
  readonly folder: string;
  readonly cwd: string;
  /** The paths that were typed. */
  readonly paths: readonly string[];
  readonly textOf: (path: string) => string;
}

const hasConflict = (text: string): boolean => /^(?:<{7}|={7}|>{7})(?: |$)/m.test(text);

/**
 * Reads a baseline.
 * @throws {UsageError} which names the file and what is wrong with it.
 * @throws {BaselineError} where a newer version wrote it.
 */
function readBaseline(path: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`The baseline ${path} cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  try {
    return asBaseline(parseLocatedJson(text).value);
  } catch (error) {
    if (error instanceof NewerBaselineError)
      throw new BaselineError(`${path}: ${error.message}. Update hasten, or use the one that wrote it.`, {
        cause: error,
      });
    if (!(error instanceof JsonError) && !(error instanceof TypeError)) throw error;
    const place = error instanceof JsonError ? `${path}:${error.line}` : path;
    const todo = hasConflict(text)
      ? 'It has marks of a merge: keep the lines of both sides.'
      : 'Put it right, or delete it and write it anew with --write-baseline.';
    throw new UsageError(`${place}: this is no baseline: ${error.message}. ${todo}`, { cause: error });
  }
}

/** The path that was typed behind `--write-baseline`, which may have been meant as one to check. */
function checkedTarget(typed: string, cwd: string): string {
  const path = resolve(cwd, typed);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!typed.endsWith('.json') || isFolder)
    throw new UsageError(
      `--write-baseline ${typed}: a baseline is a .json file. To check ${typed}, write it before: hasten check ${typed} --write-baseline`,
    );
  return path;
}

/** Writes beside the file and renames, so that nobody reads a part; a file that is the same already is left alone. */
function writeWhole(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    throw new BaselineError(`The baseline ${path} cannot be written: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

/** Whether one of `paths` is `folder` or above it. */
const holds = (paths: readonly string[], cwd: string, folder: string): boolean =>
  paths.some((path) => {
    const named = resolve(cwd, path);
    if (!existsSync(named)) return false;
    const seen = relative(realpathSync(named), folder);
    return seen !== '..' && !seen.startsWith(`..${sep}`);
  });

/**
 * Writes or reads the baseline that was asked for, or the usual one where it is there, and tells which findings it has. Without one the plan
 * comes back as it is.
 * @throws as `readBaseline`, and where a path that was typed is none for a baseline.
 */
export function withBaseline(
  { plan, folder, cwd, paths, textOf }: BaselineRequest,
  typed: BaselineChoice,
): { readonly plan: Plan; readonly use: BaselineUse | undefined } {
  const isWritten = typed.writeBaseline !== undefined;
  if (isWritten && typed.baseline !== undefined)
    throw new UsageError('--write-baseline goes alone: name the file behind it.');
  const usual = join(folder, BASELINE_NAME);
  let path = usual;
  if (typed.writeBaseline !== undefined && typed.writeBaseline !== '')
    path = checkedTarget(typed.writeBaseline, cwd);
  else if (typeof typed.baseline === 'string') path = resolve(cwd, typed.baseline);
  // Where no file was looked at, nothing can be said of known findings.
  if (typed.baseline === false || plan.files.scanned === 0) return { plan, use: undefined };
  if (!existsSync(dirname(path))) throw new UsageError(`The folder of the baseline ${path} does not exist.`);
  if (!existsSync(path) && !isWritten) {
    if (path === usual) return { plan, use: undefined };
    throw new UsageError(
      `The baseline ${path} does not exist. To write it: hasten check --write-baseline ${path}`,
    );
  }
  const old = existsSync(path) ? readBaseline(path) : new Map<string, never>();
  const home = realpathSync(dirname(path));
  const today: Today = { plan, folder: home, isWhole: holds(paths, cwd, home), textOf };
  const made = isWritten ? baselineOf(today, old) : undefined;
  if (made !== undefined) writeWhole(path, baselineText(made));
  const { findings, known, fixed } = compareWith(made ?? old, today);
  const written = made === undefined ? {} : { written: sizeOf(made) };
  return { plan: { ...plan, findings }, use: { path, known, fixed, ...written } };
}
