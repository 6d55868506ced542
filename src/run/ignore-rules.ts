import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

interface Rules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The ignore files of one name, `.gitignore` or another, in `root` and every folder below it. */
export class IgnoreRules {
  private readonly root: string;
  private readonly name: string;
  private readonly chains = new Map<string, readonly Rules[]>();
  private readonly folders = new Map<string, boolean>();

  /** `root` is absolute; what lies above it says nothing. */
  constructor(root: string, name: string) {
    this.root = root;
    this.name = name;
  }

  /** Whether there is an ignore file in `folder`, the root or between them. */
  countIn(folder: string): boolean {
    return this.chainOf(folder).length > 0;
  }

  /** Whether the file at `path`, which lies below the root, is ignored. */
  ignores(path: string): boolean {
    const folder = dirname(path);
    return this.ignoresFolder(folder) || this.says(path, '', folder);
  }

  /** Whether `folder` is ignored. As in git nothing below such a folder can be taken back. */
  ignoresFolder(folder: string): boolean {
    if (folder === this.root) return false;
    const known = this.folders.get(folder);
    if (known !== undefined) return known;
    const above = dirname(folder);
    const ignored = this.ignoresFolder(above) || this.says(folder, '/', above);
    this.folders.set(folder, ignored);
    return ignored;
  }

  /** What the nearest file that says anything of `path` says. */
  private says(path: string, suffix: '' | '/', within: string): boolean {
    for (const { folder, rules } of this.chainOf(within)) {
      const { ignored, unignored } = rules.test(relative(folder, path).split(sep).join('/') + suffix);
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  /** The ignore files that count in `folder`, the nearest first. */
  private chainOf(folder: string): readonly Rules[] {
    const known = this.chains.get(folder);
    if (known !== undefined) return known;
    const above = folder === this.root ? [] : this.chainOf(dirname(folder));
    const text = textOf(join(folder, this.name));
    // Git tells upper from lower case unless it is told otherwise.
    const chain =
      text === undefined ? above : [{ folder, rules: ignore({ ignorecase: false }).add(text) }, ...above];
    this.chains.set(folder, chain);
    return chain;
  }
}

/**
 * The ignore files named `name` that count in a search of `folder`: those from `root` down. If they ignore the folder
 * itself, only those in it count, since it is searched on purpose.
 */
export function rulesFor(folder: string, root: string, name: string): IgnoreRules {
  const rules = new IgnoreRules(root, name);
  return rules.ignoresFolder(folder) ? new IgnoreRules(folder, name) : rules;
}

/** The text of an ignore file; undefined where there is none that can be read. */
function textOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
