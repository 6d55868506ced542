import { basename } from 'node:path';
import { parseFile } from '../syntax/file.ts';
import type { Proposal } from '../transform.ts';
import { composeChecked } from './passes.ts';
import type { Composition, StepProposal } from './composition.ts';
import type { FileChange } from './plan.ts';
import { tidied } from './tidy.ts';
import { hashOf, messageOf } from './whole-file.ts';
import { Workspace } from './workspace.ts';

/** A proposal that is not applied although it was accepted, and why: the end of a sentence. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

/** What some of the proposals of a plan make of its files. */
export interface Subset {
  /** The files that change, by path, in path order. */
  readonly texts: ReadonlyMap<string, FileChange>;
  /** What is applied, in the order of the plan. */
  readonly applied: readonly Proposal[];
  readonly leftOut: readonly LeftOut[];
}

/** How many missing proposals a reason names. */
const MOST_NAMED = 3;

const BOM = '\uFEFF';

const withoutBom = (text: string): string => (text.startsWith(BOM) ? text.slice(1) : text);

const filesOf = ({ edits }: Proposal): string[] => [...new Set(edits.map(({ file }) => file))];

/** One try to compose what is accepted. */
interface Attempt {
  readonly workspace: Workspace;
  readonly applied: ReadonlySet<string>;
  /** Those for which other steps left another text than they were made for. */
  readonly unfounded: readonly StepProposal[];
  readonly leftOut: readonly LeftOut[];
}

/** Composes the accepted proposals of a plan step by step. */
class Steps {
  private readonly composition: Composition;
  private readonly accepted: ReadonlySet<string>;
  /** The proposals that the first pass found too, and so have edits for the files as they are, by id. */
  private readonly found: ReadonlyMap<string, Proposal>;

  constructor(composition: Composition, accepted: ReadonlySet<string>) {
    this.composition = composition;
    this.accepted = accepted;
    const { findings, baselines } = composition;
    const isComplete = (one: Proposal): boolean =>
      one.edits.length > 0 && filesOf(one).every((path) => baselines.has(path));
    this.found = new Map(findings.filter(isComplete).map((one) => [one.id, one]));
  }

  private baseline(): Workspace {
    const workspace = new Workspace();
    for (const [path, text] of this.composition.baselines)
      if (text !== null) workspace.set(path, withoutBom(text));
    return workspace;
  }

  /** Those of `early` are composed with the first step, as they were found in the files as they are. */
  private attempt(early: ReadonlySet<string>): Attempt {
    const workspace = this.baseline();
    const applied = new Set<string>();
    const unfounded: StepProposal[] = [];
    const leftOut: LeftOut[] = [];
    for (const [index, step] of this.composition.steps.entries()) {
      const changed = new Set(
        step.texts
          .filter(({ path, hash }) => hashOf(Buffer.from(workspace.textOf(path))) !== hash)
          .map(({ path }) => path),
      );
      const chosen = step.proposals.filter(({ id }) => this.accepted.has(id) && !early.has(id));
      const isFounded = (one: Proposal): boolean => !filesOf(one).some((path) => changed.has(path));
      unfounded.push(...chosen.filter((one) => !isFounded(one)));
      const wanted: Proposal[] = chosen
        .filter(isFounded)
        .map((one) => ({ ...one, start: one.made[0], end: one.made[1] }));
      if (index === 0) wanted.push(...[...early].flatMap((id) => this.found.get(id) ?? []));
      const composed = composeChecked(wanted, workspace);
      for (const { id } of composed.accepted) applied.add(id);
      for (const { culprit, reason } of composed.culprits) leftOut.push({ id: culprit.id, reason });
      for (const { id } of composed.deferred)
        leftOut.push({ id, reason: 'it overlaps another one that is accepted' });
      for (const [path, text] of composed.texts) workspace.set(path, text);
    }
    return { workspace, applied, unfounded, leftOut };
  }

  /**
   * Composes the steps. What was made for what another proposal leaves, and was found in the files as they are too, is composed with the
   * first step where that other one is not there.
   */
  settle(): Attempt {
    const early = new Set<string>();
    for (;;) {
      const attempt = this.attempt(early);
      const waiting = attempt.unfounded.filter(({ id }) => this.found.has(id) && !early.has(id));
      if (waiting.length === 0) return attempt;
      for (const { id } of waiting) early.add(id);
    }
  }
}

