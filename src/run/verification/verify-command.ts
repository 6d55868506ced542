import type { Safety } from '../../evidence.ts';
import type { Proposal } from '../../transform.ts';
import { subsetOf, type Subset } from '../subset.ts';
import type { Composition } from '../composition.ts';
import { hashOf } from '../whole-file.ts';
import { runCommand, tellingLine, type CommandRun } from './command.ts';
import { makeScratchTree, OutsideError, type ScratchTree } from './scratch-tree.ts';
import { findCulprits, type Blamed, type TestResult } from './search.ts';

/** What is about to happen. */
export type VerifyProgress =
  | { readonly stage: 'copy' }
  | { readonly stage: 'run'; readonly run: number; readonly most: number; readonly suspects: number };

/** What to verify, and how. */
export interface VerifyRequest {
  /** For a shell. */
  readonly command: string;
  readonly composition: Composition;
  /** The ids of what is to be applied. */
  readonly accepted: ReadonlySet<string>;
  /** What is in question: all changes, or those of level `review` only; then what is safe is there from the first run on. */
  readonly level: 'safe' | 'review';
  /** How many times the command may run; at least three. */
  readonly most: number;
  /** Milliseconds for one run. */
  readonly timeLimit: number;
  /** Where the command runs, in a copy of the project around it; absolute. */
  readonly cwd: string;
  /** The top of the project where it is in no git work tree; absolute. */
  readonly top: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/** Why nothing was verified, and the end of the output that shows it. */
export interface Refusal {
  readonly reason: string;
  readonly output: string;
}

/** A proposal that the command fails with. */
export interface CommandCulprit {
  readonly proposal: Proposal;
  /** A sentence: "`npm test` fails with it: not ok 3 - adds". */
  readonly claim: string;
}

/** What the runs of a command came to. */
export interface CommandVerified {
  readonly command: string;
  /** How often it ran. */
  readonly runs: number;
  /** The ids of what the command passes with, and what that makes of the files: exactly this was tested. Nothing where there is a refusal. */
  readonly kept: ReadonlySet<string>;
  readonly subset: Subset;
  readonly culprits: readonly CommandCulprit[];
  /** The ids of what there was no run left for; they are not kept. */
  readonly untested: readonly string[];
  /** What was too large to be copied, with `/` from the top of the project. */
  readonly gaps: readonly string[];
  readonly refusal?: Refusal;
}

const filesOf = ({ edits }: Proposal): readonly string[] => edits.map(({ file }) => file);

/** The proposals of earlier steps that edit a file of `one` too: what it was made for. */
function builtOn(one: Proposal, { steps }: Composition): readonly Proposal[] {
  const step = steps.findIndex(({ proposals }) => proposals.some(({ id }) => id === one.id));
  const files = new Set(filesOf(one));
  return steps
    .slice(0, Math.max(0, step))
    .flatMap(({ proposals }) => proposals.filter((other) => filesOf(other).some((file) => files.has(file))));
}

const digestOf = ({ texts }: Subset): string =>
  hashOf(Buffer.from(JSON.stringify([...texts.values()].map(({ path, after }) => [path, after]))));

/** Runs the command on sets of proposals in a scratch tree, once for each result. */
class Trials {
  runs = 0;
  /** The last run that failed, by the ids that were accepted. */
  readonly failed = new Map<string, CommandRun>();
  last: CommandRun | undefined;
  private readonly known = new Map<string, CommandRun>();
  private readonly request: VerifyRequest;
  private readonly tree: ScratchTree;
  private readonly granted: readonly string[];

  constructor(request: VerifyRequest, tree: ScratchTree, granted: readonly string[]) {
    this.request = request;
    this.tree = tree;
    this.granted = granted;
  }

  subset(items: readonly Proposal[]): Promise<Subset> {
    return subsetOf(this.request.composition, new Set([...this.granted, ...items.map(({ id }) => id)]));
  }

  private async run(subset: Subset | undefined, suspects: number): Promise<CommandRun> {
    const { command, timeLimit, signal, most, onProgress } = this.request;
    this.runs++;
    onProgress?.({ stage: 'run', run: this.runs, most, suspects });
    await this.tree.put(subset?.texts ?? new Map());
    this.last = await runCommand({ command, cwd: this.tree.cwd, timeLimit, signal });
    return this.last;
  }

  /** Runs the command on the project as it is. */
  untouched(suspects: number): Promise<CommandRun> {
    return this.run(undefined, suspects);
  }

