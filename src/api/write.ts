import type { Committed } from '../run/commits/commit.ts';
import type { Composition } from '../run/composition.ts';
import { idsOf } from '../run/composition.ts';
import type { Asked } from '../run/journal/record.ts';
import type { FileChange } from '../run/plan.ts';
import type { Written } from '../run/write.ts';
import type { Watched, WritingRequest } from './request.ts';

/** What is to be written. */
export interface Writable {
  readonly composition: Composition;
  readonly changes: readonly FileChange[];
  /** Ids of what is accepted of the composition; all unless told. */
  readonly accepted?: ReadonlySet<string>;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
  readonly asked: Asked;
  /** The folder whose project keeps the journal; absolute. */
  readonly folder: string;
}

/** Those of `changes` that were written. */
function writtenOf(changes: readonly FileChange[], { written }: Written): readonly FileChange[] {
  const done = new Set(written);
  return changes.filter(({ path }) => done.has(path));
}

/**
 * The template for the messages of commits, where one is named.
 * @throws {UsageError} where it cannot be used.
 */
export async function templateOf(
  { commit }: Pick<WritingRequest, 'commit'>,
  cwd: string,
): Promise<string | undefined> {
  if (commit?.template === undefined) return undefined;
  const { readTemplate } = await import('./commit.ts');
  return readTemplate(commit.template, cwd);
}

/** Writes, and commits where that is asked for. An aborted signal stops it behind the file that is being written. */
export async function writeAll(
  { composition, changes, accepted = new Set(idsOf(composition)), summaries, asked, folder }: Writable,
  { commit, allowDirty = false }: WritingRequest,
  template: string | undefined,
  { signal }: Watched,
): Promise<Committed> {
  const { journalRoot } = await import('../run/journal/folder.ts');
  const request = {
    root: journalRoot(folder),
    asked,
    allowDirty,
    ...(signal === undefined ? {} : { signal }),
  };
  if (commit === undefined) {
    const { write } = await import('../run/write.ts');
    const written = await write({ changes }, request);
    return { written, changes: writtenOf(changes, written), commits: [] };
  }
  const { commitChosen } = await import('./commit.ts');
  return commitChosen({ composition, accepted, summaries }, commit, template, request);
}
