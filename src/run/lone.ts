import { composeChecked } from './passes.ts';
import type { FileChange } from './plan.ts';
import type { Composition, StepProposal } from './subset.ts';
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

/** Takes a plan apart into what each of its proposals does. Nothing is read or written. */
export function loneChanges(composition: Composition): LoneChanges {
  const { steps, baselines, isFormatted } = composition;
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
      const changes: FileChange[] = [];
      const { texts } = composeChecked([inStep(one)], workspace);
      for (const path of [...texts.keys()].toSorted()) {
        const text = workspace.has(path) ? workspace.textOf(path) : null;
        const after = await tidied(path, text, texts.get(path) ?? '', isFormatted);
        if (after === text) continue;
        const bom = baselines.get(path)?.startsWith(BOM) === true ? BOM : '';
        const whole = text === null ? null : bom + text;
        changes.push({ path, before: whole, after: bom + after, proposals: [inStep(one)] });
      }
      return changes;
    },
  };
}

const isUsable = ({ edits }: StepProposal, { baselines }: Composition): boolean =>
  edits.every(({ file }) => baselines.has(file));

/** A proposal with its place told in the text that its edits are for. */
const inStep = (one: StepProposal): StepProposal => ({ ...one, start: one.made[0], end: one.made[1] });
