import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import ignore from 'ignore';
import { glob, isDynamicPattern } from 'tinyglobby';
import { listWithGit, workTreeOf } from './git-list.ts';
import { rulesFor } from './ignore-rules.ts';
import type { Failure } from './inspect.ts';
import { IGNORE_FILE, type Listing } from './listing.ts';
import { isNeverRead, isSource, NEVER, whyNoSource } from './source-names.ts';
import { walk } from './walk.ts';

/** What to look through. */
export interface DiscoverRequest {
  /** Absolute path; relative `paths` are relative to it. */
  readonly cwd: string;
  /** Files, folders or globs. None: the working directory. */
  readonly paths: readonly string[];
  /** Whether each of `paths` is a name and no glob, and what is no source among them is passed over: as in a list that a program made. */
  readonly isList?: boolean;
  /** Patterns as in an ignore file: only files that match one. */
  readonly include?: readonly string[];
  /** Patterns as in an ignore file: no files that match one. */
  readonly exclude?: readonly string[];
}

/** The files to read. */
export interface Discovered {
  /** Absolute real paths, sorted, each once. */
  readonly files: readonly string[];
  readonly failures: readonly Failure[];
  /** Arguments that do not exist or match nothing, as they were given. */
  readonly unmatched: readonly string[];
}

/** What an argument asks for. */
type Asked =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  /** Of what is searched in `folder` that which matches `pattern` in `base`. */
  | { readonly kind: 'glob'; readonly folder: string; readonly base: string; readonly pattern: string }
  | { readonly kind: 'failure'; readonly path: string; readonly reason: string }
  | { readonly kind: 'nothing' }
  /** It is there, and not asked for. */
  | { readonly kind: 'other' };

const CIRCLE = 'is a link that leads in a circle';

/** Whether `path` is `folder` or lies in it. */
function isIn(path: string, folder: string): boolean {
  const seen = relative(folder, path);
  return seen !== '..' && !seen.startsWith(`..${sep}`) && !isAbsolute(seen);
}

/**
 * A glob is seen from the folder before its first special character. The working directory is searched for it, so that it
 * does not bring back what a search leaves out.
 */
function asGlob(cwd: string, argument: string): Asked {
  const segments = argument.split('/');
  const special = segments.findIndex((segment) => /[*?{}[\]()!+@\\]/.test(segment));
  const fixed = segments.slice(0, Math.max(special, 0));
  const path = fixed.length === 0 ? cwd : resolve(cwd, `${fixed.join('/')}/`);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return { kind: 'nothing' };
  const base = realpathSync(path);
  const pattern = segments.slice(fixed.length).join('/');
  return { kind: 'glob', folder: isIn(base, cwd) ? cwd : base, base, pattern };
}

function asAsked(cwd: string, argument: string, isList: boolean): Asked {
  // `resolve` would take an empty argument, as of a shell variable that is not set, for the working directory.
  if (argument === '') return { kind: 'nothing' };
  const path = resolve(cwd, argument);
  try {
    const about = statSync(path, { throwIfNoEntry: false });
    if (about === undefined)
      return !isList && isDynamicPattern(argument) ? asGlob(cwd, argument) : { kind: 'nothing' };
    const real = realpathSync(path);
    if (about.isDirectory()) return { kind: 'folder', path: real };
    const reason = about.isFile() ? whyNoSource(real) : 'is neither a file nor a folder';
    if (isList && about.isFile() && reason !== undefined) return { kind: 'other' };
    return reason === undefined ? { kind: 'file', path: real } : { kind: 'failure', path, reason };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { kind: 'failure', path, reason: code === 'ELOOP' ? CIRCLE : `cannot be read: ${message}` };
  }
}

/** What one folder, with all below it, gives. */
interface Found {
  readonly files: readonly string[];
  readonly failures: readonly Failure[];
}

/** Where ignore files begin to count for what is in `folder`: at the work tree's top or the working directory, if that is higher. */
function rootOf(folder: string, cwd: string): string {
  const top = workTreeOf(folder);
  if (!isIn(folder, cwd)) return top ?? folder;
  return top === undefined || isIn(top, cwd) ? cwd : top;
}

/** Lists each of the folders: those of one git work tree with one question to git, all others by walking. */
async function listAll(folders: readonly string[], cwd: string): Promise<ReadonlyMap<string, Listing>> {
  const listings = new Map<string, Listing>();
  const tops = new Map<string | undefined, string[]>();
  for (const folder of new Set(folders)) {
    const top = workTreeOf(folder);
    tops.set(top, [...(tops.get(top) ?? []), folder]);
  }
  for (const [top, inside] of tops) {
    const listed = top === undefined ? undefined : await listWithGit(top, inside);
    for (const folder of inside) {
      // Git lists nothing of a folder that it ignores as a whole, but who names it means it.
      listings.set(folder, listed?.get(folder) ?? walk(folder, rootOf(folder, cwd)));
    }
  }
  return listings;
}

