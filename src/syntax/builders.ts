import type { JSCodeshift } from 'jscodeshift';

let loaded: JSCodeshift | undefined;

/** Takes jscodeshift from who has it, and cannot wait for `loadBuilders`. */
export function provideBuilders(j: JSCodeshift): void {
  loaded = j;
}

/**
 * Loads jscodeshift, unless that was done. It takes longer than to look through a small project, and our own transforms, which quote, need none of it;
 * those of others are handed it.
 */
export async function loadBuilders(): Promise<void> {
  loaded ??= (await import('./j.ts')).j;
}

/**
 * jscodeshift, once it is loaded.
 * @throws {Error} where nobody has loaded it.
 */
export function builders(): JSCodeshift {
  if (loaded === undefined) throw new Error('jscodeshift is asked for before it is loaded');
  return loaded;
}
