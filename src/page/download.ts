import type { Decisions } from '../run/plan-file/decisions.ts';

/** The version of decisions.json, as `hasten apply --decisions` reads it. */
const FORMAT = 1;

/** Saves what was decided as decisions.json. */
export function downloadDecisions(decisions: Decisions): void {
  const text = `${JSON.stringify({ format: FORMAT, decisions: Object.fromEntries(decisions) }, null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'decisions.json';
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
