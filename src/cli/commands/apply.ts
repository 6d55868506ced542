import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import type { Applied } from '../../review/reporters/applied.ts';
import type { Decisions } from '../../run/plan-file/decisions.ts';
import type { PlanDocument } from '../../run/plan-file/document.ts';
import type { FileChange } from '../../run/plan.ts';
import type { Composition, Subset } from '../../run/subset.ts';
import type { Committed } from '../../run/commits/commit.ts';
import { interruptible } from '../interruptible.ts';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';
import {
  checkVerifyArguments,
  verifiedSubset,
  withVerifyOptions,
  type VerifiedSubset,
  type VerifyArguments,
} from '../verify.ts';
import { templateOf, withCommitOptions, writtenOf, type CommitArguments } from './common.ts';

interface ApplyArguments extends CommitArguments, VerifyArguments {
  readonly plan: string;
  readonly dryRun: boolean;
  readonly decisions?: string | undefined;
  readonly root?: string | undefined;
  readonly allowDirty: boolean;
  readonly format: string;
  readonly color?: boolean | undefined;
}

/** What is decided: in the plan, and over that in a file of its own. */
async function decisionsOf(
  document: PlanDocument,
  typed: string | undefined,
): Promise<Decisions | undefined> {
  if (typed === undefined) return document.decisions;
  const { readDecisions } = await import('../plan-file.ts');
  return new Map([...(document.decisions ?? []), ...readDecisions(typed)]);
}

/** A plan that was read, and what is to be done of it. */
interface Opened {
  readonly document: PlanDocument;
  readonly composition: Composition;
  readonly decisions: Decisions | undefined;
  readonly subset: Subset;
}

async function open(typed: ApplyArguments, { cwd }: Surroundings): Promise<Opened> {
  const { readPlan } = await import('../plan-file.ts');
  const { openPlan } = await import('../../run/plan-file/open.ts');
  const { acceptedOf } = await import('../../run/plan-file/decisions.ts');
  const { idsOf, subsetOf } = await import('../../run/subset.ts');
  const root = typed.root === undefined ? undefined : resolve(cwd, typed.root);
  const document = readPlan(resolve(cwd, typed.plan), root);
  const path = typed.decisions === undefined ? undefined : resolve(cwd, typed.decisions);
  const decisions = await decisionsOf(document, path);
  const composition = await openPlan(document);
  // What is decided about a proposal that there is not is said, too.
  const known = new Set(idsOf(composition));
  const accepted = acceptedOf(decisions === undefined ? [...known] : [...decisions.keys()], decisions);
  const subset = await subsetOf(composition, accepted);
  const strange = [...(decisions ?? [])]
    .filter(([id, { verdict }]) => verdict !== 'accepted' && !known.has(id))
    .map(([id]) => id);
  const unknown = (await subsetOf(composition, new Set(strange))).leftOut;
  return {
    document,
    composition,
    decisions,
    subset: { ...subset, leftOut: [...subset.leftOut, ...unknown] },
  };
}

/** Writes what is accepted, and commits it where that is asked for. Ctrl-C stops after the file that is being written. */
async function write(
  { document, composition, subset }: Opened,
  typed: ApplyArguments,
  template: string | undefined,
  { stderr }: Surroundings,
): Promise<Committed> {
  const { journalRoot } = await import('../../run/journal/folder.ts');
  const { commit, allowDirty } = typed;
  const { asked, summaries, root } = document;
  return interruptible(stderr, async (signal) => {
    const request = { root: journalRoot(root), asked, allowDirty, signal };
    if (commit === undefined) {
      const { write: writeChanges } = await import('../../run/write.ts');
      const changes = [...subset.texts.values()];
      const written = await writeChanges({ changes }, request);
      return { written, changes: writtenOf(changes, written), commits: [] };
    }
    const { commitChosen } = await import('../commit.ts');
    const accepted = new Set(subset.applied.map(({ id }) => id));
    return commitChosen({ composition, accepted, summaries }, commit, typed, template, request);
  });
}

/** Prints the changes: as a diff where nothing is written. */
async function show(changes: readonly FileChange[], typed: ApplyArguments, around: Surroundings) {
  const { cwd, env, stdout } = around;
  const { colorsFor } = await import('../colors.ts');
  const colors = colorsFor(stdout, env, typed.color);
  const shown = { changes, findings: [] };
  if (typed.format === 'patch') {
    const { patchReport } = await import('../../review/reporters/patch.ts');
    send(stdout, patchReport(changes, cwd));
  } else if (!typed.dryRun) {
    const { changedReport } = await import('../../review/reporters/changed.ts');
    send(stdout, changedReport(changes, cwd, colors));
  } else if (stdout.isTTY === true || typed.color === true) {
    const { terminalReport } = await import('../../review/reporters/terminal.ts');
    send(stdout, terminalReport(shown, cwd, colors));
  } else {
    const { textReport } = await import('../../review/reporters/text.ts');
    send(stdout, textReport(shown, cwd));
  }
}

