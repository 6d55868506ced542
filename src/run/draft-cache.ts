import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG } from './catalog.ts';
import type { Discovered } from './discover.ts';
import type { Draft, MadeDraft } from './draft.ts';
import { todayOf } from './days.ts';
import { keepFile } from './kept-files.ts';
import type { RunRequest } from './plan.ts';
import { selfDigest } from './self-digest.ts';

/** Where drafts and findings are kept between runs, and for which build of this toolkit. */
export interface CacheRequest {
  /** Absolute path of a folder of our own; it is made when there is something to keep, and ignores itself. */
  readonly folder: string;
  /** Absolute path of this package: another state of its sources may answer otherwise. */
  readonly packageRoot: string;
}

/** Digests by path; null for a path where there is no file, or none that may be read. */
type Digests = readonly (readonly [path: string, digest: string | null])[];

interface Kept {
  /** The files of the run, byte order marks included. */
  readonly files: Digests;
  /** What facts were read from besides, without byte order marks. */
  readonly asked: Digests;
  /** The first and the last day, null for none, on which ignore comments say the same; left out where no comment has a date. */
  readonly days?: readonly [from: string, through: string | null];
  readonly draft: Draft;
}

/** How many drafts a folder keeps: a project is run with few choices of transforms and levels. */
const MOST = 8;

const digestOf = (content: string | Buffer): string => createHash('sha1').update(content).digest('base64');

/** The content of a file, or null where there is none to be had: the same answer as when the draft was made. */
function contentOf(path: string): Buffer | null {
  try {
    return statSync(path).isFile() ? readFileSync(path) : null;
  } catch {
    return null;
  }
}

const digestOfFile = (path: string): string | null => {
  const content = contentOf(path);
  return content === null ? null : digestOf(content);
};

const digestOfText = (path: string): string | null => {
  const content = contentOf(path);
  return content === null ? null : digestOf(content.toString('utf8').replace(/^\uFEFF/, ''));
};

/** Whether an answer depends on nothing but files: our own transforms do, those of others may ask anybody. */
const isRepeatable = ({ transforms }: RunRequest): boolean =>
  transforms.every(
    ({ transform }) => Object.hasOwn(CATALOG, transform.id) && transform.inspectAsync === undefined,
  );

/** The draft of an earlier run that read the same files with the same request, and the means to keep a new one. */
export interface DraftCache {
  /** The kept draft, if every file that it was made from is as it was. */
  find(): Draft | undefined;
  /** Keeps a draft. What cannot be written is not kept; that is no failure of the run. */
  keep(made: MadeDraft): void;
}

/** Nothing is kept. */
export const NO_CACHE: DraftCache = { find: () => undefined, keep: () => undefined };

/** The digests of the files of a run as they were read; undefined where one was changed since `started`. */
function digestsOf(
  { files }: Discovered,
  sources: ReadonlyMap<string, string>,
  started: number,
): Digests | undefined {
  const digests: [string, string | null][] = [];
  for (const path of files) {
    const text = sources.get(path);
    if (text === undefined && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= started)
      return undefined;
    digests.push([path, text === undefined ? digestOfFile(path) : digestOf(text)]);
  }
  return digests;
}

/** Whether ignore comments say on the day `today` what they said when a draft was made. */
const isGoodOn = (today: string, days: Kept['days']): boolean =>
  days === undefined || (days[0] <= today && (days[1] === null || today <= days[1]));

/** The drafts that are kept where `request` says, for what it asks about the files in `discovered`. */
export function draftCache(request: RunRequest, discovered: Discovered): DraftCache {
  const at = request.cache;
  if (at === undefined || !isRepeatable(request)) return NO_CACHE;
  const started = Date.now();
  const asked = JSON.stringify([
    selfDigest(at.packageRoot),
    request.cwd,
    request.level,
    request.fileTimeLimit ?? 0,
    request.verifyTypes !== false,
    request.types !== false,
    request.removeUnusedIgnores === true,
    request.transforms.map(({ transform, options }) => [transform.id, options]),
    request.paths,
    request.isList === true,
    discovered,
  ]);
  const name = `draft-${createHash('sha1').update(asked).digest('hex').slice(0, 16)}.json`;
  const path = join(at.folder, name);
  return {
    find() {
      try {
        const { files, asked: others, days, draft } = JSON.parse(readFileSync(path, 'utf8')) as Kept;
        const isSame =
          isGoodOn(todayOf(request), days) &&
          files.every(([file, digest]) => digestOfFile(file) === digest) &&
          others.every(([file, digest]) => digestOfText(file) === digest);
        return isSame ? draft : undefined;
      } catch {
        return undefined; // None was kept, or it is damaged: it is made anew.
      }
    },
    keep(made) {
      if (!made.isRepeatable) return;
      try {
        const files = digestsOf(discovered, made.sources, started);
        if (files === undefined) return;
        const others = [...made.asked].map(
          ([file, text]) => [file, text === undefined ? null : digestOf(text)] as const,
        );
        const days =
          made.days === undefined ? {} : { days: [made.days.from, made.days.through ?? null] as const };
        const kept: Kept = { files, asked: others, ...days, draft: made.draft };
        keepFile(at.folder, name, JSON.stringify(kept), MOST);
      } catch {
        // A folder that cannot be written to: the next run takes as long as this one.
      }
    },
  };
}
