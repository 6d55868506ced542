import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { readSource } from '../../src/run/read.ts';
import { isOwnSource, isSource } from '../../src/run/source-names.ts';
import { command } from '../command.ts';
import type { SourcePackage } from './packages.ts';

/** What is in `folder`, with `/` between the names, sorted. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();

/** The part of a source map that is read here. */
interface SourceMap {
  readonly sources?: readonly (string | null)[];
  readonly sourcesContent?: readonly (string | null)[];
}

/** The sources that the maps in `folder` carry, by their paths in the package. */
function mappedSources(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of filesIn(folder).filter((one) => /\.[cm]?js\.map$/.test(one))) {
    const { sources = [], sourcesContent = [] } = JSON.parse(
      readFileSync(join(folder, path), 'utf8'),
    ) as SourceMap;
    for (const [index, source] of sources.entries()) {
      const text = sourcesContent[index];
      if (source === null || text == null) continue;
      const original = posix.join(posix.dirname(path), source);
      if (!found.has(original)) found.set(original, text);
    }
  }
  return found;
}

/** The sources of the package unpacked in `folder`, by their paths in it. */
function sourcesOf(folder: string, from: SourcePackage['from']): ReadonlyMap<string, string> {
  if (from === 'maps') return mappedSources(folder);
  const paths = filesIn(folder).filter(isSource);
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Where the file at `path` goes, as `folders` say; undefined where it is not wanted. */
function targetOf(path: string, folders: SourcePackage['folders']): string | undefined {
  for (const [from, to] of Object.entries(folders))
    if (from === '.' || path.startsWith(`${from}/`)) return posix.join(to, posix.relative(from, path));
  return undefined;
}

/** The settings of a package that say something of its sources. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Fetches a package with npm, from the registry that npm is set to, and writes its sources and a `package.json` with what they
 * depend on into `target`. What hasten takes for no source of the project's own (generated, minified, declarations) is left out, so
 * that every tool reads the same files.
 * @throws {Error} where it cannot be fetched, or has no sources.
 */
export function unpack(wanted: SourcePackage, target: string, scratch: string): Manifest {
  const at = mkdtempSync(join(scratch, 'pack-'));
  try {
    command(['npm', 'pack', '--silent', '--ignore-scripts', `${wanted.name}@${wanted.version}`], at);
    const tarball = readdirSync(at).find((name) => name.endsWith('.tgz'));
    if (tarball === undefined) throw new Error(`npm packed nothing for ${wanted.name}@${wanted.version}.`);
    command(['tar', '-xzf', tarball], at);
    const folder = join(at, 'package');
    let written = 0;
    for (const [path, text] of sourcesOf(folder, wanted.from)) {
      const to = wanted.only?.test(path) === false ? undefined : targetOf(path, wanted.folders);
      if (to === undefined || !isSource(to) || !isOwnSource(to, () => false)) continue;
      const file = join(target, to);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      if ('text' in readSource(file)) written++;
      else rmSync(file);
    }
    if (written === 0)
      throw new Error(`${wanted.name}@${wanted.version} has no sources where they were expected.`);
    const { name, version, type, dependencies } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Manifest;
    const manifest: Manifest = {
      ...(name === undefined ? {} : { name }),
      ...(version === undefined ? {} : { version }),
      ...(type === undefined ? {} : { type }),
      ...(dependencies === undefined ? {} : { dependencies }),
    };
    writeFileSync(
      join(target, 'package.json'),
      `${JSON.stringify({ ...manifest, private: true }, null, 2)}\n`,
    );
    return manifest;
  } finally {
    rmSync(at, { recursive: true });
  }
}
