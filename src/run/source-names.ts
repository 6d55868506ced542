/** The extensions of the files that can be parsed. */
const EXTENSIONS = ['.js', '.jsx', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts'];

const KNOWN = /\.(?:[mc]?[jt]s|[jt]sx)$/i;
const TYPESCRIPT = /\.[mc]?tsx?$/i;

/** `a.d.ts`, and `a.d.css.ts`, which TypeScript takes for the declarations of `a.css`. */
const DECLARATION = /\.d\.(?:[mc]?ts|[^./]+\.ts)$/i;
const BUNDLE = /\.(?:min|bundle)\.[mc]?js$/i;

/** Folders that hold installed packages, code of others, or what a tool keeps for itself. Nothing in them is ever read. */
export const NEVER: readonly string[] = [
  'node_modules',
  'bower_components',
  'jspm_packages',
  'third_party',
  '.git',
  '.yarn',
  '.pnpm-store',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.astro',
  '.vercel',
  '.serverless',
  '.turbo',
  '.nx',
  '.cache',
  '.hasten',
];

/** A build's output even where it was committed, as the packages of many actions and libraries are. */
const COMMITTED_OUTPUT = 'dist';

/** Folders that are a build's output unless somebody keeps sources in them. */
const OUTPUT = new Set(['build', 'out', 'coverage']);

/** A folder of copied libraries, or the part of a shop that deals with its vendors. */
const VENDOR = 'vendor';

const never = new Set([...NEVER, COMMITTED_OUTPUT]);

/** Why a file of that name is not read; undefined where it is. */
export function whyNoSource(path: string): string | undefined {
  if (!KNOWN.test(path)) return `is no source file: it has none of the extensions ${EXTENSIONS.join(' ')}`;
  if (DECLARATION.test(path)) return 'is no source file: it only declares types';
  if (BUNDLE.test(path)) return 'is no source file: its name says that it is minified or bundled';
  return undefined;
}

/** Whether a file of that name is read. */
export const isSource = (path: string): boolean =>
  KNOWN.test(path) && !DECLARATION.test(path) && !BUNDLE.test(path);

/** Whether nothing in a folder of that name is ever read. */
export const isNeverRead = (folder: string): boolean => never.has(folder);

/** Whether a folder of that name is a build's output unless sources are known to be kept in it. */
export const isOutput = (folder: string): boolean => OUTPUT.has(folder);

const REMARKABLE = new RegExp(
  `(?:^|/)(?:${[...never, ...OUTPUT, VENDOR].map((name) => name.replaceAll('.', '\\.')).join('|')})/`,
);

/** Whether `path`, with `/` between its folders, has one whose name says something of what is in it. */
export const hasRemarkableFolder = (path: string): boolean => REMARKABLE.test(path);

/**
 * Whether the source file at `path`, as it is seen from the searched folder with `/` in it, is the project's own by the
 * names of its folders. In `node_modules` and its like, `third_party` and `dist` none is. In `vendor` only TypeScript is:
 * libraries are copied in as JavaScript, while the vendors of a shop are a module of its own. In `build`, `out` and
 * `coverage` one is where `isKept` says so of that folder, a path like `path`: many projects keep build scripts in `build`.
 */
export function isOwnSource(path: string, isKept: (folder: string) => boolean): boolean {
  if (!hasRemarkableFolder(path)) return true;
  const folders = path.split('/').slice(0, -1);
  return folders.every(
    (folder, index) =>
      !isNeverRead(folder) &&
      (!isOutput(folder) || isKept(folders.slice(0, index + 1).join('/'))) &&
      (folder !== VENDOR || TYPESCRIPT.test(path)),
  );
}
