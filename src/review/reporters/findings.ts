import type { Colors } from 'picocolors/types.js';
import type { Plan } from '../../run/plan.ts';
import { findingLines, isOpen } from '../describe.ts';
import { placesOf } from '../places.ts';

/** All findings to which nobody said no, each on a line of its own that names its place, with its evidence indented below. */
export function* findingsReport(
  plan: Pick<Plan, 'changes' | 'findings'>,
  cwd: string,
  colors: Colors,
): Iterable<string> {
  for (const line of findingLines(plan.findings.filter(isOpen), placesOf(plan), cwd, colors))
    yield `${line}\n`;
}
