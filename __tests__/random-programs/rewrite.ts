import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import type { Proposal } from '../../src/index.ts';
import { plan, type RequestedTransform } from '../../src/run/plan.ts';
import { textsOf, type Program } from './program.ts';

/** A program after the engine has looked at it. */
export interface Rewritten<P extends Program> {
  readonly program: P;
  readonly level: 'safe' | 'review';
  readonly before: ReadonlyMap<string, string>;
  /** With all that the level allows applied. */
  readonly after: ReadonlyMap<string, string>;
  readonly isChanged: boolean;
  readonly findings: readonly Proposal[];
  /** Why a file of it could not be read, parsed or inspected. */
  readonly failures: readonly string[];
}

/** How programs are rewritten. */
export interface RewriteRequest {
  readonly transforms: readonly RequestedTransform[];
  readonly level: 'safe' | 'review';
  /** The package.json above all programs; without one they find the packages of this project. */
  readonly manifest?: string;
}

const PROJECT = join(import.meta.dirname, '..', '..');

/** Lets the engine rewrite all programs in one run, each in a folder of its own. */
export async function rewriteTogether<P extends Program>(
  programs: readonly P[],
  { transforms, level, manifest }: RewriteRequest,
): Promise<readonly Rewritten<P>[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-random-')));
  const pathIn = (number: number, path: string): string => join(root, `program${number}`, path);
  const numberOf = (path: string): number =>
    Number(/^program(\d+)$/.exec(relative(root, path).split(sep)[0] ?? '')?.[1]);
  try {
    if (manifest === undefined)
      symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'), 'junction');
    else writeFileSync(join(root, 'package.json'), manifest);
    const texts = programs.map(textsOf);
    for (const [number, files] of texts.entries()) {
      for (const [path, text] of files) {
        mkdirSync(dirname(pathIn(number, path)), { recursive: true });
        writeFileSync(pathIn(number, path), text);
      }
    }
    const made = await plan({
      cwd: root,
      paths: ['.'],
      level,
      format: false,
      fileTimeLimit: 60_000,
      transforms,
    });
    const changed = new Map(made.changes.map(({ path, after }) => [path, after]));
    const findings = programs.map((): Proposal[] => []);
    for (const one of made.findings) findings[numberOf(one.path)]?.push(one);
    const failures = programs.map((): string[] => []);
    for (const { path, reason } of made.failures) failures[numberOf(path)]?.push(`${path}: ${reason}`);
    return programs.map((program, number) => {
      const before = texts[number] ?? new Map<string, string>();
      const after = new Map(
        [...before].map(([path, text]) => [path, changed.get(pathIn(number, path)) ?? text]),
      );
      return {
        program,
        level,
        before,
        after,
        isChanged: [...before].some(([path, text]) => after.get(path) !== text),
        findings: findings[number] ?? [],
        failures: failures[number] ?? [],
      };
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
