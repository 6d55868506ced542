import { extname } from 'node:path';

/** The extensions of the files that can be parsed. */
export const EXTENSIONS: readonly string[] = ['.js', '.jsx', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts'];

const KNOWN = new Set(EXTENSIONS);
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
  if (!KNOWN.has(extname(path).toLowerCase()))
    return `is no source file: it has none of the extensions ${EXTENSIONS.join(' ')}`;
  if (DECLARATION.test(path)) return 'is no source file: it only declares types';
  if (BUNDLE.test(path)) return 'is no source file: its name says that it is minified or bundled';
  return undefined;
}

/** Whether a file of that name is read. */
export const isSource = (path: string): boolean => whyNoSource(path) === undefined;

/** Whether nothing in a folder of that name is ever read. */
export const isNeverRead = (folder: string): boolean => never.has(folder);

/** Whether a folder of that name is a build's output unless sources are known to be kept in it. */
export const isOutput = (folder: string): boolean => OUTPUT.has(folder);

/**
 * Whether a source file is the project's own, by the names of the `folders` between the searched folder and the file.
 * In `node_modules` and its like, `third_party` and `dist` none is. In `vendor` only TypeScript is: libraries are copied in
 * as JavaScript, while the vendors of a shop are a module of its own. In `build`, `out` and `coverage` one is where `isKept`
 * says so of the folder with that index: many projects keep their build scripts in `build`.
 */
export function isOwnSource(
  name: string,
  folders: readonly string[],
  isKept: (index: number) => boolean,
): boolean {
  return folders.every(
    (folder, index) =>
      !isNeverRead(folder) &&
      (!isOutput(folder) || isKept(index)) &&
      (folder !== VENDOR || TYPESCRIPT.test(name)),
  );
}
