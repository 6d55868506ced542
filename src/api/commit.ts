import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commitMessage, PLACEHOLDERS, unknownPlaceholder } from '../review/commit-message.ts';
import { placesOf } from '../review/places.ts';
import { commitSteps, type Committed } from '../run/commits/commit.ts';
import type { Composition } from '../run/composition.ts';
import type { WriteRequest } from '../run/write.ts';
import { messageOf } from '../run/whole-file.ts';
import { UsageError } from '../errors.ts';
import type { CommitRequest } from './request.ts';

/** What is to be committed. */
export interface CommitChoice {
  readonly composition: Composition;
  /** Ids. */
  readonly accepted: ReadonlySet<string>;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
}

/**
 * The template for the messages of commits that is in a file.
 * @throws {UsageError} where it cannot be read, is empty or has a placeholder that there is not.
 */
export function readTemplate(typed: string, cwd: string): string {
  const path = resolve(cwd, typed);
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`The template ${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
  const unknown = unknownPlaceholder(text);
  if (unknown !== undefined) {
    const names = Object.keys(PLACEHOLDERS).map((name) => `{${name}}`);
    throw new UsageError(`${path}: there is no {${unknown}}. There is: ${names.join(', ')}.`);
  }
  if (text.trim() === '') throw new UsageError(`${path} is empty: a commit needs a message.`);
  return text;
}

/** Writes and commits in groups. */
export async function commitChosen(
  { composition, accepted, summaries }: CommitChoice,
  { grouping, allowDetached = false, signoff = false }: CommitRequest,
  template: string | undefined,
  writing: WriteRequest,
): Promise<Committed> {
  const changes = [...composition.baselines].map(([path, before]) => ({
    path,
    before,
    after: '',
    proposals: [],
  }));
  const request = {
    grouping,
    summaries,
    places: placesOf({ changes }),
    ...(template === undefined ? {} : { template }),
  };
  return commitSteps(composition, accepted, {
    ...writing,
    grouping,
    allowDetached,
    signoff,
    messageOf: (part) => commitMessage(part, request),
  });
}
