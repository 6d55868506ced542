import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import ignore, { type Ignore } from 'ignore';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { Failure } from './inspect.ts';

const run = promisify(execFile);

/** What to look through. */
export interface DiscoverRequest {
  /** Absolute path; relative `paths` are relative to it. */
  readonly cwd: string;
  /** Files, folders or globs. */
  readonly paths: readonly string[];
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
  /** Arguments that do not exist or match nothing. */
  readonly unmatched: readonly string[];
}

const EXTENSIONS = new Set(['.js', '.jsx', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts']);
const NOT_SOURCE = /\.d\.[mc]?ts$|\.d\.[^./]+\.ts$|[.-]min\.[mc]?js$|\.bundle\.[mc]?js$/;

/** Folders that hold other people's code or a build's output, whatever git says of them. */
const NEVER = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.git',
  '.yarn',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.turbo',
  '.cache',
  '.hasten',
]);

/** Folders that are a build's output unless git tracks them: some projects keep sources in a folder named `build`. */
const OUTPUT = new Set(['dist', 'build', 'out', 'coverage', 'vendor', 'third_party']);

const isSource = (path: string): boolean =>
  EXTENSIONS.has(extname(path).toLowerCase()) && !NOT_SOURCE.test(path);
const foldersOf = (path: string): readonly string[] => path.split('/').slice(0, -1);

/** Whether a file below a searched folder is meant to be read. In a git work tree only `dist` counts as output: it is never a source. */
function isWanted(path: string, isTracked: boolean): boolean {
  if (!isSource(path)) return false;
  const folders = foldersOf(path);
  return !folders.some((folder) => NEVER.has(folder) || (isTracked ? folder === 'dist' : OUTPUT.has(folder)));
}

/** What git prints in `folder`; undefined where it fails, as outside a work tree. */
async function git(folder: string, ...words: readonly string[]): Promise<string | undefined> {
  try {
    return (await run('git', words, { cwd: folder, maxBuffer: 2 ** 30 })).stdout;
  } catch {
    return undefined;
  }
}

/** The file mode by which git marks a symbolic link. */
const LINK_MODE = '120000';

/** A file below a searched folder, absolute. */
interface Listed {
  readonly path: string;
  readonly isLink: boolean;
}

const linesOf = (text: string): readonly string[] => text.split('\0').filter((line) => line !== '');

/** A git work tree's own list of the files below a folder. */
interface WorkTree {
  readonly top: string;
  /** Tracked files, and untracked ones that are not ignored. */
  readonly listed: readonly Listed[];
}

/** Git's own list of the files below `folder`; undefined outside a work tree. */
async function listWithGit(folder: string): Promise<WorkTree | undefined> {
  const [top, tracked, others] = await Promise.all([
    git(folder, 'rev-parse', '--show-toplevel'),
    git(folder, 'ls-files', '-z', '--cached', '--stage'),
    git(folder, 'ls-files', '-z', '--others', '--exclude-standard'),
  ]);
  if (top === undefined || tracked === undefined || others === undefined) return undefined;
  const isLinkOnDisk = (name: string): boolean =>
    lstatSync(join(folder, name), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  const listed = [
    // A tracked file is listed as `mode hash stage\tname`, once for each side of a merge conflict.
    ...linesOf(tracked).map((line) => ({
      name: line.slice(line.indexOf('\t') + 1),
      isLink: line.startsWith(LINK_MODE),
    })),
    ...linesOf(others).map((name) => ({ name, isLink: isLinkOnDisk(name) })),
  ];
  return {
    top: top.replace(/\n$/, ''),
    listed: listed
      .filter(({ name }) => isWanted(name, true))
      .map((one) => ({ path: join(folder, one.name), isLink: one.isLink })),
  };
}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The ignore file in `folder`, if there is one. */
async function ignoreFileOf(folder: string, name: string): Promise<IgnoreFile | undefined> {
  try {
    return { folder, rules: ignore().add(await readFile(join(folder, name), 'utf8')) };
  } catch {
    return undefined;
  }
}

/** Whether the nearest ignore file that says anything of `path` ignores it, as git decides. */
function isIgnored(path: string, isFolder: boolean, files: readonly IgnoreFile[]): boolean {
  for (const { folder, rules } of files.toReversed()) {
    const { ignored, unignored } = rules.test(
      relative(folder, path).split(sep).join('/') + (isFolder ? '/' : ''),
    );
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** Walks a folder outside git. Folders that are links are not followed, so a loop cannot be entered. */
async function walk(folder: string, ignores: readonly IgnoreFile[], failures: Failure[]): Promise<Listed[]> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    failures.push({ path: folder, reason: `cannot be listed: ${(error as Error).message}` });
    return [];
  }
  const here = await Promise.all(['.gitignore', '.hastenignore'].map((name) => ignoreFileOf(folder, name)));
  const all = [...ignores, ...here.filter((file) => file !== undefined)];
  const found: Listed[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isIgnored(path, entry.isDirectory(), all)) continue;
    if (entry.isDirectory()) {
      if (!NEVER.has(entry.name) && !OUTPUT.has(entry.name)) found.push(...(await walk(path, all, failures)));
    } else if (isSource(entry.name)) found.push({ path, isLink: entry.isSymbolicLink() });
  }
  return found;
}

