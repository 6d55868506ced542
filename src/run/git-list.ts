import { execFile } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { IGNORE_FILE, notListed, type Listing } from './listing.ts';
import { hasRemarkableFolder, isOutput, isOwnSource, isSource, NEVER } from './source-names.ts';

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

/** Git's modes of what is no regular file. */
const LINK_MODE = '120000';
const REPOSITORY_MODE = '160000';

/** The top of the git work tree that `folder` lies in, by the `.git` in it. */
export function workTreeOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** What git writes when it is asked a question. */
export interface GitAnswer {
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of this process without what ties git to one repository: it finds the one that it stands in. */
export const gitEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_ONE_REPOSITORY.has(name)));

/** What git answers in the work tree at `top`; undefined where it is not installed, or does not trust the tree's owner. */
export async function askGit(top: string, words: readonly string[]): Promise<GitAnswer | undefined> {
  try {
    // English, for the warnings; without locks, as other git commands may be running.
    return await run('git', words, {
      cwd: top,
      env: { ...gitEnvironment(), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
      maxBuffer: Infinity,
    });
  } catch {
    return undefined;
  }
}

/** A source file, a link with the name of one, or another repository in git's list. */
interface Entry {
  /** With `/` in it, from the top of the work tree. */
  readonly name: string;
  readonly kind: 'file' | 'link' | 'repository';
  /** Whether one of its folders has a name that says something of what is in it. */
  readonly isRemarkable: boolean;
}

/** What git lists. */
interface Entries {
  readonly wanted: readonly Entry[];
  /** The folders named like a build's output that hold tracked sources: they are kept by hand. */
  readonly kept: ReadonlySet<string>;
}

/** The kind of what is at `path` on disk, if it is one that may be wanted. What cannot be asked is told when it is read. */
function kindOnDisk(path: string): Entry['kind'] | undefined {
  try {
    const about = lstatSync(path, { throwIfNoEntry: false });
    if (about?.isFile()) return 'file';
    return about?.isSymbolicLink() ? 'link' : undefined;
  } catch {
    return 'file';
  }
}

/** Notes every folder on the way to `name` that is named like a build's output. */
function noteKept(name: string, kept: Set<string>): void {
  const segments = name.split('/');
  for (const [index, segment] of segments.entries()) {
    if (isOutput(segment)) kept.add(segments.slice(0, index + 1).join('/'));
  }
}

/**
 * Reads git's list: `tag mode hash stage\tname` for what is tracked, again with the tag R where that is not found on disk, and
 * `? name` for what is not tracked, with a `/` at its end where it is a repository. A file with a merge conflict is listed
 * once for each side.
 */
function asEntries(top: string, lines: readonly string[]): Entries {
  const wanted = new Map<string, Entry>();
  const kept = new Set<string>();
  for (const line of lines) {
    const isTracked = !line.startsWith('? ');
    const isRepository = isTracked ? line.startsWith(REPOSITORY_MODE, 2) : line.endsWith('/');
    if (!isRepository && !isSource(line)) continue;
    const name = isTracked
      ? line.slice(line.indexOf('\t') + 1)
      : line.slice(2, isRepository ? -1 : undefined);
    const isFound = isTracked && !line.startsWith('R');
    const isLink = isFound && line.startsWith(LINK_MODE, 2);
    const onDisk = isFound ? (isLink ? 'link' : 'file') : kindOnDisk(join(top, name));
    const kind = isRepository ? 'repository' : onDisk;
    if (kind === undefined) {
      wanted.delete(name);
      continue;
    }
    const isRemarkable = hasRemarkableFolder(isRepository ? `${name}/` : name);
    wanted.set(name, { name, kind, isRemarkable });
    if (isTracked && isRemarkable) noteKept(name, kept);
  }
  return { wanted: [...wanted.values()], kept };
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
  // Git would list every file of a `node_modules` that nobody ignores.
  const excluded = NEVER.flatMap((name) => ['--exclude', name]);
  const wanted = ['--cached', '--deleted', '--others', '--exclude-standard', ...excluded];
  const words = ['--literal-pathspecs', 'ls-files', '-z', '-t', '--stage', ...wanted, '--'];
  if (!names.includes('')) words.push(...names);
  const output = await askGit(top, words);
  if (output === undefined) return undefined;
  const lines = output.stdout.split('\0').slice(0, -1);
  const entries = asEntries(top, lines);
  const failures = Array.from(output.stderr.matchAll(UNREADABLE), ([, name = '', reason = '']) =>
    notListed(resolve(top, name), reason),
  );
  const mayIgnore = output.stdout.includes(IGNORE_FILE);
  const listings = new Map<string, Listing>();
  for (const [index, folder] of folders.entries()) {
    const prefix = names[index] === '' ? '' : `${names[index]}/`;
    const inside = failures.filter(({ path }) => path === folder || path.startsWith(folder + sep));
    if (inside.length === 0 && !lines.some((line) => isBelow(line, prefix))) continue;
    listings.set(folder, { ...ownOf(top, prefix, entries), failures: inside, mayIgnore });
  }
  return listings;
}

/** Whether a line of git's list is of something below the folder whose name begins its name. */
const isBelow = (line: string, prefix: string): boolean =>
  line.startsWith(prefix, line.startsWith('? ') ? 2 : line.indexOf('\t') + 1);

/** What of `entries` is the project's own below the folder whose name, with a `/` at its end, is `prefix`. */
function ownOf(
  top: string,
  prefix: string,
  { wanted, kept }: Entries,
): Pick<Listing, 'files' | 'links' | 'nested'> {
  const files: string[] = [];
  const links: string[] = [];
  const nested: string[] = [];
  const to = { file: files, link: links, repository: nested };
  for (const { name, kind, isRemarkable } of wanted) {
    if (!name.startsWith(prefix)) continue;
    const seen = name.slice(prefix.length) + (kind === 'repository' ? '/' : '');
    const isOwn = !isRemarkable || isOwnSource(seen, (folder) => kept.has(prefix + folder));
    if (isOwn) to[kind].push(top + sep + name);
  }
  return { files, links, nested };
}
