import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAnsweredAlike, type Asked } from './asked.ts';
import { CATALOG } from './catalog.ts';
import type { ChosenTransform, Surroundings } from './inspect.ts';
import type { FileInspected } from './inspect-pool.ts';
import { keepFile } from './kept-files.ts';
import type { RunRequest } from './plan.ts';
import { selfDigest } from './self-digest.ts';

/** What was found in a file, in which text, and all that was asked for it beside the text. */
interface KeptFile {
  readonly text: string;
  readonly found: FileInspected;
  readonly asked: readonly Asked[];
}

/** How many choices of transforms and options are kept for a project. */
const MOST = 8;

/** In UTF-16 units: more than findings in a million lines take, and less than it takes longer to read than to find them again. */
const LARGEST = 128 * 1024 * 1024;

const digestOf = (text: string): string => createHash('sha1').update(text).digest('base64');

/** What was found in each file by its syntax alone, in earlier runs of the same transforms. */
export interface FindingsCache {
  /** What was found in a file that has `text`, if that is all that it was found in, and all that was asked is answered as it was. */
  find(path: string, text: string): FileInspected | undefined;
  /** Notes what was found; it is not kept where `asked` is not known, or a transform did not come to its end. */
  note(found: FileInspected, text: string, asked: readonly Asked[] | undefined): void;
  /** Keeps what was noted. What cannot be written is not kept; that is no failure of the run. */
  keep(): void;
}

/** The kept findings in a file of a cache, by path; none where there are none, or they are damaged. */
function readKept(path: string): Map<string, KeptFile> {
  try {
    const content = readFileSync(path, 'utf8');
    const end = content.indexOf('\n');
    const body = content.slice(end + 1);
    if (content.slice(0, end) !== digestOf(body)) return new Map();
    return new Map(JSON.parse(body) as (readonly [string, KeptFile])[]);
  } catch {
    return new Map();
  }
}

/** Whether what a transform finds in a file depends on that file and on what it asks: ours do, where no program is asked. */
const isForEach = (
  { transforms: requested, types }: RunRequest,
  transforms: readonly ChosenTransform[],
): boolean =>
  types === false &&
  requested.every(({ load }) => load !== undefined) &&
  transforms.every(
    ({ transform: { id, inspectProject, inspectAsync } }) =>
      Object.hasOwn(CATALOG, id) && inspectProject === undefined && inspectAsync === undefined,
  );

/** The findings of `transforms` that are kept where `request` says; undefined where nobody asks for a cache, or they could not be trusted. */
export function findingsCache(
  request: RunRequest,
  transforms: readonly ChosenTransform[],
  around: Surroundings,
): FindingsCache | undefined {
  const at = request.cache;
  if (at === undefined || !isForEach(request, transforms)) return undefined;
  const asked = JSON.stringify([
    selfDigest(at.packageRoot),
    process.version,
    request.cwd,
    around.root,
    transforms.map(({ transform, options }) => [transform.id, options]),
  ]);
  const name = `findings-${createHash('sha1').update(asked).digest('hex').slice(0, 16)}.json`;
  const before = readKept(join(at.folder, name));
  const kept = new Map<string, KeptFile>();
  const seen = new Set<string>();
  let isNew = false;
  return {
    find(path, text) {
      const known = before.get(path);
      seen.add(path);
      if (known?.text !== digestOf(text) || !isAnsweredAlike(known.asked, around.facts)) return undefined;
      kept.set(path, known);
      return known.found;
    },
    note(found, text, questions) {
      seen.add(found.path);
      if (questions === undefined || found.failures.some(({ transform }) => transform !== undefined)) return;
      kept.set(found.path, { text: digestOf(text), found, asked: questions });
      isNew = true;
    },
    keep() {
      if (!isNew) return;
      // A run of a part of the files leaves alone what was found in the others.
      for (const [path, one] of before) if (!seen.has(path) && existsSync(path)) kept.set(path, one);
      try {
        const body = JSON.stringify([...kept]);
        if (body.length <= LARGEST) keepFile(at.folder, name, `${digestOf(body)}\n${body}`, MOST);
      } catch {
        // A folder that cannot be written to: the next run takes as long as this one.
      }
    },
  };
}
