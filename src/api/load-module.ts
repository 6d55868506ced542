import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Jiti } from 'jiti';
import { UsageError } from '../errors.ts';
import { contained } from '../run/contained.ts';

/**
 * A loader of TypeScript and JavaScript, ESM or CommonJS, as seen from `folder`. What it loads gets this hasten for
 * `import … from 'hasten'`, wherever it is installed; where it loads nothing itself, none of this is loaded.
 */
async function loaderFor(folder: string, loadsMore: boolean): Promise<Jiti> {
  const { createJiti } = await import('jiti');
  const virtualModules = loadsMore ? { hasten: await import('../index.ts') } : {};
  return createJiti(join(folder, 'noname.js'), { fsCache: false, virtualModules });
}

/** Whether a file may load other modules; one that cannot be read is none of this function's business. */
function mayLoad(path: string): boolean {
  try {
    return /\b(?:import|require|from)\b/.test(readFileSync(path, 'utf8'));
  } catch {
    return true;
  }
}

/**
 * What Node itself makes of a module that loads nothing and needs no compiling; undefined where it cannot: then the loader has the words for why. It is read
 * anew when it was changed, as by the loader.
 */
async function loadAlone(path: string): Promise<unknown> {
  const { mtimeMs, size } = statSync(path);
  const url = pathToFileURL(path);
  url.search = `${mtimeMs}-${size}`;
  try {
    return (await import(url.href)) as unknown;
  } catch {
    return undefined;
  }
}

/** Milliseconds that a module may take to load. Without a limit Node would end in silence where nothing is left to wait for. */
const LOAD_LIMIT = 10_000;

/** Whether `specifier` names a file and not a package. */
export const isPathLike = (specifier: string): boolean =>
  /^\.{1,2}(?:[/\\]|$)/.test(specifier) || isAbsolute(specifier) || /\.[cm]?[jt]sx?$/.test(specifier);

/**
 * Loads a file, or a package installed for `folder`.
 * @throws {UsageError} with the reason when it does not exist or throws while it is loaded.
 */
export async function loadModule(specifier: string, folder: string): Promise<unknown> {
  const path = isPathLike(specifier) ? resolve(folder, specifier) : undefined;
  if (path !== undefined && !existsSync(path)) throw new UsageError(`${path} does not exist.`);
  const loadsMore = path === undefined || mayLoad(path);
  const load = async (): Promise<unknown> => {
    const alone = path?.endsWith('.mjs') === true && !loadsMore ? await loadAlone(path) : undefined;
    return alone ?? (await loaderFor(folder, loadsMore)).import(path ?? specifier);
  };
  const shownName = path ?? `\`${specifier}\``;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const why = `${shownName} is not loaded after ${LOAD_LIMIT / 1000} s: it awaits something that does not come.`;
    timer = setTimeout(() => reject(new UsageError(why)), LOAD_LIMIT);
  });
  try {
    return await contained(() => Promise.race([load(), limit]));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message, stack = '' } = error as Error;
    const line = path === undefined ? undefined : stack.split(`${path}:`)[1]?.match(/^\d+/)?.[0];
    const place = line === undefined ? shownName : `${shownName}:${line}`;
    throw new UsageError(`${place} cannot be loaded: ${message}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** The file that `specifier` leads to: a path, or a package installed for `folder`; undefined where there is no such package. */
export async function fileOfModule(specifier: string, folder: string): Promise<string | undefined> {
  if (isPathLike(specifier)) return resolve(folder, specifier);
  const url = (await loaderFor(folder, false)).esmResolve(specifier, { try: true });
  return url?.startsWith('file:') === true ? fileURLToPath(url) : url;
}

/** Whether a package of that name is installed for `folder`. */
export const isInstalled = async (specifier: string, folder: string): Promise<boolean> =>
  (await fileOfModule(specifier, folder)) !== undefined;

/** The default export of a module, however it was written. */
export function defaultOf(module: unknown): unknown {
  if (typeof module !== 'object' || module === null) return module;
  return (module as { readonly default?: unknown }).default ?? module;
}