/** The source files in each of the folders, with those of the git repositories in them. */
async function search(folders: readonly string[], cwd: string): Promise<ReadonlyMap<string, Found>> {
  const listings = await listAll(folders, cwd);
  const nested = [...listings.values()].flatMap((listing) => listing.nested);
  // One that was never checked out is an empty folder of the work tree around it.
  const inNested =
    nested.length === 0
      ? undefined
      : await search(
          nested.filter((path) => workTreeOf(path) === path),
          cwd,
        );
  const found = new Map<string, Found>();
  for (const [folder, listing] of listings) {
    const root = rootOf(folder, cwd);
    const rules = rulesFor(folder, root, IGNORE_FILE);
    // Most projects have no such file: nothing is asked for each folder then.
    const isIgnored =
      listing.mayIgnore || rules.countIn(folder) ? (path: string) => rules.ignores(path) : () => false;
    const failures = [...listing.failures];
    const files = new Set(listing.files.filter((path) => !isIgnored(path)));
    for (const path of listing.links) {
      const file = isIgnored(path) ? undefined : targetOf(path, root, failures);
      if (file !== undefined) files.add(file);
    }
    for (const repository of listing.nested) {
      const inside = inNested?.get(repository);
      if (inside === undefined) continue;
      failures.push(...inside.failures);
      for (const path of inside.files) if (!isIgnored(path)) files.add(path);
    }
    found.set(folder, { files: [...files], failures });
  }
  return found;
}

/**
 * The file that the link at `path` leads to, if that is a source below `root` and no package manager put it there.
 * Links that lead nowhere are silent: editors make them to lock a file.
 */
function targetOf(path: string, root: string, failures: Failure[]): string | undefined {
  try {
    const real = realpathSync(path);
    const isOwn = isIn(real, root) && !relative(root, real).split(sep).some(isNeverRead);
    return isOwn && isSource(real) && statSync(real).isFile() ? real : undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') failures.push({ path, reason: CIRCLE });
    else if (code !== 'ENOENT') failures.push({ path, reason: `cannot be read: ${message}` });
    return undefined;
  }
}

/** The files that a glob matches, and those in the folders that it matches, whether or not they are wanted. */
async function matchesOf(base: string, pattern: string): Promise<ReadonlySet<string>> {
  const paths = await glob([pattern, `${pattern.replace(/\/+$/, '')}/**`], {
    cwd: base,
    absolute: true,
    dot: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: NEVER.map((name) => `**/${name}/**`),
  });
  return new Set(paths.map((path) => resolve(path)));
}

const NOTHING: Found = { files: [], failures: [] };

/** What one argument leads to, of what was found in the folders. */
async function answerTo(asked: Asked, found: ReadonlyMap<string, Found>): Promise<Found> {
  switch (asked.kind) {
    case 'nothing':
    case 'other':
      return NOTHING;
    case 'failure':
      return { files: [], failures: [{ path: asked.path, reason: asked.reason }] };
    case 'file':
      return { files: [asked.path], failures: [] };
    case 'folder':
      return found.get(asked.path) ?? NOTHING;
    case 'glob': {
      const matching = await matchesOf(asked.base, asked.pattern);
      const { files, failures } = found.get(asked.folder) ?? NOTHING;
      return {
        files: files.filter((path) => matching.has(path)),
        failures: failures.filter(({ path }) => isIn(path, asked.base)),
      };
    }
  }
}

/**
 * Lists the JavaScript and TypeScript sources that the arguments name, without declarations, minified files, packages and
 * build output (`isOwnSource` says by which names).
 *
 * Inside a git work tree git's own list is taken: what is tracked or not ignored, and on disk. Elsewhere a walk honours
 * nested `.gitignore` files, from the working directory or the named folder down. A `.hastenignore` file in any folder
 * takes more away, in the same syntax. A repository inside another, a submodule too, is searched by its own list.
 *
 * A file that is named is taken even if it is ignored, and a named folder is searched even if it is ignored or has the name
 * of a build's output; a glob brings nothing back. Folders that are links are not entered unless they are named. A file
 * that several arguments or links lead to is listed once, by its real path. `exclude` holds for whatever is named.
 *
 * Nothing is thrown for what is on disk: what cannot be read is in `failures`, and the rest goes on.
 */
export async function discover(request: DiscoverRequest): Promise<Discovered> {
  const cwd = realpathSync(request.cwd);
  const { paths: given, isList = false } = request;
  const whole = given.length === 0 && !isList ? ['.'] : given;
  const asked = whole.map((argument) => asAsked(cwd, argument, isList));
  const folders = asked.flatMap((one) =>
    one.kind === 'folder' ? [one.path] : one.kind === 'glob' ? [one.folder] : [],
  );
  const found = await search(folders, cwd);
  const isWanted = filterOf(cwd, request);

  const files = new Set<string>();
  const failures = new Map<string, Failure>();
  const unmatched: string[] = [];
  for (const [index, one] of asked.entries()) {
    const { files: listed, failures: failed } = await answerTo(one, found);
    const wanted = listed.filter(isWanted);
    for (const path of wanted) files.add(path);
    for (const failure of failed) failures.set(`${failure.path}\0${failure.reason}`, failure);
    const argument = given[index];
    if (argument === undefined || wanted.length > 0 || failed.length > 0) continue;
    // A list may have what the configuration excludes, and folders without any source.
    if (!isList || one.kind === 'nothing') unmatched.push(argument);
  }
  return { files: [...files].toSorted(), failures: [...failures.values()], unmatched };
}

/** Whether a file is included and not excluded. Patterns are seen from `cwd`; of a file outside it they say nothing. */
function filterOf(cwd: string, { include = [], exclude = [] }: DiscoverRequest): (path: string) => boolean {
  if (include.length === 0 && exclude.length === 0) return () => true;
  const included = ignore({ ignorecase: false }).add([...include]);
  const excluded = ignore({ ignorecase: false }).add([...exclude]);
  return (path) => {
    if (!isIn(path, cwd)) return include.length === 0;
    const name = relative(cwd, path).split(sep).join('/');
    return (include.length === 0 || included.ignores(name)) && !excluded.ignores(name);
  };
}
