import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';

/** A package: a folder with a `package.json`. */
export interface PackageFact {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly name: string | undefined;
  /** Whether `.js` files in it are ES modules. */
  readonly isModule: boolean;
  /** Names in dependencies, devDependencies, peerDependencies and optionalDependencies, its own and (in a workspace) its parents'. */
  readonly dependencies: ReadonlySet<string>;
  /** Absolute paths (without regard to build output) of the files that `bin` names. */
  readonly binaries: readonly string[];
  /** Every source file of the package, absolute, sorted; nested packages left out. Lazy. */
  readonly files: () => readonly string[];
}

/** A manifest as it may be: nobody checked it. */
type Manifest = Readonly<Record<string, unknown>>;

const MANIFEST = 'package.json';
const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const SOURCE = new Set(['.js', '.jsx', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts']);
const NOT_SOURCES = new Set(['node_modules', 'bower_components', 'dist', 'build', 'out', 'coverage', 'vendor', 'third_party']);

/** A package has rarely more source files; looking through more would take longer than the answers are worth. */
const MOST_FILES = 20_000;

const isRecord = (value: unknown): value is Manifest => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The manifest in `folder`: empty where it is broken, undefined where there is none. */
function manifestIn(folder: string): Manifest | undefined {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return undefined;
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return isRecord(manifest) ? manifest : {};
  } catch {
    return {};
  }
}

function dependenciesOf(manifest: Manifest): readonly string[] {
  return DEPENDENCIES.flatMap((field) => {
    const listed = manifest[field];
    return isRecord(listed) ? Object.keys(listed) : [];
  });
}

function binariesOf(root: string, { bin }: Manifest): readonly string[] {
  const named = typeof bin === 'string' ? [bin] : isRecord(bin) ? Object.values(bin) : [];
  return named.filter((one) => typeof one === 'string').map((one) => resolve(root, one));
}

/** The source files below `folder`, those of nested packages left out. */
function sourcesBelow(folder: string, found: string[] = []): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return found; // A folder that cannot be listed has nothing that could be told.
  }
  for (const entry of entries) {
    if (found.length >= MOST_FILES) break;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const isLeftOut = NOT_SOURCES.has(entry.name) || entry.name.startsWith('.') || existsSync(join(path, MANIFEST));
      if (!isLeftOut) sourcesBelow(path, found);
    } else if (entry.isFile() && SOURCE.has(extname(entry.name)) && !/\.d\.[mc]?ts$/.test(entry.name)) found.push(path);
  }
  return found;
}

function packageAt(root: string, manifest: Manifest): PackageFact {
  const dependencies = new Set(dependenciesOf(manifest));
  // What a workspace's root depends on can be imported by all of its packages.
  for (let folder = root; !existsSync(join(folder, '.git')) && folder !== dirname(folder);) {
    folder = dirname(folder);
    for (const name of dependenciesOf(manifestIn(folder) ?? {})) dependencies.add(name);
  }
  let files: readonly string[] | undefined;
  return {
    root,
    name: typeof manifest.name === 'string' ? manifest.name : undefined,
    isModule: manifest.type === 'module',
    dependencies,
    binaries: binariesOf(root, manifest),
    files: () => (files ??= sourcesBelow(root).toSorted()),
  };
}

/**
 * Answers which package a file belongs to: its nearest `package.json` upwards, else the folder `fallback`. A broken
 * manifest counts as an empty one. Answers are kept.
 */
export function createPackageFacts(fallback: string): (path: string) => PackageFact {
  const byFolder = new Map<string, PackageFact>();
  const packageIn = (folder: string): PackageFact => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const manifest = manifestIn(folder);
    const isTop = folder === dirname(folder);
    const fact = manifest !== undefined ? packageAt(folder, manifest) : isTop ? packageAt(fallback, {}) : packageIn(dirname(folder));
    byFolder.set(folder, fact);
    return fact;
  };
  return (path) => packageIn(dirname(path));
}
