import type { Colors } from 'picocolors/types.js';
import { REVIEW_KEYS } from '../keys.ts';
import { cut, padded } from './fit.ts';
import { SCROLL_KEYS } from './scrolling.ts';
import type { Size } from './state.ts';

/** Columns from which the keys stand in two columns. */
const WIDE = 140;

/** All keys, and what they do. */
export function helpRows({ columns }: Size, colors: Colors): string[] {
  const entries = [
    ...REVIEW_KEYS.filter(({ only }) => only !== 'page').map(({ key, says }) => [key, says] as const),
    ...SCROLL_KEYS.map(({ keys, says }) => [keys, says] as const),
    ['Ctrl-C', 'as s'] as const,
    ['Ctrl-Z', 'to the shell; fg comes back'] as const,
  ];
  const room = columns >= WIDE ? Math.floor(columns / 2) : columns;
  const rows = entries.map(([key, says]) => cut(` ${colors.bold(padded(key, 10))} ${says}`, room));
  if (room === columns) return rows;
  const half = Math.ceil(rows.length / 2);
  return rows.slice(0, half).map((row, index) => padded(row, room) + (rows[half + index] ?? ''));
}
