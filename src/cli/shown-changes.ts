import type { Plan } from '../run/plan.ts';
import { send, type Surroundings } from './surroundings.ts';

/** How changes are to be printed. */
export interface ShownAs {
  readonly format: string;
  /** Whether nothing was written. */
  readonly dryRun: boolean;
  readonly color?: boolean | undefined;
}

/** Prints changes: as a diff where nothing is written, with what is only reported in `findings`; else the names of the files. */
export async function showChanges(
  shown: Pick<Plan, 'changes' | 'findings'>,
  { format, dryRun, color }: ShownAs,
  { cwd, env, stdout }: Surroundings,
): Promise<void> {
  const { colorsFor } = await import('./colors.ts');
  const colors = colorsFor(stdout, env, color);
  if (format === 'patch') {
    const { patchReport } = await import('../review/reporters/patch.ts');
    send(stdout, patchReport(shown.changes, cwd));
  } else if (!dryRun) {
    const { changedReport } = await import('../review/reporters/changed.ts');
    send(stdout, changedReport(shown.changes, cwd, colors));
  } else if (stdout.isTTY === true || color === true) {
    const { terminalReport } = await import('../review/reporters/terminal.ts');
    send(stdout, terminalReport(shown, cwd, colors));
  } else {
    const { textReport } = await import('../review/reporters/text.ts');
    send(stdout, textReport(shown, cwd));
  }
}
