import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Jiti } from 'jiti';
import { UsageError } from './usage-error.ts';

/**
 * A loader of TypeScript and JavaScript, ESM or CommonJS, as seen from `folder`. What it loads gets this hasten for
 * `import … from 'hasten'`, wherever it is installed.
 */
async function loaderFor(folder: string): Promise<Jiti> {
  const [{ createJiti }, hasten] = await Promise.all([import('jiti'), import('../index.ts')]);
  return createJiti(join(folder, 'noname.js'), { fsCache: false, virtualModules: { hasten } });
}

/** Whether `specifier` names a file and not a package. */
export const isPathLike = (specifier: string): boolean =>
  /^\.{1,2}(?:[/\\]|$)/.test(specifier) || isAbsolute(specifier) || /\.[cm]?[jt]sx?$/.test(specifier);

/**
 * Loads a file, or a package installed for `folder`.
 * @throws {UsageError} with the reason when it does not exist or throws while it is loaded.
 */
export async function loadModule(specifier: string, folder: string): Promise<unknown> {
  const loader = await loaderFor(folder);
  const path = isPathLike(specifier) ? resolve(folder, specifier) : undefined;
  if (path !== undefined && !existsSync(path)) throw new UsageError(`${path} does not exist.`);
  try {
    return await loader.import(path ?? specifier);
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`${path ?? `\`${specifier}\``} cannot be loaded: ${message}`, { cause: error });
  }
}

/** Whether a package of that name is installed for `folder`. */
export async function isInstalled(specifier: string, folder: string): Promise<boolean> {
  const loader = await loaderFor(folder);
  return loader.esmResolve(specifier, { try: true }) !== undefined;
}

/** The default export of a module, however it was written. */
export function defaultOf(module: unknown): unknown {
  if (typeof module !== 'object' || module === null) return module;
  return (module as { readonly default?: unknown }).default ?? module;
}
