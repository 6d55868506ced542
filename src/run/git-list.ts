import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Failure } from './inspect.ts';
import { notListed, type Listing } from './listing.ts';
import { isOutput, isOwnSource, isSource, NEVER } from './source-names.ts';

const run = promisify(execFile);

/** What a git hook sets for its own repository, which need not be the one that is listed. */
const OF_ONE_REPOSITORY = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_NAMESPACE',
]);

/** Git's mode of an entry that is another repository's commit. */
const REPOSITORY_MODE = '160000';

/** The top of the git work tree that `folder` lies in, by the `.git` in it. */
export function workTreeOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** One line of git's list. */
interface Entry {
  /** With `/` in it, from the top of the work tree. */
  readonly name: string;
  readonly isTracked: boolean;
  readonly isRepository: boolean;
}

/** `H mode hash stage\tname` for a tracked file, `? name` for an untracked one, with a `/` at the end of a repository. */
function asEntry(line: string): Entry {
  if (line.startsWith('? ')) {
    const isRepository = line.endsWith('/');
    return { name: line.slice(2, isRepository ? -1 : undefined), isTracked: false, isRepository };
  }
  return {
    name: line.slice(line.indexOf('\t') + 1),
    isTracked: true,
    isRepository: line.startsWith(REPOSITORY_MODE, 2),
  };
}

/** The folders named like a build's output that hold tracked sources: they are kept by hand. */
function keptFolders(entries: readonly Entry[]): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const { name, isTracked } of entries) {
    if (!isTracked || !isSource(name)) continue;
    const segments = name.split('/');
    for (let index = 0; index < segments.length - 1; index++) {
      if (isOutput(segments[index] ?? '')) kept.add(segments.slice(0, index + 1).join('/'));
    }
  }
  return kept;
}

const UNREADABLE = /could not open directory '(.*?)\/?': (.*)/g;

/**
 * Git's own list of what lies in `folders` of the work tree at `top`: tracked files, and untracked ones that are not
 * ignored. A folder that git lists nothing of, as one that is ignored as a whole, is not among the answers. Undefined where
 * git cannot say: it is not installed, or does not trust the owner of the work tree.
 */
export async function listWithGit(
  top: string,
  folders: readonly string[],
): Promise<ReadonlyMap<string, Listing> | undefined> {
  const names = folders.map((folder) => relative(top, folder).split(sep).join('/'));
  const words = [
    '--literal-pathspecs',
    ...['ls-files', '-z', '-t', '--stage', '--cached', '--others', '--exclude-standard'],
    // Git would list every file of a `node_modules` that nobody ignores.
    ...NEVER.flatMap((name) => ['--exclude', name]),
    ...['--', ...(names.includes('') ? [] : names)],
  ];
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !OF_ONE_REPOSITORY.has(name)),
  );
  let output;
  try {
    // English, for the warnings; without locks, as other git commands may be running.
    output = await run('git', words, {
      cwd: top,
      env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
      maxBuffer: Infinity,
    });
  } catch {
    return undefined;
  }
  const entries = output.stdout.split('\0').slice(0, -1).map(asEntry);
  const kept = keptFolders(entries);
  const failures = Array.from(output.stderr.matchAll(UNREADABLE), ([, name = '', reason = '']) =>
    notListed(resolve(top, name), reason),
  );
  return new Map(
    folders.flatMap((folder, index) => {
      const listing = listingOf(top, names[index] ?? '', entries, kept, failures);
      return listing === undefined ? [] : [[folder, listing]];
    }),
  );
}

/** What is wanted of `entries` below the folder `within`, a name like theirs. */
function listingOf(
  top: string,
  within: string,
  entries: readonly Entry[],
  kept: ReadonlySet<string>,
  unreadable: readonly Failure[],
): Listing | undefined {
  const prefix = within === '' ? '' : `${within}/`;
  const depth = prefix.split('/').length - 1;
  const below = entries.filter(({ name }) => name.startsWith(prefix));
  const folder = join(top, within);
  const failures = unreadable.filter(({ path }) => path === folder || path.startsWith(folder + sep));
  if (below.length === 0 && failures.length === 0) return undefined;
  const files: string[] = [];
  const nested: string[] = [];
  for (const { name, isRepository } of below) {
    if (!isRepository && !isSource(name)) continue;
    const segments = name.split('/');
    const isKept = (index: number): boolean => kept.has(segments.slice(0, depth + index + 1).join('/'));
    if (!isOwnSource(name, segments.slice(depth, -1), isKept)) continue;
    (isRepository ? nested : files).push(join(top, name));
  }
  return { files, nested, failures };
}
