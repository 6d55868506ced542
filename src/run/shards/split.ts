import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** One of several parts of a repository. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** A file that is to be looked at, and about how long that takes. */
export interface Weighed {
  /** Absolute path. */
  readonly path: string;
  readonly weight: number;
}

/** How much more than its share a shard may get so that what belongs together stays together. */
const MOST_OVER = 1.1;

/** A number from 0 on, under 2 ** 48, that the name decides. */
const hashOf = (name: string): number => createHash('sha1').update(name).digest().readUIntBE(0, 6);

/** Files that are given to one shard where that can be. */
interface Unit {
  readonly name: string;
  readonly files: readonly Weighed[];
  readonly weight: number;
}

const unitOf = (name: string, files: readonly Weighed[]): Unit => ({
  name,
  files,
  weight: files.reduce((sum, { weight }) => sum + weight, 0),
});

const inOrder = (a: Unit, b: Unit): number => b.weight - a.weight || (a.name < b.name ? -1 : 1);

/** The folder of the package that a file belongs to: npm, pnpm, yarn, Nx and Turborepo all have a `package.json` there; `root` where there is none. */
function packageOf(path: string, root: string, known: Map<string, string>): string {
  const folder = dirname(path);
  const before = known.get(folder);
  if (before !== undefined) return before;
  const isOwn = folder === root || folder === dirname(folder) || existsSync(join(folder, 'package.json'));
  const found = isOwn ? folder : packageOf(folder, root, known);
  known.set(folder, found);
  return found;
}

/**
 * Which shard looks at each file, from 0. All who ask for the same files and weights get the same answer, on any machine: names, as seen from `root`, are
 * hashed. The files of a package stay together, as long as its shard gets no more than a tenth over its share, since each shard builds the types of the
 * packages that it looks at. What a shard finds does not depend on it.
 */
export function split(files: readonly Weighed[], of: number, root: string): ReadonlyMap<string, number> {
  const nameOf = (path: string): string => relative(root, path).split(sep).join('/');
  const known = new Map<string, string>();
  const packages = new Map<string, Weighed[]>();
  for (const file of files) {
    const home = packageOf(file.path, root, known);
    const own = packages.get(home) ?? [];
    own.push(file);
    packages.set(home, own);
  }
  const loads = Array.from({ length: of }, () => 0);
  const most = (MOST_OVER * files.reduce((sum, { weight }) => sum + weight, 0)) / of;
  const loadOf = (shard: number): number => loads[shard] ?? 0;
  const shards = new Map<string, number>();
  const give = ({ files: all, weight }: Unit, shard: number): void => {
    loads[shard] = loadOf(shard) + weight;
    for (const { path } of all) shards.set(path, shard);
  };
  /** The shards in an order of its own for each name, so that most files keep theirs when others come and go. */
  const preferredBy = (name: string): number[] => {
    const ranks = loads.map((_, shard) => hashOf(`${name}\0${shard}`));
    return [...loads.keys()].toSorted((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
  };
  const rest: Unit[] = [];
  for (const unit of Array.from(packages, ([home, own]) => unitOf(nameOf(home), own)).toSorted(inOrder)) {
    const shard = preferredBy(unit.name).find((one) => loadOf(one) + unit.weight <= most);
    if (shard === undefined) rest.push(...unit.files.map((file) => unitOf(nameOf(file.path), [file])));
    else give(unit, shard);
  }
  for (const unit of rest.toSorted(inOrder)) {
    const preferred = preferredBy(unit.name);
    const lightest = preferred.reduce((best, one) => (loadOf(one) < loadOf(best) ? one : best), 0);
    give(unit, preferred.find((one) => loadOf(one) + unit.weight <= most) ?? lightest);
  }
  return shards;
}
