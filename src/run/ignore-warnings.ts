import { ALL, type IgnoreComment, type IgnoreComments } from './ignore-comments.ts';
import type { Ignores } from './ignores.ts';
import { foundNothing, type UnusedIgnore } from './unused-ignores.ts';

/** Something to be said of an ignore comment. */
export interface IgnoreWarning {
  /** Absolute path. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** `fault`: it does not count, or not as it was meant; `unknown`: it names no transform that there is; `expired`: its day is over; `unused`. */
  readonly kind: 'fault' | 'unknown' | 'expired' | 'unused';
  /** What it does or does not, without a subject and a full stop: "gives no reason". */
  readonly says: string;
  /** The name that is not known. */
  readonly name?: string;
}

/** What a run did, as far as it tells which comments are needed. */
export interface Ran {
  /** Ids of the transforms that are built in. */
  readonly builtIn: readonly string[];
  /** Ids of those of the run. */
  readonly transforms: readonly string[];
  /** Whether a transform of the run inspected a file to the end. */
  readonly isInspected: (path: string, transform: string) => boolean;
}

/** What a run has to say of the ignore comments that it came upon. */
export interface Closed {
  /** In path and text order. */
  readonly warnings: readonly IgnoreWarning[];
  readonly unused: readonly UnusedIgnore[];
}

/**
 * What there is to say when all passes are done. `texts` are those from before the first pass of all files that were read, without byte
 * order marks.
 */
export function closeIgnores(ignores: Ignores, ran: Ran, texts: ReadonlyMap<string, string>): Closed {
  const warnings: IgnoreWarning[] = [];
  const unused: UnusedIgnore[] = [];
  for (const [path, text] of [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const found = ignores.commentsIn(path, text);
    const own = found.comments
      .map((comment) => unusedNames(comment, ignores, ran))
      .filter((one) => one !== undefined);
    const said = [...warningsOf(found, ignores, ran), ...own.map(unusedWarning)];
    warnings.push(...said.toSorted((a, b) => a.line - b.line));
    unused.push(...own);
  }
  return { warnings, unused };
}

/** Which names of a comment would have been needed if there were something to ignore, and were not. */
function unusedNames(comment: IgnoreComment, ignores: Ignores, ran: Ran): UnusedIgnore | undefined {
  const names = comment.names.filter((one) => {
    if (ignores.isNeeded(comment, one)) return false;
    const wanted = one.name === ALL ? [...ran.builtIn, ...ran.transforms] : [one.name];
    return wanted.every((id) => ran.transforms.includes(id) && ran.isInspected(comment.path, id));
  });
  return names.length === 0 ? undefined : { comment, names };
}

/** What is to be said of the comments of one file but for those that are unused. */
function* warningsOf(
  { comments, faults }: IgnoreComments,
  ignores: Ignores,
  ran: Ran,
): Generator<IgnoreWarning> {
  for (const { path, line, says } of faults) yield { path, line, kind: 'fault', says };
  const known = new Set([ALL, ...ran.builtIn, ...ran.transforms]);
  for (const comment of comments) {
    const { path, line, names, until } = comment;
    for (const { name } of names) {
      if (known.has(name)) continue;
      const says = `names \`${name}\`, which is neither built in nor part of this run`;
      yield { path, line, kind: 'unknown', says, name };
    }
    if (!ignores.isOver(until) || !names.some((name) => ignores.isNeeded(comment, name))) continue;
    yield { path, line, kind: 'expired', says: `ended on ${until}: what it ignored is told again` };
  }
}

/** That a comment is unused, or some of its names. */
function unusedWarning({ comment, names }: UnusedIgnore): IgnoreWarning {
  const { path, line } = comment;
  return { path, line, kind: 'unused', says: `is not needed: ${foundNothing(names)} there` };
}
