import { compose } from '../edits/compose.ts';
import { composeChecked } from './passes.ts';
import type { FileChange } from './plan.ts';
import type { Composition, StepProposal } from './composition.ts';
import { tidied } from './tidy.ts';
import { Workspace } from './workspace.ts';

const BOM = '\uFEFF';

/** Makes what one proposal of a plan does, apart from all others. */
export interface LoneChanges {
  /**
   * The files that the proposal changes, in path order. `before` is a file as the steps before that of the proposal leave it, as it is on disk
   * for the first step; the proposal's place in it is `made`. None for an id that the plan does not apply, and where a file is unusable.
   */
  of(id: string): Promise<readonly FileChange[]>;
}

/**
 * Takes a plan apart into what each of its proposals does. Nothing is read or written.
 * @param changes what all of them make of the files, where that is known.
 */
export function loneChanges(composition: Composition, changes: readonly FileChange[] = []): LoneChanges {
  const { steps, baselines, isFormatted } = composition;
  const isTidyAnyway = tidyAnyway(composition, changes);
  const stepOf = new Map(
    steps.flatMap(({ proposals }, index) => proposals.map((one) => [one.id, { one, index }] as const)),
  );
  /** What the texts are before each step; those of later ones are made when somebody first asks. */
  const workspaces: Workspace[] = [];
  const before = (index: number): Workspace => {
    const known = workspaces[index];
    if (known !== undefined) return known;
    const workspace = new Workspace();
    workspaces[index] = workspace;
    if (index === 0) {
      for (const [path, text] of baselines)
        if (text !== null) workspace.set(path, text.startsWith(BOM) ? text.slice(1) : text);
      return workspace;
    }
    const earlier = before(index - 1);
    const step = steps[index - 1];
    for (const [path, text] of baselines) if (text !== null) workspace.set(path, earlier.textOf(path));
    const made = step === undefined ? [] : step.proposals.filter((one) => isUsable(one, composition));
    for (const [path, text] of composeChecked(made.map(inStep), earlier).texts) workspace.set(path, text);
    return workspace;
  };
  return {
    async of(id) {
      const found = stepOf.get(id);
      if (found === undefined || !isUsable(found.one, composition)) return [];
      const { one, index } = found;
      const workspace = before(index);
      const made: FileChange[] = [];
      const isTidy = one.edits.every(({ file }) => isTidyAnyway(file));
      const { texts } = isTidy
        ? compose([inStep(one)], workspace.textOf)
        : composeChecked([inStep(one)], workspace);
      for (const path of [...texts.keys()].toSorted()) {
        const text = workspace.has(path) ? workspace.textOf(path) : null;
        const composed = texts.get(path) ?? '';
        const after = isTidy ? composed : await tidied(path, text, composed, isFormatted);
        if (after === text) continue;
        const bom = baselines.get(path)?.startsWith(BOM) === true ? BOM : '';
        const whole = text === null ? null : bom + text;
        made.push({ path, before: whole, after: bom + after, proposals: [inStep(one)] });
      }
      return made;
    },
  };
}

/**
 * Tells of files that nothing had to be tidied in when all proposals were composed: no import was closed and nothing formatted anew. Then
 * nothing has to be where only one of them is, since a formatter decides statement by statement; checking that would take a hundred
 * times as long. Only for files of the first step.
 */
function tidyAnyway(
  { steps, baselines }: Composition,
  changes: readonly FileChange[],
): (path: string) => boolean {
  const [first, ...later] = steps;
  const inLater = new Set(
    later.flatMap(({ proposals }) => proposals.flatMap(({ edits }) => edits.map(({ file }) => file))),
  );
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const known = new Map<string, boolean>();
  const textOf = (path: string): string => (baselines.get(path) ?? '').replace(BOM, '');
  const isTidy = (path: string): boolean => {
    const change = byPath.get(path);
    if (change === undefined || inLater.has(path) || first === undefined) return false;
    const own = first.proposals.filter(({ edits }) => edits.some(({ file }) => file === path)).map(inStep);
    return compose(own, textOf).texts.get(path) === change.after.replace(BOM, '');
  };
  return (path) => {
    const is = known.get(path) ?? isTidy(path);
    known.set(path, is);
    return is;
  };
}

const isUsable = ({ edits }: StepProposal, { baselines }: Composition): boolean =>
  edits.every(({ file }) => baselines.has(file));

/** A proposal with its place told in the text that its edits are for. */
const inStep = (one: StepProposal): StepProposal => ({ ...one, start: one.made[0], end: one.made[1] });