/** The wanted files below `folder`, links led to their files. */
async function filesBelow(folder: string, failures: Failure[]): Promise<readonly string[]> {
  const workTree = await listWithGit(folder);
  let listed: readonly Listed[];
  if (workTree === undefined) listed = await walk(folder, [], failures);
  else {
    const own = await ignoreFileOf(workTree.top, '.hastenignore');
    listed = workTree.listed.filter(({ path }) => own === undefined || !isIgnored(path, false, [own]));
  }
  const real = await Promise.all(
    listed.map(({ path, isLink }) => (isLink ? realFile(path, failures) : path)),
  );
  return real.filter((path) => path !== undefined);
}

/** The file that a link leads to; undefined for a folder. A link that leads nowhere or in a circle is a failure. */
async function realFile(path: string, failures: Failure[]): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isFile() ? real : undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'ELOOP'
        ? 'is a link that leads in a circle'
        : code === 'ENOENT'
          ? 'is a link that leads nowhere'
          : `cannot be read: ${message}`;
    failures.push({ path, reason: why });
    return undefined;
  }
}

/**
 * Lists the source files that the arguments name: JavaScript and TypeScript, without declarations, minified files,
 * `node_modules` and build output. In a git work tree git's own list is taken, so ignored files are out; elsewhere
 * nested `.gitignore` files say so. A `.hastenignore` file (same syntax) counts in both. A file that is named itself is
 * taken even if it is ignored. A file that several arguments or links lead to is listed once.
 */
export async function discover({
  cwd,
  paths,
  include = [],
  exclude = [],
}: DiscoverRequest): Promise<Discovered> {
  const failures: Failure[] = [];
  const unmatched: string[] = [];
  const found = new Set<string>();
  const named = new Set<string>();
  for (const argument of paths.length === 0 ? ['.'] : paths) {
    const path = resolve(cwd, argument);
    const about = await stat(path).catch(() => undefined);
    if (about?.isDirectory()) {
      for (const file of await filesBelow(await realpath(path), failures)) found.add(file);
    } else if (about?.isFile()) {
      if (isSource(path)) named.add(await realpath(path));
      else
        failures.push({
          path,
          reason: `is no source file: ${basename(path)} has none of the extensions ${[...EXTENSIONS].join(' ')}`,
        });
    } else if (isDynamicPattern(argument)) {
      const matches = await glob(argument, {
        cwd,
        absolute: true,
        dot: true,
        followSymbolicLinks: false,
        ignore: ['**/node_modules/**'],
      });
      const kept = await keptByFolders(matches.filter(isSource), cwd, failures);
      if (kept.length === 0) unmatched.push(argument);
      for (const file of kept) found.add(file);
    } else unmatched.push(argument);
  }
  const only = ignore().add([...include]);
  const never = ignore().add([...exclude]);
  const isAsked = (path: string): boolean => {
    const name = relative(cwd, path).split(sep).join('/');
    if (name.startsWith('..')) return include.length === 0;
    return (include.length === 0 || only.ignores(name)) && !never.ignores(name);
  };
  const files = [...new Set([...found, ...named])].filter(isAsked);
  return { files: files.toSorted(), failures, unmatched };
}

/** Those of the files that a glob matches which a listing of their folder names too: a glob does not bring back ignored files. */
async function keptByFolders(
  matches: readonly string[],
  cwd: string,
  failures: Failure[],
): Promise<readonly string[]> {
  if (matches.length === 0) return [];
  const top = matches.every((path) => !relative(cwd, path).startsWith('..')) ? cwd : commonFolder(matches);
  const listed = new Set(await filesBelow(await realpath(top), failures));
  const real = await Promise.all(matches.map((path) => realpath(resolve(path)).catch(() => path)));
  return real.filter((path) => listed.has(path));
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? '/');
  while (!paths.every((path) => path.startsWith(folder + sep) || folder === dirname(folder)))
    folder = dirname(folder);
  return folder;
}
