import { existsSync } from 'node:fs';
import { baselineOffset, compose, type Composed, type Replaced } from '../edits/compose.ts';
import type { Span } from '../edits/edit.ts';
import { fails, isAtLeast } from '../evidence.ts';
import type { ParsedFile } from '../syntax/file.ts';
import type { Proposal } from '../transform.ts';
import type { Failure } from './inspect.ts';
import { whyBroken } from './verify.ts';

/** Passes after which a run stops, whatever is still proposed: transforms that undo each other would never end. */
export const MAX_PASSES = 10;

/** What a pass needs of the files it works on. */
export interface Baseline {
  /** The current text of a file, the empty one where it does not exist. */
  textOf(path: string): string;
  /** Whether a file exists; as the disk says unless told. */
  readonly isThere?: (path: string) => boolean;
  /** The parsed file; undefined where it does not exist. */
  fileOf(path: string): ParsedFile | undefined;
}

/** The outcome of one pass. */
export interface Pass {
  /** Those whose edits are in `texts`. */
  readonly accepted: readonly Proposal[];
  /** Those that overlap an accepted one: they may fit in the next pass. */
  readonly deferred: readonly Proposal[];
  /** Those that broke a check: level `report` now, with what broke as their evidence. */
  readonly demoted: readonly Proposal[];
  readonly texts: ReadonlyMap<string, string>;
  readonly replaced: ReadonlyMap<string, readonly Replaced[]>;
}

/** A proposal that breaks a check, and how: one sentence. */
export interface Culprit {
  readonly culprit: Proposal;
  readonly reason: string;
}

/** The most trusted first, then in file order: of two that overlap the first of these applies. Those of `late` come last. */
const inOrderOfTrust =
  (late: ReadonlySet<string>) =>
  (a: Proposal, b: Proposal): number => {
    if (late.has(a.transform) !== late.has(b.transform)) return late.has(a.transform) ? 1 : -1;
    if (a.safety !== b.safety) return isAtLeast(a.safety, b.safety) ? -1 : 1;
    if (a.path !== b.path) return a.path < b.path ? -1 : 1;
    return a.start - b.start || b.end - a.end || (a.transform < b.transform ? -1 : 1);
  };

const demote = (proposal: Proposal, reason: string): Proposal => ({
  ...proposal,
  safety: 'report',
  edits: [],
  evidence: [...proposal.evidence, fails(`A check of the result failed: ${reason}`)],
});

/** What is wrong in `path` once `proposals` are applied; undefined where nothing is. */
function whyBrokenIn(path: string, proposals: readonly Proposal[], baseline: Baseline): string | undefined {
  const file = baseline.fileOf(path);
  if (file === undefined) return undefined;
  const { accepted, texts } = compose(proposals, baseline.textOf);
  const text = texts.get(path);
  const edits = accepted.flatMap((one) => one.edits.filter((edit) => edit.file === path));
  return text === undefined ? undefined : whyBroken(file, text, edits, isThereWith(texts, baseline));
}

/** Whether a file exists once some have the texts that a pass made. */
const isThereWith =
  (texts: ReadonlyMap<string, string>, { isThere = existsSync }: Baseline) =>
  (path: string): boolean =>
    texts.has(path) || isThere(path);

/** Of `proposals`, which together break `path`, the first that does so beside those before it. */
function culpritOf(path: string, proposals: readonly Proposal[], baseline: Baseline): Culprit | undefined {
  const touching = proposals.filter((one) => one.edits.some((edit) => edit.file === path));
  for (const one of touching) {
    const reason = whyBrokenIn(path, [one], baseline);
    if (reason !== undefined) return { culprit: one, reason };
  }
  for (const [index, one] of touching.entries()) {
    const reason = whyBrokenIn(path, touching.slice(0, index + 1), baseline);
    if (reason !== undefined) return { culprit: one, reason };
  }
  return undefined;
}

/** What is left of proposals once they are composed and checked. */
export interface Checked extends Composed<Proposal> {
  /** Those that were taken out, and what they break. */
  readonly culprits: readonly Culprit[];
}

/** Composes proposals in their order, checks every result, and takes out whole what breaks a check. */
export function composeChecked(proposals: readonly Proposal[], baseline: Baseline): Checked {
  const culprits: Culprit[] = [];
  const checked = new Map<string, string>();
  let wanted = proposals;
  for (;;) {
    const composed = compose(wanted, baseline.textOf);
    const { accepted, deferred, texts } = composed;
    const impossible = deferred.find((one) => compose([one], baseline.textOf).accepted.length === 0);
    let broken: Culprit | undefined;
    if (impossible !== undefined)
      broken = { culprit: impossible, reason: 'its own edits overlap each other' };
    for (const [path, text] of broken === undefined ? texts : []) {
      const file = baseline.fileOf(path);
      if (file === undefined || checked.get(path) === text) continue;
      const edits = accepted.flatMap((one) => one.edits.filter((edit) => edit.file === path));
      if (whyBroken(file, text, edits, isThereWith(texts, baseline)) !== undefined)
        broken = culpritOf(path, accepted, baseline);
      if (broken !== undefined) break;
      checked.set(path, text);
    }
    if (broken === undefined) return { ...composed, culprits };
    const { culprit } = broken;
    culprits.push(broken);
    wanted = wanted.filter((one) => one !== culprit);
  }
}

/**
 * Composes those of `proposals` that have edits, checks every result, and takes out whole what breaks a check, and what is `refused` by its
 * id for a reason. Proposals of the transforms in `late` wait where they overlap others.
 */
export function runPass(
  proposals: readonly Proposal[],
  baseline: Baseline,
  late: ReadonlySet<string> = new Set(),
  refused: ReadonlyMap<string, string> = new Map(),
): Pass {
  const isRefused = ({ id }: Proposal): boolean => refused.has(id);
  const wanted = proposals
    .filter((one) => one.edits.length > 0 && !isRefused(one))
    .toSorted(inOrderOfTrust(late));
  const { culprits, ...composed } = composeChecked(wanted, baseline);
  const demoted = [
    ...proposals.filter(isRefused).map((one) => demote(one, refused.get(one.id) ?? '')),
    ...culprits.map(({ culprit, reason }) => demote(culprit, reason)),
  ];
  return { ...composed, demoted };
}

/** What was replaced in each file, pass by pass. */
export type Passes = readonly ReadonlyMap<string, readonly Replaced[]>[];

/** Where `span` of the file `path` came from in the text that `passes` started from. */
export function spanBefore(path: string, span: Span, passes: Passes): Span {
  let [start, end] = span;
  for (const replaced of passes.toReversed()) {
    const inFile = replaced.get(path) ?? [];
    start = baselineOffset(inFile, start);
    end = Math.max(start, baselineOffset(inFile, end));
  }
  return [start, end];
}

/** The proposal with its place told in the text that the passes before it started from. */
export function movedBack(proposal: Proposal, passes: Passes): Proposal {
  const [start, end] = spanBefore(proposal.path, [proposal.start, proposal.end], passes);
  return { ...proposal, start, end };
}

/** Says that a file did not come to rest. */
export const restless = (path: string): Failure => ({
  path,
  reason: `still changes after ${MAX_PASSES} passes: two transforms undo each other's work, or one its own; its changes are left out`,
});
