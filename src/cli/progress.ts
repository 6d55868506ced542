import type { Progress } from '../run/plan.ts';
import type { Output } from './surroundings.ts';

const SHOWN_AFTER = 1000;
const REDRAWN_AFTER = 100;
const BAR_WIDTH = 24;

const STAGES: Readonly<Record<Progress['stage'], string>> = {
  scan: 'Scanning',
  inspect: 'Inspecting',
  types: 'Checking the types',
  format: 'Formatting',
};

/** A progress bar on one line. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** Clears the line. */
  clear(): void;
}

/** A bar on `output` where that is a terminal, once the run has taken a second. `now` tells milliseconds. */
export function progressBar(output: Output, now: () => number = Date.now): ProgressBar {
  const start = now();
  let drawnAt: number | undefined;
  return {
    update({ stage, done, total }) {
      const time = now();
      if (output.isTTY !== true || time - start < SHOWN_AFTER) return;
      if (drawnAt !== undefined && time - drawnAt < REDRAWN_AFTER) return;
      drawnAt = time;
      const filled = total === 0 ? 0 : Math.min(BAR_WIDTH, Math.round((done / total) * BAR_WIDTH));
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      output.write(`\r\u001b[K${STAGES[stage]} ${bar} ${done}/${total}`);
    },
    clear() {
      if (drawnAt !== undefined) output.write('\r\u001b[K');
      drawnAt = undefined;
    },
  };
}
