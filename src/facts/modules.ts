import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { jsonIn } from './json-text.ts';

/** Finds the source file that a specifier stands for; undefined for installed packages, built-ins and what is not there. */
export type ModuleResolver = (from: string, specifier: string) => string | undefined;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** Names of folders that hold what `src` is compiled to. */
const OUTPUT = /^(?:\.\/)?(?:dist|lib|build|out)\/(?:src\/|cjs\/|esm\/|es\/)?/;

interface PathMap {
  readonly baseUrl: string | undefined;
  /** Each pattern with absolute targets. */
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

interface Manifest {
  readonly name?: unknown;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly source?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly workspaces?: unknown;
}

/** Every path in the value of an `exports` or `imports` entry: conditions are alternatives. */
function targetsOf(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry];
  if (Array.isArray(entry)) return entry.flatMap(targetsOf);
  return typeof entry === 'object' && entry !== null ? Object.values(entry).flatMap(targetsOf) : [];
}

/** What `*` in `pattern` stands for in `text`; the empty text where both are equal; undefined where they do not match. */
function starOf(pattern: string, text: string): string | undefined {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === text ? '' : undefined;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
    ? text.slice(before.length, text.length - after.length)
    : undefined;
}

/** The targets of the entry of a map such as `exports` or `paths` that fits `name`. */
function mapped(map: unknown, name: string): string[] {
  if (typeof map !== 'object' || map === null || Array.isArray(map))
    return name === '.' ? targetsOf(map) : [];
  const entries = Object.entries(map);
  if (entries.every(([key]) => !/^[.#]/.test(key))) return name === '.' ? targetsOf(map) : [];
  return entries.flatMap(([pattern, entry]) => {
    const star = starOf(pattern, name);
    return star === undefined ? [] : targetsOf(entry).map((target) => target.replace('*', star));
  });
}

/** Where the source of a file that a package's manifest names may lie. */
const sourcesOf = (target: string): string[] => [
  target.replace(OUTPUT, 'src/'),
  target,
  join('src', target.replace(OUTPUT, '')),
  target.replace(OUTPUT, ''),
];

/**
 * A resolver of relative paths, of `paths` and `baseUrl` in the nearest tsconfig.json or jsconfig.json, of `#imports`, and
 * of packages of the same workspace, whose build output is led back to its source. With `declarations`, a module that has no
 * source but a `.d.ts` is found as that.
 */
export function createModuleResolver(
  readText: (path: string) => string | undefined,
  { declarations = false }: { readonly declarations?: boolean } = {},
): ModuleResolver {
  const present = new Map<string, boolean>();
  const exists = (path: string): boolean => {
    const known = present.get(path);
    if (known !== undefined) return known;
    const found = readText(path) !== undefined;
    present.set(path, found);
    return found;
  };
  const pathMaps = new Map<string, PathMap | undefined>();
  const packageFolders = new Map<string, ReadonlyMap<string, string>>();

  const asFile = (path: string): string | undefined => {
    const bare = path.replace(/\.([mc]?)jsx?$/, '');
    const candidates = [
      ...(/\.[mc]?[jt]sx?$/.test(path) ? [path] : []),
      ...EXTENSIONS.map((extension) => path + extension),
      ...(bare === path ? [] : EXTENSIONS.map((extension) => bare + extension)),
      ...EXTENSIONS.map((extension) => join(path, `index${extension}`)),
    ];
    const source = candidates.find((candidate) => !candidate.endsWith('.d.ts') && exists(candidate));
    if (source !== undefined || !declarations) return source;
    return [`${path}.d.ts`, `${bare}.d.ts`, join(path, 'index.d.ts')].find((candidate) => exists(candidate));
  };

  const readConfig = (path: string, seen: readonly string[]): PathMap | undefined => {
    const config = jsonIn(seen.includes(path) ? undefined : readText(path));
    if (config === undefined) return undefined;
    const options = (config.compilerOptions ?? {}) as { baseUrl?: unknown; paths?: unknown };
    const baseUrl = typeof options.baseUrl === 'string' ? resolve(dirname(path), options.baseUrl) : undefined;
    if (typeof options.paths === 'object' && options.paths !== null) {
      const root = baseUrl ?? dirname(path);
      const paths = Object.entries(options.paths).map(
        ([pattern, targets]) => [pattern, targetsOf(targets).map((target) => resolve(root, target))] as const,
      );
      return { baseUrl, paths };
    }
    const above = [config.extends].flat().flatMap((one) => {
      if (typeof one !== 'string' || !one.startsWith('.')) return [];
      const at = resolve(dirname(path), one);
      return readConfig(at.endsWith('.json') ? at : `${at}.json`, [...seen, path]) ?? [];
    });
    const last = above.at(-1);
    return { baseUrl: baseUrl ?? last?.baseUrl, paths: last?.paths ?? [] };
  };

  const pathMapOf = (folder: string): PathMap | undefined => {
    if (pathMaps.has(folder)) return pathMaps.get(folder);
    const own = ['tsconfig.json', 'jsconfig.json']
      .map((name) => readConfig(join(folder, name), []))
      .find(Boolean);
    const map = own ?? (dirname(folder) === folder ? undefined : pathMapOf(dirname(folder)));
    pathMaps.set(folder, map);
    return map;
  };

  const manifestOf = (folder: string): Manifest | undefined => jsonIn(readText(join(folder, 'package.json')));

  /** The topmost folder above `folder` that declares a workspace. */
  const workspaceOf = (folder: string): string | undefined => {
    let found: string | undefined;
    for (let at = folder; ; at = dirname(at)) {
      if (exists(join(at, 'pnpm-workspace.yaml')) || manifestOf(at)?.workspaces !== undefined) found = at;
      // What lies around a repository is no part of the project.
      if (existsSync(join(at, '.git'))) return found;
      if (dirname(at) === at) return found;
    }
  };

  /** The folders of all packages of a workspace, by name. Five levels deep at most; installed packages are not among them. */
  const packagesBelow = (root: string): ReadonlyMap<string, string> => {
    const known = packageFolders.get(root);
    if (known !== undefined) return known;
    const found = new Map<string, string>();
    const visit = (folder: string, depth: number): void => {
      const name = manifestOf(folder)?.name;
      if (typeof name === 'string' && !found.has(name)) found.set(name, folder);
      if (depth === 5) return;
      let entries;
      try {
        entries = readdirSync(folder, { withFileTypes: true });
      } catch {
        return; // A folder that cannot be read holds no package that could be followed.
      }
      for (const entry of entries) {
        if (!entry.isDirectory() || /^(?:node_modules|\..*|src|dist|test|tests|__tests__)$/.test(entry.name))
          continue;
        visit(join(folder, entry.name), depth + 1);
      }
    };
    visit(root, 0);
    packageFolders.set(root, found);
    return found;
  };

  /** For each folder and name the nearest folder from there upwards that has the package installed. */
  const holders = new Map<string, string | undefined>();
  const holderOf = (at: string, name: string): string | undefined => {
    const key = `${at}\0${name}`;
    if (holders.has(key)) return holders.get(key);
    const isTop = dirname(at) === at;
    const isHere = !isTop && exists(join(at, 'node_modules', name, 'package.json'));
    const holder = isHere ? at : isTop ? undefined : holderOf(dirname(at), name);
    holders.set(key, holder);
    return holder;
  };

  const workspaces = new Map<string, string | undefined>();

  const folderOfPackage = (from: string, name: string): string | undefined => {
    const folder = dirname(from);
    const holder = holderOf(folder, name);
    if (holder !== undefined) {
      const packages = join(holder, 'node_modules');
      const real = realpathSync(join(packages, name));
      // A package that lies in node_modules for good is source only for its neighbours there.
      const isSource = !real.split(sep).includes('node_modules') || from.startsWith(packages + sep);
      return isSource ? real : undefined;
    }
    if (!workspaces.has(folder)) workspaces.set(folder, workspaceOf(folder));
    const workspace = workspaces.get(folder);
    return workspace === undefined ? undefined : packagesBelow(workspace).get(name);
  };

  const inPackage = (folder: string, subpath: string): string | undefined => {
    const manifest = manifestOf(folder) ?? {};
    const named = mapped(manifest.exports, subpath);
    const entry =
      subpath === '.'
        ? [manifest.source, manifest.module, manifest.main].filter((one) => typeof one === 'string')
        : [subpath];
    return [...named, ...entry, ...(subpath === '.' ? ['src/index', 'index'] : [])]
      .flatMap(sourcesOf)
      .map((target) => asFile(resolve(folder, target)))
      .find((path) => path !== undefined);
  };

  const byPathMap = (from: string, specifier: string): string | undefined => {
    const map = pathMapOf(dirname(from));
    if (map === undefined) return undefined;
    const targets = map.paths.flatMap(([pattern, all]) => {
      const star = starOf(pattern, specifier);
      // `@/./pages` is `@/pages`: one file has one path.
      return star === undefined ? [] : all.map((target) => resolve(target.replace('*', () => star)));
    });
    if (map.baseUrl !== undefined) targets.push(resolve(map.baseUrl, specifier));
    return targets.map(asFile).find((path) => path !== undefined);
  };

  const find = (from: string, specifier: string): string | undefined => {
    if (specifier.startsWith('.')) return asFile(resolve(dirname(from), specifier));
    if (specifier.startsWith('/') || specifier.startsWith('node:')) return undefined;
    const mappedTo = byPathMap(from, specifier);
    if (mappedTo !== undefined) return mappedTo;
    if (specifier.startsWith('#')) {
      for (let at = dirname(from); ; at = dirname(at)) {
        const manifest = manifestOf(at);
        if (manifest !== undefined) {
          return mapped(manifest.imports, specifier)
            .map((target) => asFile(resolve(at, target)))
            .find((path) => path !== undefined);
        }
        if (dirname(at) === at) return undefined;
      }
    }
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
    const folder = folderOfPackage(from, name);
    return folder === undefined ? undefined : inPackage(folder, `.${specifier.slice(name.length)}`);
  };

  const answers = new Map<string, string | undefined>();
  return (from, specifier) => {
    // Whatever is not relative means the same to all files of a folder.
    const key = `${dirname(from)}\0${specifier}`;
    if (!answers.has(key)) answers.set(key, find(from, specifier));
    return answers.get(key);
  };
}

/** `path` as a person writes it who stands in `root`: with forward slashes. */
export const shownFrom = (root: string, path: string): string => relative(root, path).split(sep).join('/');
