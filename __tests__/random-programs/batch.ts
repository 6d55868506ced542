import type { Transform } from '../../src/index.ts';
import { divergenceOf, type Divergence } from './oracle.ts';
import type { Program } from './program.ts';
import { rewriteTogether, type Rewritten } from './rewrite.ts';

/** A program after the engine has looked at it. */
export type Inspected = Rewritten<Program>;

/** A program of which a safe rewrite did something else. */
export interface Diverging extends Inspected {
  readonly divergence: Divergence;
}

const MANIFEST = JSON.stringify({
  name: 'random-programs',
  dependencies: Object.fromEntries(
    ['@prisma/client', 'axios', 'ioredis', 'p-map', 'pg', 'bcrypt', 'mystery'].map((name) => [name, '*']),
  ),
});

/** Lets the engine rewrite all programs in one run, each in a folder of its own. */
export const inspectAll = (
  programs: readonly Program[],
  transforms: readonly Transform[],
): Promise<readonly Inspected[]> =>
  rewriteTogether(programs, {
    transforms: transforms.map((transform) => ({ transform, options: transform.defaults ?? {} })),
    level: 'safe',
    manifest: MANIFEST,
  });

/** The programs among `inspected` of which a rewrite did something else, at most `most`; `mostFailures` calls of each are made to fail. */
export async function divergingAmong(
  inspected: readonly Inspected[],
  seed: number,
  { most = Infinity, mostFailures = 8 }: { readonly most?: number; readonly mostFailures?: number } = {},
): Promise<readonly Diverging[]> {
  const found: Diverging[] = [];
  for (const one of inspected) {
    if (found.length >= most) break;
    if (!one.isChanged) continue;
    const divergence = await divergenceOf(one.before, one.after, 'main.ts', { seed, mostFailures });
    if (divergence !== undefined) found.push({ ...one, divergence });
  }
  return found;
}

/** Whether the files of two rewrites of one program are the same. */
export const isSame = (one: Inspected, other: Inspected | undefined): boolean =>
  [...one.after].every(([path, text]) => other?.after.get(path) === text);

/**
 * The first of `programs` of which an engine that `transforms` make does something else, where it did not leave it as the `honest`
 * engine did; looked for a few programs at a time.
 */
export async function firstDiverging(
  programs: readonly Program[],
  transforms: readonly Transform[],
  honest: readonly Inspected[],
  seed: number,
): Promise<Diverging | undefined> {
  const few = 25;
  for (let at = 0; at < programs.length; at += few) {
    const inspected = await inspectAll(programs.slice(at, at + few), transforms);
    const others = inspected.filter((one, number) => !isSame(one, honest[at + number]));
    const [found] = await divergingAmong(others, seed, { most: 1 });
    if (found !== undefined) return found;
  }
  return undefined;
}
