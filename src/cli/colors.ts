import pico from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { Output, Surroundings } from './surroundings.ts';

/** Whether `output` gets colour: `--color` wins over NO_COLOR, that over FORCE_COLOR, that over what `output` is. */
export function isColored(output: Output, env: Surroundings['env'], typed: boolean | undefined): boolean {
  if (typed !== undefined) return typed;
  if ((env.NO_COLOR ?? '') !== '') return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return output.isTTY === true && env.TERM !== 'dumb';
}

/** The colours for `output`; without colour they give back their text. */
export const colorsFor = (output: Output, env: Surroundings['env'], typed: boolean | undefined): Colors =>
  pico.createColors(isColored(output, env, typed));
