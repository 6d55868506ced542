import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import type { Proposal, Transform } from '../../src/index.ts';
import { plan } from '../../src/run/plan.ts';
import { divergenceOf, type Divergence } from './oracle.ts';
import { textsOf, type Program } from './program.ts';

/** A program after the engine has looked at it. */
export interface Inspected {
  readonly program: Program;
  readonly before: ReadonlyMap<string, string>;
  /** With all that is safe applied. */
  readonly after: ReadonlyMap<string, string>;
  readonly isChanged: boolean;
  readonly findings: readonly Proposal[];
  /** Why a file of it could not be read, parsed or inspected. */
  readonly failures: readonly string[];
}

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
export async function inspectAll(
  programs: readonly Program[],
  transforms: readonly Transform[],
): Promise<readonly Inspected[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-random-')));
  try {
    writeFileSync(join(folder, 'package.json'), MANIFEST);
    const texts = programs.map(textsOf);
    const folders = programs.map((_, number) => join(folder, `program${number}`));
    for (const [number, files] of texts.entries()) {
      for (const [path, text] of files) {
        const target = join(folders[number] ?? '', path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
    }
    const made = await plan({
      cwd: folder,
      paths: ['.'],
      level: 'safe',
      format: false,
      fileTimeLimit: 60_000,
      transforms: transforms.map((transform) => ({ transform, options: transform.defaults ?? {} })),
    });
    const changed = new Map(made.changes.map(({ path, after }) => [path, after]));
    const numberOf = (path: string): number =>
      Number(/^program(\d+)$/.exec(relative(folder, path).split(sep)[0] ?? '')?.[1]);
    const findings = programs.map((): Proposal[] => []);
    for (const one of made.findings) findings[numberOf(one.path)]?.push(one);
    const failures = programs.map((): string[] => []);
    for (const { path, reason } of made.failures) failures[numberOf(path)]?.push(`${path}: ${reason}`);
    return programs.map((program, number) => {
      const before = texts[number] ?? new Map<string, string>();
      const after = new Map(
        [...before].map(([path, text]) => [path, changed.get(join(folders[number] ?? '', path)) ?? text]),
      );
      return {
        program,
        before,
        after,
        isChanged: [...before].some(([path, text]) => after.get(path) !== text),
        findings: findings[number] ?? [],
        failures: failures[number] ?? [],
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

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
