import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
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
  /** Those that its own `package.json` names. */
  readonly ownDependencies: ReadonlySet<string>;
  /**
   * Absolute paths of the files that `bin` and `directories.bin` name. For one in a folder of build output the source
   * that it is compiled from is among them, where it is found.
   */
  readonly binaries: readonly string[];
  /** The ranges that it, or a workspace above it, asks for, by the name of the package: `^8.0.1`. */
  readonly ranges: ReadonlyMap<string, string>;
  /**
   * Absolute paths of the files that others import it by: `main`, `module` and `exports`, with the source that they are compiled from.
   */
  readonly entries: readonly string[];
  /** Whether it is never published, so that all who import it are of the same repository. */
  readonly isPrivate: boolean;
  /** Every source file of the package, absolute, sorted; nested packages left out. Lazy. */
  readonly files: () => readonly string[];
}

type Manifest = Readonly<Record<string, unknown>>;

const asRecord = (value: unknown): Manifest =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Manifest) : {};

/** What a package.json says; a broken one says nothing. */
function asManifest(text: string): Manifest {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The keys of a package.json that only tells how the files of a folder are to be loaded, and makes no package of it. */
const MARKS = new Set(['type', 'sideEffects', 'private', 'main', 'module', 'types', 'exports']);

const isMarker = (manifest: Manifest): boolean => {
  const keys = Object.keys(manifest);
  return keys.length > 0 && keys.every((key) => MARKS.has(key));
};

const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

const SOURCE = /\.[cm]?[jt]sx?$/;
const NO_SOURCE = /(\.d\.[cm]?ts|\.min\.[cm]?js)$/;
const OUTPUT_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  'dist',
  'build',
  'out',
  'coverage',
  'vendor',
  'third_party',
]);
const OUTPUT_PREFIX = /^(dist|build|out|lib)([\\/](cjs|esm|src))?[\\/]/;
const MAX_FILES = 20_000;

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** What is in a folder; nothing where it cannot be read. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The file that `bin` names, and where it is compiled, or has its extension left out, the source that is meant. */
function binaryFiles(root: string, named: string): readonly string[] {
  const relative = named.replace(/^\.[\\/]/, '');
  const stems = [relative, relative.replace(OUTPUT_PREFIX, 'src/'), relative.replace(OUTPUT_PREFIX, '')];
  const candidates = stems.flatMap((stem) => {
    const bare = stem.slice(0, stem.length - extname(stem).length);
    return [
      stem,
      ...['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs'].map((extension) => bare + extension),
    ];
  });
  const found = candidates.map((one) => resolve(root, one)).filter(isFile);
  return [resolve(root, named), ...found];
}

function binariesOf(root: string, manifest: Manifest): readonly string[] {
  const { bin } = manifest;
  const named = typeof bin === 'string' ? [bin] : Object.values(asRecord(bin));
  const found = named.flatMap((one) => (typeof one === 'string' ? binaryFiles(root, one) : []));
  const { bin: folder } = asRecord(manifest.directories);
  if (typeof folder === 'string') {
    const entries = entriesOf(resolve(root, folder)).filter((entry) => entry.isFile());
    found.push(...entries.map(({ name }) => resolve(root, folder, name)));
  }
  return [...new Set(found)].toSorted();
}

/** The paths in `exports`, whatever conditions they are under. */
const pathsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Object.values(asRecord(value)).flatMap(pathsIn);

function entriesOfPackage(root: string, manifest: Manifest): readonly string[] {
  const { main, module } = manifest;
  const named = [main, module, manifest.exports].flatMap(pathsIn).filter((one) => !one.includes('*'));
  const all = named.length === 0 ? ['index.js'] : named;
  return [...new Set(all.flatMap((one) => binaryFiles(root, one)))].filter(isFile).toSorted();
}

/** The source files below a package's folder: no installed packages, build output, hidden folders or nested packages. */
function sourceFilesOf(root: string, isPackage: (folder: string) => boolean): readonly string[] {
  const found: string[] = [];
  const ahead = [root];
  for (let folder = ahead.pop(); folder !== undefined && found.length < MAX_FILES; folder = ahead.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isSkipped = entry.name.startsWith('.') || OUTPUT_FOLDERS.has(entry.name);
        if (!isSkipped && !isPackage(path)) ahead.push(path);
      } else if (entry.isFile() && SOURCE.test(entry.name) && !NO_SOURCE.test(entry.name)) found.push(path);
    }
  }
  return found.slice(0, MAX_FILES).toSorted();
}

/**
 * The packages of the files of a run, each read once. A folder without any `package.json` above it belongs to `cwd`. Nothing
 * above the root of a git work tree is looked at.
 */
export function createPackageFacts(
  cwd: string,
  readText: (path: string) => string | undefined,
): (path: string) => PackageFact {
  const manifests = new Map<string, Manifest | undefined>();
  const packages = new Map<string, PackageFact>();
  const byFolder = new Map<string, PackageFact>();

  const manifestOf = (folder: string): Manifest | undefined => {
    if (manifests.has(folder)) return manifests.get(folder);
    const text = readText(join(folder, 'package.json'));
    const manifest = text === undefined ? undefined : asManifest(text);
    manifests.set(folder, manifest);
    return manifest;
  };
  const isPackage = (folder: string): boolean => {
    const manifest = manifestOf(folder);
    return manifest !== undefined && !isMarker(manifest);
  };

  /** The folder and those above it, up to the root of the git work tree or of the file system. */
  const upwards = (folder: string): readonly string[] => {
    const isTop = existsSync(join(folder, '.git')) || dirname(folder) === folder;
    return isTop ? [folder] : [folder, ...upwards(dirname(folder))];
  };

  const packageAt = (root: string, isModule: boolean, above: readonly string[]): PackageFact => {
    const key = `${String(isModule)} ${root}`;
    const known = packages.get(key);
    if (known !== undefined) return known;
    const manifest = manifestOf(root) ?? {};
    let files: readonly string[] | undefined;
    const fact: PackageFact = {
      root,
      name: typeof manifest.name === 'string' ? manifest.name : undefined,
      isModule,
      dependencies: new Set(
        [root, ...above]
          .map((folder) => manifestOf(folder) ?? {})
          .flatMap((one) => DEPENDENCIES.flatMap((field) => Object.keys(asRecord(one[field])))),
      ),
      ownDependencies: new Set(DEPENDENCIES.flatMap((field) => Object.keys(asRecord(manifest[field])))),
      ranges: new Map(
        [...above.toReversed(), root]
          .map((folder) => manifestOf(folder) ?? {})
          .flatMap((one) => DEPENDENCIES.flatMap((field) => Object.entries(asRecord(one[field]))))
          .filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
      binaries: binariesOf(root, manifest),
      entries: entriesOfPackage(root, manifest),
      isPrivate: manifest.private === true || typeof manifest.name !== 'string',
      files: () => (files ??= sourceFilesOf(root, isPackage)),
    };
    packages.set(key, fact);
    return fact;
  };

  return (path) => {
    const folder = dirname(path);
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const folders = upwards(folder);
    const nearest = folders.find((one) => manifestOf(one) !== undefined);
    const at = folders.findIndex(isPackage);
    const isModule = nearest !== undefined && manifestOf(nearest)?.type === 'module';
    const fact = packageAt(folders[at] ?? nearest ?? cwd, isModule, at === -1 ? [] : folders.slice(at + 1));
    byFolder.set(folder, fact);
    return fact;
  };
}
