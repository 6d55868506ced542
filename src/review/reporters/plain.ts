import pico from 'picocolors';
import type { ReportSource } from '../report-source.ts';
import { changedReport } from './changed.ts';
import { findingsReport } from './findings.ts';
import { textReport } from './text.ts';

/** What the text of a command is where nobody looks at a terminal. */
export function* plainReport(source: ReportSource): Iterable<string> {
  const colors = pico.createColors(false);
  if (source.mode === 'check') yield* findingsReport(source, source.cwd, colors);
  else if (source.mode === 'apply') yield* changedReport(source.changes, source.cwd, colors);
  else yield* textReport(source, source.cwd);
}