/** Prints what became of the plan. */
async function tell(
  { document, composition, decisions, subset }: Opened,
  { failures, verified }: VerifiedSubset,
  outcome: Committed | undefined,
  typed: ApplyArguments,
  around: Surroundings,
): Promise<void> {
  const { written, commits = [] } = outcome ?? {};
  const { cwd, env, stdout, stderr } = around;
  const { appliedLines, jsonApplied } = await import('../../review/reporters/applied.ts');
  const { failureLines, nextAfterWriting } = await import('../../review/summary.ts');
  const { placesOf } = await import('../../review/places.ts');
  const { visible } = await import('../../review/describe.ts');
  const { colorsFor } = await import('../colors.ts');
  const changes = [...subset.texts.values()];
  const doneChanges = outcome?.changes ?? changes;
  const inFiles = new Set(doneChanges.flatMap(({ proposals }) => proposals.map(({ id }) => id)));
  const applied: Applied = {
    proposals: composition.steps.flatMap(({ proposals }) => proposals),
    decisions,
    applied: subset.applied.filter(({ id }) => inFiles.has(id)),
    leftOut: subset.leftOut,
    places: placesOf({ changes }),
    isKnown: (path) => composition.unusable?.has(path) !== true,
    failures: [...failures, ...(written?.failures ?? [])],
    ...(verified === undefined ? {} : { verified }),
    ...(written === undefined ? {} : { written: written.written }),
    ...(written?.run === undefined ? {} : { run: written.run }),
  };
  if (typed.format === 'json') {
    const { jsonCommits } = await import('../../review/reporters/commits.ts');
    const made = typed.commit === undefined ? {} : { commits: jsonCommits(commits, cwd) };
    send(stdout, [`${JSON.stringify({ ...jsonApplied(applied, cwd), ...made })}\n`]);
    return;
  }
  await show(doneChanges, typed, around);
  if (commits.length > 0 && typed.format === 'text') {
    const { commitLines } = await import('../../review/reporters/commits.ts');
    send(stdout, commitLines(commits, colorsFor(stdout, env, typed.color)));
  }
  const colors = colorsFor(stderr, env, typed.color);
  if (verified !== undefined) {
    const { verificationLines } = await import('../../review/verification.ts');
    send(stderr, verificationLines(verified, colors));
  }
  send(stderr, failureLines(applied.failures, cwd, colors));
  send(stderr, appliedLines(applied, cwd, colors));
  if (outcome !== undefined && doneChanges.length > 0 && typed.commit === undefined) {
    const { journalRoot } = await import('../../run/journal/folder.ts');
    const root = journalRoot(document.root);
    const where = root === journalRoot(cwd) ? '' : `, in ${visible(root)},`;
    send(stderr, [`${nextAfterWriting(verified !== undefined, where)}\n`]);
  }
}

async function apply(typed: ApplyArguments, around: Surroundings): Promise<ExitCode> {
  checkVerifyArguments(typed);
  const template = await templateOf(typed, around);
  const { composition, document, ...rest } = await open(typed, around);
  const answer = await verifiedSubset(composition, rest.subset, document.root, typed, around);
  if (answer === 'stopped') return 2;
  const opened = { composition, document, ...rest, subset: answer.subset };
  const outcome = typed.dryRun ? undefined : await write(opened, typed, template, around);
  await tell(opened, answer, outcome, typed, around);
  const failures = [...answer.failures, ...(outcome?.written.failures ?? [])];
  return opened.subset.leftOut.length > 0 || failures.length > 0 ? 2 : 0;
}

/** `hasten apply`: does what a plan says. */
export const applyCommand = (
  surroundings: Surroundings,
  end: (code: ExitCode) => void,
): CommandModule<object, ApplyArguments> => ({
  command: 'apply <plan>',
  describe: 'Do what a plan of hasten run --dry-run --plan says, and nothing else',
  builder: (yargs) =>
    withVerifyOptions(withCommitOptions(yargs))
      .positional('plan', { type: 'string', demandOption: true, describe: 'The plan: a .json file' })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Show a unified diff and change nothing',
      })
      .option('decisions', {
        type: 'string',
        requiresArg: true,
        describe:
          'A file that says which proposals are accepted, by their ids; else what the plan says itself',
      })
      .option('root', {
        type: 'string',
        requiresArg: true,
        describe:
          'The folder of the project, where that is not where the plan says, as seen from its own place',
      })
      .option('allow-dirty', {
        type: 'boolean',
        default: false,
        describe:
          'Write although git status lists changes: of tracked files, or of untracked ones that would be rewritten',
      })
      .option('format', {
        choices: ['text', 'json', 'patch'] as const,
        default: 'text' as const,
        requiresArg: true,
        describe: 'What is printed',
      })
      .example('$0 run --dry-run --plan plan.json', 'Write down what would be done')
      .example('$0 apply plan.json', 'Do it, later')
      .example('$0 apply plan.json --verify "npm test"', 'Do what the tests pass with') as never,
  handler: async (typed) => end(await apply(typed, surroundings)),
});