  async test(items: readonly Proposal[], suspects: number, isAgain: boolean): Promise<TestResult> {
    const subset = await this.subset(items);
    const digest = digestOf(subset);
    const known = isAgain ? undefined : this.known.get(digest);
    const ran = known ?? (await this.run(subset, suspects));
    this.known.set(digest, ran);
    if (!ran.passed) this.failed.set(keyOf(items), ran);
    return { passed: ran.passed, isRun: known === undefined };
  }
}

const keyOf = (items: readonly Proposal[]): string => items.map(({ id }) => id).join();

/** What a run that failed shows, in one line. */
const shownBy = (run: CommandRun | undefined): string =>
  run === undefined ? 'it fails' : tellingLine(run.output) || run.ending;

function culpritOf(
  { item, together, failedWith }: Blamed<Proposal>,
  trials: Trials,
  command: string,
): CommandCulprit {
  const ran = trials.failed.get(keyOf([item])) ?? trials.failed.get(keyOf(failedWith));
  const others = (together ?? []).map(({ id, title }) => `${title} (${id})`).join(' and ');
  const beside = others === '' ? '' : `, only together with ${others}`;
  return { proposal: item, claim: `\`${command}\` fails with it${beside}: ${shownBy(ran)}` };
}

const isInQuestion = (safety: Safety, level: VerifyRequest['level']): boolean =>
  level === 'safe' || safety === 'review';

const countOf = (items: readonly unknown[]): string =>
  items.length === 0 ? 'without any change' : `with the same ${items.length} changes`;

/** Searches with a scratch tree. */
async function verifyIn(tree: ScratchTree, request: VerifyRequest): Promise<CommandVerified> {
  const { command, composition, accepted, level, most } = request;
  const wanted = composition.steps.flatMap(({ proposals }): readonly Proposal[] =>
    proposals.filter(({ id }) => accepted.has(id)),
  );
  const items = wanted.filter(({ safety }) => isInQuestion(safety, level));
  const granted = wanted.filter((one) => !items.includes(one)).map(({ id }) => id);
  const trials = new Trials(request, tree, granted);
  const nothing = { kept: new Set<string>(), subset: await subsetOf(composition, new Set()) };
  const refused = (reason: string, output: string): CommandVerified => {
    const refusal = { reason, output };
    return { command, runs: trials.runs, ...nothing, culprits: [], untested: [], gaps: tree.gaps, refusal };
  };
  if (granted.length > 0) {
    const ran = await trials.untouched(items.length);
    if (!ran.passed) return refused(whyBaseline(command, ran), ran.output);
  }
  const found = await findCulprits({
    items,
    builtOn: (one) => builtOn(one, composition).filter((other) => items.includes(other)),
    most: most - trials.runs,
    test: (...asked) => trials.test(...asked),
  });
  const output = trials.last?.output ?? '';
  if (found.kind === 'unsteady')
    return refused(
      `\`${command}\` cannot tell what is to blame: it passed once and failed once ${countOf(found.items)}. Give a command that is steady, say without the tests that are not`,
      [...trials.failed.values()].at(-1)?.output ?? output,
    );
  if (found.kind === 'fails-without') {
    const ran = trials.failed.get('');
    if (granted.length === 0) return refused(whyBaseline(command, ran), output);
    return refused(
      `\`${command}\` passes without any change and fails with the ${granted.length} safe ones alone: leave out --verify-level review to find out which of them are to blame`,
      output,
    );
  }
  return {
    command,
    runs: trials.runs,
    kept: new Set([...granted, ...found.kept.map(({ id }) => id)]),
    subset: await trials.subset(found.kept),
    culprits: found.blamed.map((one) => culpritOf(one, trials, command)),
    untested: found.untested.map(({ id }) => id),
    gaps: tree.gaps,
  };
}

const whyBaseline = (command: string, ran: CommandRun | undefined): string =>
  `\`${command}\` fails without any change too (${ran?.ending ?? 'it fails'}), so that it cannot tell what a change does: make it pass first, or give a command that does`;

/**
 * Runs a command on what is to be applied, in a copy of the project. Where it fails, the proposals to blame are found and taken out, so that it passes with what is kept.
 * Nothing of the project is changed, and nothing of the copy is left.
 * @throws the reason of `signal`; an error of the file system where the project cannot be copied.
 */
export async function verifyCommand(request: VerifyRequest): Promise<CommandVerified> {
  const { cwd, top, signal, onProgress, composition, command } = request;
  onProgress?.({ stage: 'copy' });
  const tree = await makeScratchTree(cwd, top, signal);
  try {
    return await verifyIn(tree, request);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const refusal = { reason: `${error.path} ${error.message}`, output: '' };
    const subset = await subsetOf(composition, new Set());
    return { command, runs: 0, kept: new Set(), subset, culprits: [], untested: [], gaps: [], refusal };
  } finally {
    await tree.remove();
  }
}
