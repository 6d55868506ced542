import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ignore from 'ignore';
import type { Where } from '../campaign.ts';
import { git } from '../git.ts';

const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** The packages that a `package.json` depends on; none where it cannot be read. */
function dependenciesIn(path: string): string[] {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as Partial<
      Record<(typeof KINDS)[number], unknown>
    > | null;
    return KINDS.flatMap((kind) => {
      const own = manifest?.[kind];
      return typeof own === 'object' && own !== null ? Object.keys(own) : [];
    });
  } catch {
    return [];
  }
}

const orList = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' nor ');

/** Why the repository with a work tree at `tree` is not what a campaign is for; undefined where it is. */
export async function whyLeftOut(
  tree: string,
  { dependency, file }: Where,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (dependency.length === 0 && file.length === 0) return undefined;
  const listed = await git({ step: 'filter', cwd: tree, signal }, 'ls-files', '-z');
  const names = listed.split('\0').filter((name) => name !== '');
  if (file.length > 0) {
    const rule = ignore({ ignorecase: false }).add([...file]);
    if (!names.some((name) => rule.ignores(name))) return `no tracked file matches ${orList(file)}`;
  }
  if (dependency.length === 0) return undefined;
  const manifests = names.filter((name) => posix.basename(name) === 'package.json');
  const found = new Set(manifests.flatMap((name) => dependenciesIn(join(tree, name))));
  if (dependency.some((name) => found.has(name))) return undefined;
  return `no package.json depends on ${orList(dependency)}`;
}
