import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Applied } from '../review/reporters/applied.ts';
import type { Commit, Committed } from '../run/commits/commit.ts';
import type { Composition } from '../run/composition.ts';
import type { Asked } from '../run/journal/record.ts';
import type { FileChange } from '../run/plan.ts';
import type { Decision, Decisions } from '../run/plan-file/decisions.ts';
import type { Subset } from '../run/subset.ts';
import { folderOf, type Planned } from './plan.ts';
import type { Watched, WritingRequest } from './request.ts';
import { verifiedSubset, type VerifiedSubset } from './verify.ts';
import { templateOf, writeAll } from './write.ts';

/** A plan that can be applied, from a file or just made. */
export interface ApplicablePlan {
  readonly composition: Composition;
  /** Absolute path of the folder that all of its files lie in. */
  readonly root: string;
  readonly asked: Asked;
  /** What each transform does, by its id. */
  readonly summaries: ReadonlyMap<string, string>;
}

/** A plan, and what is to be done of it. */
export interface Choice {
  readonly plan: ApplicablePlan;
  /** Undefined where nobody decided anything: then everything is applied. */
  readonly decisions: Decisions | undefined;
  readonly subset: Subset;
}

/** What `apply` is asked for. */
export interface ApplyRequest extends WritingRequest, Watched {
  /** The path of a plan's file, or a plan that was just made. */
  readonly plan: string | Planned;
  /** What is accepted: the path of a file of decisions, or decisions by the ids of proposals; without any, what the plan says, and else all. */
  readonly decisions?: string | Decisions | Readonly<Record<string, Decision>> | undefined;
  /** The folder of the project, where that is not where the plan says. */
  readonly root?: string | undefined;
  /** The folder that relative paths are relative to; the working directory unless told. */
  readonly cwd?: string | undefined;
}

/** What became of a plan. `changes` are what was written, or in a dry run what would be. */
export interface AppliedPlan extends Applied {
  readonly command: 'apply';
  readonly mode: 'dry-run' | 'apply';
  readonly cwd: string;
  readonly changes: readonly FileChange[];
  /** The commits that were made; left out where none was asked for. */
  readonly commits?: readonly Commit[];
  /** What of the plan was to be done. */
  readonly choice: Choice;
}

/** What of a plan `decisions` accept; what they say of proposals that there are not is left out, with the reason. */
export async function choiceOf(plan: ApplicablePlan, decisions: Decisions | undefined): Promise<Choice> {
  const { acceptedOf } = await import('../run/plan-file/decisions.ts');
  const { subsetOf } = await import('../run/subset.ts');
  const { idsOf } = await import('../run/composition.ts');
  const { composition } = plan;
  // What is decided about a proposal that there is not is said, too.
  const known = new Set(idsOf(composition));
  const accepted = acceptedOf(decisions === undefined ? [...known] : [...decisions.keys()], decisions);
  const subset = await subsetOf(composition, accepted);
  const strange = [...(decisions ?? [])]
    .filter(([id, { verdict }]) => verdict !== 'accepted' && !known.has(id))
    .map(([id]) => id);
  const unknown = (await subsetOf(composition, new Set(strange))).leftOut;
  return { plan, decisions, subset: { ...subset, leftOut: [...subset.leftOut, ...unknown] } };
}

/** Writes what is accepted, and commits it where that is asked for. */
export function writeChoice(
  { plan: { composition, asked, summaries, root }, subset }: Choice,
  writing: WritingRequest,
  template: string | undefined,
  watched: Watched,
): Promise<Committed> {
  const accepted = new Set(subset.applied.map(({ id }) => id));
  const changes = [...subset.texts.values()];
  const writable = { composition, accepted, changes, summaries, asked, folder: root };
  return writeAll(writable, writing, template, watched);
}

/** What of a choice the command of `writing` passes with, where there is one. */
export async function verifiedChoice(
  choice: Choice,
  writing: WritingRequest & { readonly cwd: string },
  watched: Watched,
): Promise<VerifiedSubset> {
  return verifiedSubset(choice.plan, choice.subset, writing, watched);
}

