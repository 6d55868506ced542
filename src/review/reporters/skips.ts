import type { Colors } from 'picocolors/types.js';
import type { Plan } from '../../run/plan.ts';
import { visible } from '../describe.ts';
import { skipsOf, type Skip, type SkipKind } from '../skips.ts';

/** Everything of one kind that was left alone for reasons that read alike. */
export interface JsonSkips {
  readonly kind: SkipKind;
  readonly reason: string;
  readonly count: number;
  /** Lines and columns from 1; those of a file as a whole have none, nor a transform. */
  readonly places: readonly {
    readonly path: string;
    readonly line?: number;
    readonly column?: number;
    readonly transform?: string;
    readonly reason: string;
  }[];
}

const HEADINGS: Readonly<Record<SkipKind, string>> = {
  report: 'reported',
  ignored: 'ignored',
  baseline: 'in the baseline',
  failed: 'failed',
  skipped: 'left out',
  unmatched: 'not looked into',
};

function skipLine({ path, at, transform, reason }: Skip, colors: Colors): string {
  const place = at === undefined ? visible(path) : `${visible(path)}:${at.line}:${at.column}`;
  const by = transform === undefined ? '' : ` ${colors.dim(`[${transform}]`)}`;
  return `    ${place}:${by} ${visible(reason)}`;
}

/** What was left alone, one line each, below its reason and how often that was met. */
export function* skipsReport(plan: Plan, cwd: string, colors: Colors): Iterable<string> {
  for (const { kind, reason, skips } of skipsOf(plan, cwd)) {
    yield `${colors.bold(`${skips.length.toLocaleString('en')} ${HEADINGS[kind]}`)}: ${visible(reason)}\n`;
    for (const skip of skips) yield `${skipLine(skip, colors)}\n`;
  }
}

/** The same for scripts. */
export const jsonSkips = (plan: Plan, cwd: string): readonly JsonSkips[] =>
  skipsOf(plan, cwd).map(({ kind, reason, skips }) => ({
    kind,
    reason,
    count: skips.length,
    places: skips.map(({ at, ...skip }) => ({ ...skip, ...at })),
  }));
