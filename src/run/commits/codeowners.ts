import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore from 'ignore';

/** Who owns what nobody is named for. */
export const NOBODY = 'nobody';

/** Where GitHub looks, in this order: https://docs.github.com/articles/about-code-owners. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

const segmentsOf = (path: string): number => path.split('/').filter((part) => part !== '').length;

/**
 * What a pattern matches: as in a gitignore file, but that `docs/*` does not reach into folders below. Undefined for what GitHub does not
 * allow: `!`, ranges, and sections, which other hosts have.
 */
function matcherOf(pattern: string): Rule['matches'] | undefined {
  if (pattern.startsWith('!') || /[[\]]/.test(pattern)) return undefined;
  const rule = ignore({ ignorecase: false, allowRelativePaths: false }).add(pattern);
  const isFlat = pattern.endsWith('/*') && !pattern.includes('**');
  return (path) => rule.ignores(path) && (!isFlat || segmentsOf(path) === segmentsOf(pattern));
}

function* rulesIn(text: string): Generator<Rule> {
  for (const line of text.split(/\r?\n/)) {
    const [pattern, ...owners] = line
      .replace(/(?:^|\s)#.*$/, '')
      .split(/(?<!\\)\s+/)
      .filter((word) => word !== '');
    const matches = pattern === undefined ? undefined : matcherOf(pattern);
    if (matches !== undefined) yield { matches, owners };
  }
}

/**
 * Tells who owns a file, by the CODEOWNERS of the work tree at `top`: the last rule that matches counts.
 * @returns for a path from the top, with forward slashes, its owners with commas, or `nobody`.
 */
export function ownersIn(top: string): (path: string) => string {
  const rules = [...rulesIn(codeownersOf(top) ?? '')].toReversed();
  return (path) => {
    const owners = rules.find(({ matches }) => matches(path))?.owners ?? [];
    return owners.length === 0 ? NOBODY : owners.join(', ');
  };
}

/** Whether the work tree at `top` says anywhere who owns what. */
export const hasOwners = (top: string): boolean => codeownersOf(top) !== undefined;

function codeownersOf(top: string): string | undefined {
  for (const place of PLACES) {
    try {
      return readFileSync(join(top, place), 'utf8').replace(/^\uFEFF/, '');
    } catch {
      // It is in the next place, or nowhere.
    }
  }
  return undefined;
}
