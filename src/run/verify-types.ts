import { compose } from '../edits/compose.ts';
import type { NewDiagnostic, TypeCheck, TypeChecks } from '../facts/type-check.ts';
import type { Proposal } from '../transform.ts';
import type { Culprit } from './passes.ts';

/** What one pass did. */
export interface Step {
  /** The text of a file before it. */
  readonly textOf: (path: string) => string;
  readonly accepted: readonly Proposal[];
  /** The texts after it. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What a check of the types found. */
export interface TypesVerified {
  /** The tsconfig.json files that were checked with. */
  readonly configs: readonly string[];
  readonly culprits: readonly Culprit[];
}

const reasonOf = ({ path, line, message }: NewDiagnostic): string =>
  `line ${line} of ${path.split('/').at(-1) ?? path} would not type-check: ${message}`;

const touches = ({ edits }: Proposal, files: ReadonlySet<string>): boolean =>
  edits.some(({ file }) => files.has(file));

/**
 * The proposals that are to blame where what all steps made together does not type-check although the files did: at most one for each
 * file in which something new is told, so that it is to be asked again without them. `isLast` names all that may be to blame instead.
 */
export function verifyTypes(steps: readonly Step[], checks: TypeChecks, isLast = false): TypesVerified {
  const culprits = new Map<string, Culprit>();
  const configs: string[] = [];
  for (const check of checks.each()) {
    configs.push(check.path);
    for (const step of steps) {
      for (const one of culpritsOf(step, check, isLast)) culprits.set(one.culprit.id, one);
      // What later steps made of it would have to be asked again.
      if (culprits.size > 0) break;
      if (step !== steps.at(-1)) check.accept(step.texts);
    }
  }
  return { configs, culprits: [...culprits.values()] };
}

function culpritsOf(step: Step, check: TypeCheck, isLast: boolean): readonly Culprit[] {
  const byFile = new Map<string, NewDiagnostic>();
  for (const one of check.newIn(step.texts)) if (!byFile.has(one.path)) byFile.set(one.path, one);
  const culprits = new Map<Proposal, Culprit>();
  for (const fault of byFile.values()) {
    // One that is out already may be to blame for this too.
    if ([...culprits.keys()].some((one) => touches(one, fault.seen))) continue;
    const reason = reasonOf(fault);
    const found = isLast ? suspectsOf(fault, step) : [culpritOf(fault, step, check)];
    for (const culprit of found) culprits.set(culprit, { culprit, reason });
  }
  return [...culprits.values()];
}

/** The proposals that change what the file of a fault sees. */
function suspectsOf(fault: NewDiagnostic, { accepted }: Step): readonly Proposal[] {
  const all = accepted.filter((one) => touches(one, fault.seen));
  return all.length > 0 ? all : accepted;
}

/** The first of the proposals that bring a fault about together with those before it. */
function culpritOf(fault: NewDiagnostic, step: Step, check: TypeCheck): Proposal {
  const { accepted, textOf } = step;
  const suspects = suspectsOf(fault, step);
  const others = accepted.filter((one) => !suspects.includes(one));
  const isFaulty = (count: number): boolean => {
    const { texts } = compose([...others, ...suspects.slice(0, count)], textOf);
    return texts.size > 0 && check.newIn(texts, fault.path).length > 0;
  };
  // The fewest of them that are enough: with `low` of them there is no fault, with `high` there is.
  let low = 0;
  let high = suspects.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isFaulty(middle)) high = middle;
    else low = middle;
  }
  const culprit = suspects[high - 1];
  if (culprit === undefined)
    throw new TypeError('A type check tells of a change although nothing is changed.');
  return culprit;
}