/** What became of a plan. `choice` is as it was before it was verified. */
export async function appliedOf(
  choice: Choice,
  { subset, failures, verified }: VerifiedSubset,
  outcome: Committed | undefined,
  { cwd, commit }: Pick<WritingRequest, 'commit'> & { readonly cwd: string },
): Promise<AppliedPlan> {
  const { placesOf } = await import('../review/places.ts');
  const { composition } = choice.plan;
  const all = [...subset.texts.values()];
  const { written, changes = all, commits } = outcome ?? {};
  const inFiles = new Set(changes.flatMap(({ proposals }) => proposals.map(({ id }) => id)));
  return {
    command: 'apply',
    mode: outcome === undefined ? 'dry-run' : 'apply',
    cwd,
    changes,
    ...(commit === undefined || commits === undefined ? {} : { commits }),
    choice: { ...choice, subset },
    proposals: composition.steps.flatMap(({ proposals }) => proposals),
    decisions: choice.decisions,
    applied: subset.applied.filter(({ id }) => inFiles.has(id)),
    leftOut: subset.leftOut,
    places: placesOf({ changes: all }),
    isKnown: (path) => composition.unusable?.has(path) !== true,
    failures: [...failures, ...(written?.failures ?? [])],
    ...(verified === undefined ? {} : { verified }),
    ...(written === undefined ? {} : { written: written.written }),
    ...(written?.run === undefined ? {} : { run: written.run }),
  };
}

/** A plan as it can be applied now, and what it says of decisions itself. */
async function opened(
  given: string | Planned,
  root: string | undefined,
  cwd: string,
): Promise<{ readonly plan: ApplicablePlan; readonly decisions: Decisions | undefined }> {
  if (typeof given !== 'string') {
    if (root !== undefined) throw new UsageError('`root` goes with the file of a plan.');
    const { freshened } = await import('../run/fresh.ts');
    return { plan: { ...given, composition: await freshened(given) }, decisions: undefined };
  }
  const { readPlan } = await import('./plan-file.ts');
  const { openPlan } = await import('../run/plan-file/open.ts');
  const document = readPlan(resolve(cwd, given), root === undefined ? undefined : resolve(cwd, root));
  return {
    plan: { ...document, composition: await openPlan(document) },
    decisions: document.decisions,
  };
}

/** What is decided: in the plan, and over that in the request. */
async function decisionsOf(
  kept: Decisions | undefined,
  given: ApplyRequest['decisions'],
  cwd: string,
): Promise<Decisions | undefined> {
  if (given === undefined) return kept;
  const { decisionsFrom, readDecisions } = await import('./plan-file.ts');
  const own = typeof given === 'string' ? readDecisions(resolve(cwd, given)) : decisionsFrom(given);
  return new Map([...(kept ?? []), ...own]);
}

/**
 * What of a plan is to be applied.
 * @throws {UsageError} for a file that cannot be read as what it should be.
 */
export async function chosenOf({ plan, decisions, root, cwd }: ApplyRequest): Promise<Choice> {
  const folder = folderOf({ cwd });
  const { plan: applicable, decisions: kept } = await opened(plan, root, folder);
  return choiceOf(applicable, await decisionsOf(kept, decisions, folder));
}

/**
 * Does what a plan says, as far as it is accepted, and nothing else. A file that is no longer what the plan was made for is left as it is, and what
 * edits it is left out.
 * @throws {UsageError} for files that are no plan or no decisions; the signal's reason where it is aborted before anything is written.
 */
export async function apply(request: ApplyRequest): Promise<AppliedPlan> {
  const cwd = folderOf(request);
  const template = await templateOf(request, cwd);
  const choice = await chosenOf(request);
  const answer = await verifiedChoice(choice, { ...request, cwd }, request);
  request.signal?.throwIfAborted();
  const verified = { ...choice, subset: answer.subset };
  const outcome =
    request.dryRun === true ? undefined : await writeChoice(verified, request, template, request);
  return appliedOf(verified, answer, outcome, { ...request, cwd });
}
