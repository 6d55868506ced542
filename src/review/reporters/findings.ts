import type { Colors } from 'picocolors/types.js';
import type { Plan } from '../../run/plan.ts';
import { findingLines } from '../describe.ts';
import { placesOf } from '../places.ts';

/** All findings, each on a line of its own that names its place, with its evidence indented below. */
export function* findingsReport(plan: Plan, cwd: string, colors: Colors): Iterable<string> {
  for (const line of findingLines(plan.findings, placesOf(plan), cwd, colors)) yield `${line}\n`;
}