/** Why a proposal was not made for the texts that are there: which ones before it are not applied, where that is known. */
function whyUnfounded(one: StepProposal, { steps }: Composition, applied: ReadonlySet<string>): string {
  const files = filesOf(one);
  const names = files.map((path) => basename(path)).join(' and ');
  const step = steps.findIndex(({ proposals }) => proposals.includes(one));
  const missing = steps
    .slice(0, step)
    .flatMap(({ proposals }) => proposals)
    .filter((other) => !applied.has(other.id) && filesOf(other).some((path) => files.includes(path)))
    .map(({ id }) => id);
  if (missing.length === 0)
    return `it was made for another text of ${names} than the proposals before it leave`;
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  return `it was made for what ${missing.slice(0, MOST_NAMED).join(', ')}${more} would leave of ${names}`;
}

/** Why the file at `path` cannot be composed; undefined where it can. */
function whyNoText(path: string, { baselines, unusable }: Composition): string | undefined {
  const text = baselines.get(path);
  if (text === undefined) return `${basename(path)} ${unusable?.get(path) ?? 'is no file of the plan'}`;
  if (text === null) return undefined;
  try {
    parseFile(path, withoutBom(text));
    return undefined;
  } catch (error) {
    return `${basename(path)} does not parse: ${messageOf(error)}`;
  }
}

/** Why an id stands for nothing that the plan applies. */
function whyNotInSteps(id: string, { findings }: Composition): string {
  const found = findings.find((one) => one.id === id);
  if (found === undefined) return 'the plan has no proposal of this id';
  return `the plan does not apply it: ${found.safety === 'report' ? 'it is only reported' : `its level is ${found.safety}`}`;
}

/** What steps made of the files, tidied as at the end of a run, and the proposals that are in each. */
async function changesOf(
  { baselines, isFormatted }: Composition,
  workspace: Workspace,
  applied: readonly Proposal[],
): Promise<Map<string, FileChange>> {
  const changes = new Map<string, FileChange>();
  for (const path of [...new Set(applied.flatMap(filesOf))].toSorted()) {
    const before = baselines.get(path) ?? null;
    const text = before === null ? null : withoutBom(before);
    const composed = workspace.textOf(path);
    if (composed === text) continue;
    const after = await tidied(path, text, composed, isFormatted);
    const bom = before !== null && before.startsWith(BOM) ? BOM : '';
    const proposals = applied.filter((one) => filesOf(one).includes(path));
    changes.set(path, { path, before, after: bom + after, proposals });
  }
  return changes;
}

/**
 * What the accepted proposals of a plan make of its files, and nothing else; all of them make exactly what the plan says. Every text is
 * checked as in a run: what breaks a check, what overlaps, and what was made for the work of another proposal that is not there,
 * is left out whole, with the reason. Nothing is read or written.
 * @param accepted ids.
 */
export async function subsetOf(composition: Composition, accepted: ReadonlySet<string>): Promise<Subset> {
  const all = composition.steps.flatMap(({ proposals }) => proposals);
  const inSteps = new Set(all.map(({ id }) => id));
  const leftOut: LeftOut[] = [...accepted]
    .filter((id) => !inSteps.has(id))
    .map((id) => ({ id, reason: whyNotInSteps(id, composition) }));
  const edited = new Set(all.filter(({ id }) => accepted.has(id)).flatMap(filesOf));
  const unusable = new Map([...edited].map((path) => [path, whyNoText(path, composition)]));
  const wanted = new Set<string>();
  for (const one of all) {
    if (!accepted.has(one.id)) continue;
    const reason = filesOf(one).flatMap((path) => unusable.get(path) ?? [])[0];
    if (reason === undefined) wanted.add(one.id);
    else leftOut.push({ id: one.id, reason });
  }
  const attempt = new Steps(composition, wanted).settle();
  leftOut.push(...attempt.leftOut);
  for (const one of attempt.unfounded)
    leftOut.push({ id: one.id, reason: whyUnfounded(one, composition, attempt.applied) });
  const applied = all.filter(({ id }) => attempt.applied.has(id));
  return { texts: await changesOf(composition, attempt.workspace, applied), applied, leftOut };
}
