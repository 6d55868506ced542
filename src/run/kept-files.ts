import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds after which a file is nobody's that was begun and not finished. */
const STALE = 3_600_000;

/**
 * Writes a file of a cache whole, whoever else writes it at the same time, and forgets the oldest of its kind beyond `most`. The folder is made, and
 * ignores itself.
 * @param name what its kind begins with, a `-`, and what it is known by.
 * @throws what the disk has to say.
 */
export function keepFile(folder: string, name: string, content: string, most: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
  writeFileSync(temporary, content);
  renameSync(temporary, join(folder, name));
  forget(folder, name.slice(0, name.indexOf('-') + 1), most);
}

/** The time at which a file was last written; undefined where somebody else has removed it. */
const timeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

function forget(folder: string, kind: string, most: number): void {
  const kept: { readonly path: string; readonly time: number }[] = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const time = name.startsWith(kind) ? timeOf(path) : undefined;
    if (time === undefined) continue;
    if (name.endsWith('.json')) kept.push({ path, time });
    else if (time < Date.now() - STALE) rmSync(path, { force: true });
  }
  for (const { path } of kept.toSorted((a, b) => b.time - a.time).slice(most)) rmSync(path, { force: true });
}
