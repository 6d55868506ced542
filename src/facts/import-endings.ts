import { dirname, isAbsolute, join, resolve } from 'node:path';
import { jsonIn } from './json-text.ts';

type ReadText = (path: string) => string | undefined;

/** What a tsconfig.json says of modules, in lower case as TypeScript reads it. */
interface ModuleOptions {
  readonly module?: string;
  readonly moduleResolution?: string;
}

/** How far configs are followed that refer to others: a config that leads back to itself ends somewhere. */
const DEEPEST = 12;

const as = (name: keyof ModuleOptions, value: unknown): ModuleOptions =>
  typeof value === 'string' ? { [name]: value.toLowerCase() } : {};

const candidates = (path: string): string[] => [path, `${path}.json`, join(path, 'tsconfig.json')];

/** The config that `extends` names: a file, or one in an installed package. */
function extendedFrom(name: string, folder: string, readText: ReadText): string | undefined {
  const isThere = (path: string): boolean => readText(path) !== undefined;
  if (name.startsWith('.') || isAbsolute(name)) return candidates(resolve(folder, name)).find(isThere);
  for (let at = folder; ; at = dirname(at)) {
    const found = candidates(join(at, 'node_modules', name)).find(isThere);
    if (found !== undefined || dirname(at) === at) return found;
  }
}

/** The options of a config; one that only refers to others has those of the first. */
function optionsIn(path: string, readText: ReadText, depth: number): ModuleOptions {
  const config = depth > DEEPEST ? undefined : jsonIn(readText(path));
  if (config === undefined) return {};
  const folder = dirname(path);
  const { files, references, compilerOptions } = config;
  const [first] = Array.isArray(references) ? (references as readonly { readonly path?: unknown }[]) : [];
  if (Array.isArray(files) && files.length === 0 && typeof first?.path === 'string') {
    const at = resolve(folder, first.path);
    const referred = at.endsWith('.json') ? at : join(at, 'tsconfig.json');
    if (readText(referred) !== undefined) return optionsIn(referred, readText, depth + 1);
  }
  const above = [config.extends].flat().map((name): ModuleOptions => {
    const at = typeof name === 'string' ? extendedFrom(name, folder, readText) : undefined;
    return at === undefined ? {} : optionsIn(at, readText, depth + 1);
  });
  const { module, moduleResolution } = (compilerOptions ?? {}) as Readonly<Record<string, unknown>>;
  return Object.assign(
    {},
    ...above,
    as('module', module),
    as('moduleResolution', moduleResolution),
  ) as ModuleOptions;
}

/** Tells of a file whether its nearest tsconfig.json or jsconfig.json has relative imports written with their endings, as Node resolves them. */
export function createImportEndings(readText: ReadText): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const inFolder = (folder: string): boolean => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const config = ['tsconfig.json', 'jsconfig.json']
      .map((name) => join(folder, name))
      .find((path) => readText(path) !== undefined);
    const above = dirname(folder);
    const { module = '', moduleResolution = '' } = config === undefined ? {} : optionsIn(config, readText, 0);
    const wants =
      config === undefined && above !== folder
        ? inFolder(above)
        : /^node(?:\d\d|next)$/.test(module) || /^node(?:16|next)$/.test(moduleResolution);
    known.set(folder, wants);
    return wants;
  };
  return (path) => inFolder(dirname(path));
}
