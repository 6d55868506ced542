import type { Options } from './transform.ts';

/** What `hasten.config.ts` (or `.js`, `.mjs`, `.cjs`, `.json`) may say. What is typed on the command line wins over it. */
export interface Config {
  /**
   * Transforms by their id; a path (relative to this file) or a package names one that is not built in. `true` or its
   * options choose it, `false` leaves it out. Where nothing is chosen, here or in `sets`, all built-in ones run.
   */
  readonly transforms?: Readonly<Record<string, boolean | Partial<Options>>>;
  /** Named lists of transforms to run: `logging`, `async`, … `hasten list` tells which there are. */
  readonly sets?: readonly string[];
  /** Patterns as in `.gitignore`, from this file's folder (of a file named with --config: from the working directory): only files that match one. */
  readonly include?: readonly string[];
  /** Patterns like those of `include`: no files that match one. */
  readonly exclude?: readonly string[];
  /** What becomes a change: `safe` proposals only (as if nothing was said), or those that want a review too. */
  readonly level?: 'safe' | 'review';
  /** From which level on a finding makes `hasten check` exit with 1; `safe` as if nothing was said. */
  readonly failOn?: 'safe' | 'review' | 'report' | 'never';
  /** Milliseconds of computing that one transform may take for one file; 30,000 as if nothing was said. */
  readonly fileTimeLimit?: number;
  /** Seconds after which a run looks at no further file; what it has found by then is checked and written. */
  readonly timeLimit?: number;
  /** MiB of memory beyond which a run looks at no further file; four fifths of what Node gives it as if nothing was said. */
  readonly memoryLimit?: number;
  /** Whether what no longer type-checks, although it did, is left out; true as if nothing was said. */
  readonly verifyTypes?: boolean;
  /** Whether types, effects of code and callers are asked for; true unless told. Without, a run is a fast survey of what syntax shows. */
  readonly types?: boolean;
  /** Whether changed files that were formatted with prettier are formatted again; true as if nothing was said. */
  readonly format?: boolean;
}

/** Gives the configuration its type: `export default defineConfig({ … })`. Returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}
