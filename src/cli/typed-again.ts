import type { SearchArguments } from './commands/common.ts';
import type { ReviewArguments } from './commands/review.ts';

/** A word as a shell reads it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

type Typed = readonly (readonly [name: string, value: string | readonly string[] | boolean | undefined])[];

const wordsOf = (typed: Typed): string[] =>
  typed.flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    const values = typeof value === 'string' ? [value] : value;
    return values.flatMap((one) => [`--${name}`, one]);
  });

type Searched = SearchArguments & { readonly level?: string | undefined };

/** What was typed of what is searched for, and how. */
const searchOptions = (typed: Searched): Typed => [
  ['transform', typed.transform],
  ['set', typed.set],
  ['option', typed.option],
  ['config', typed.config],
  ['level', typed.level],
  ['verify-types', typed.verifyTypes],
  ['types', typed.types],
  ['time-limit', typed.timeLimit],
  ['memory-limit', typed.memoryLimit],
  ['no-cache', typed.cache === false],
  ['stdin-paths', typed.stdinPaths],
  ['null', typed.null],
];

/** What was typed of how something is written. */
const writeOptions = (typed: ReviewArguments): Typed => [
  ['decisions', typed.decisions],
  ['root', typed.root],
  ['verify', typed.verify],
  ['verify-runs', typed.verifyRuns],
  ['verify-timeout', typed.verifyTimeout],
  ['verify-level', typed.verifyLevel],
  ['commit', typed.commit],
  ['commit-template', typed.commitTemplate],
  ['signoff', typed.signoff],
  ['allow-detached', typed.allowDetached],
  ['allow-dirty', typed.allowDirty],
];

/** The first option that was typed of those that say what is searched for; undefined where none was. */
export const typedSearch = (typed: ReviewArguments): string | undefined => wordsOf(searchOptions(typed))[0];

/** The command line that begins the same review again; `paths` are those that were typed. */
export function reviewAgain(typed: ReviewArguments, paths: readonly string[]): string {
  const named = paths.filter((path) => path !== '.');
  const web: Typed = [['web', typed.web]];
  const words = [...named, ...wordsOf([...web, ...searchOptions(typed), ...writeOptions(typed)])];
  return ['hasten review', ...words.map(quoted)].join(' ');
}

/** The command line that applies the plan at `path` with what was decided. */
export const applyLater = (typed: ReviewArguments, path: string): string =>
  ['hasten apply', ...[path, ...wordsOf(writeOptions(typed))].map(quoted)].join(' ');

/** The command lines that make a plan of the same dry run, unless it was made already, and apply what was decided in its page. */
export function decideLater(
  typed: Searched & { readonly plan?: string | undefined },
  paths: readonly string[],
): string {
  const plan = typed.plan ?? 'plan.json';
  const named = paths.filter((path) => path !== '.');
  const made = [
    'hasten run --dry-run',
    ...[...named, ...wordsOf(searchOptions(typed)), '--plan', plan].map(quoted),
  ];
  const applied = `hasten apply ${quoted(plan)} --decisions decisions.json`;
  return typed.plan === undefined ? `${made.join(' ')} && ${applied}` : applied;
}
