import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG } from './catalog.ts';
import type { Plan, RunRequest } from './plan.ts';

/** Where plans are kept between runs, and for which build of this toolkit. */
export interface CacheRequest {
  /** Absolute path of a folder of our own; it is made when there is something to keep, and ignores itself. */
  readonly folder: string;
  /** Absolute path of this package: another state of its sources may answer otherwise. */
  readonly packageRoot: string;
}

/** The digest of each file that an answer was made from, or null for a path where there was none. */
export type Inputs = Map<string, string | null>;

interface Kept {
  readonly discovered: string;
  readonly inputs: readonly (readonly [path: string, digest: string | null])[];
  readonly plan: Plan;
}

/** How many plans a folder keeps: a project is run with few choices of transforms and levels. */
const MOST = 8;

/** The digest of a text. */
export const digestOf = (text: string): string => createHash('sha1').update(text).digest('base64');

/** The digest of the text of a file, or null where it cannot be read. */
export function digestOfFile(path: string): string | null {
  try {
    if (!statSync(path).isFile()) return null;
    return digestOf(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    return null; // There is none, or nobody may read it: the same answer as when the plan was made.
  }
}

/** A digest of the sources of this toolkit by name, size and time of change. */
function selfDigest(packageRoot: string): string {
  const files: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else {
        const { mtimeMs, size } = statSync(path);
        files.push(`${path} ${mtimeMs} ${size}`);
      }
    }
  };
  for (const name of ['src', 'transforms', 'dist']) {
    try {
      visit(join(packageRoot, name));
    } catch {
      // An installed package has no sources, a checkout may have no build.
    }
  }
  return digestOf(files.toSorted().join('\n'));
}

/** Whether an answer depends on nothing but files: our own transforms do, those of others may ask anybody. */
const isRepeatable = ({ transforms }: RunRequest): boolean =>
  transforms.every(
    ({ transform }) => Object.hasOwn(CATALOG, transform.id) && transform.inspectAsync === undefined,
  );

/** The plan of an earlier run that read the same files with the same request, and the means to keep a new one. */
export interface PlanCache {
  /** The kept plan, if every file that it was made from is as it was. */
  find(discovered: readonly string[]): Plan | undefined;
  /** Keeps a plan. What cannot be written is not kept; that is no failure of the run. */
  keep(discovered: readonly string[], inputs: Inputs, plan: Plan): void;
}

const NO_CACHE: PlanCache = { find: () => undefined, keep: () => undefined };

/** The plans that are kept in `at.folder`, for one request. */
export function planCache(at: CacheRequest | undefined, request: RunRequest): PlanCache {
  if (at === undefined || !isRepeatable(request)) return NO_CACHE;
  const { cwd, level, format, fileTimeLimit } = request;
  const chosen = request.transforms.map(({ transform, options }) => [transform.id, options]);
  const asked = JSON.stringify([
    selfDigest(at.packageRoot),
    cwd,
    level,
    format ?? true,
    fileTimeLimit ?? 0,
    chosen,
  ]);
  const path = join(at.folder, `plan-${createHash('sha1').update(asked).digest('hex').slice(0, 16)}.json`);
  return {
    find(discovered) {
      try {
        const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
        if (kept.discovered !== digestOf(discovered.join('\n'))) return undefined;
        return kept.inputs.every(([file, digest]) => digestOfFile(file) === digest) ? kept.plan : undefined;
      } catch {
        return undefined; // None was kept, or it is damaged: it is made anew.
      }
    },
    keep(discovered, inputs, plan) {
      const kept: Kept = { discovered: digestOf(discovered.join('\n')), inputs: [...inputs], plan };
      try {
        mkdirSync(at.folder, { recursive: true });
        writeFileSync(join(at.folder, '.gitignore'), '*\n');
        const temporary = `${path}.${process.pid}`;
        writeFileSync(temporary, JSON.stringify(kept));
        renameSync(temporary, path);
        forgetOldest(at.folder);
      } catch {
        // A folder that cannot be written to: the next run takes as long as this one.
      }
    },
  };
}

function forgetOldest(folder: string): void {
  const plans = readdirSync(folder)
    .filter((name) => /^plan-[0-9a-f]+\.json$/.test(name))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.time - a.time);
  for (const { path } of plans.slice(MOST)) rmSync(path, { force: true });
}
