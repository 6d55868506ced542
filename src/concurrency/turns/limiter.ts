import type { FileContext } from '../../transform.ts';

/** How calls that run beside each other are kept to a number. */
export type Limiter = 'p-map' | 'p-limit' | 'none';

export interface LoopOptions {
  /** How many turns run at once. */
  readonly concurrency: number;
  /** What keeps them to that number: a `Limiter`, or `auto`. */
  readonly limiter: string;
}

/** The way in which the package of a file bounds concurrency, or would. */
export function limiterOf(
  file: FileContext<unknown>,
  { limiter }: LoopOptions,
): { readonly limiter: Limiter; readonly isInstalled: boolean } {
  const { dependencies } = file.facts.packageOf(file.path);
  if (limiter === 'none') return { limiter, isInstalled: true };
  if (limiter === 'p-map' || limiter === 'p-limit')
    return { limiter, isInstalled: dependencies.has(limiter) };
  if (!dependencies.has('p-map') && dependencies.has('p-limit'))
    return { limiter: 'p-limit', isInstalled: true };
  return { limiter: 'p-map', isInstalled: dependencies.has('p-map') };
}
