import { readFileSync } from 'node:fs';
import type { FileChange } from '../run/plan.ts';

const BOM = '\uFEFF';

/** A place that a person can open: lines and columns from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where the offsets of a plan lie in the files as they were before the run. */
export interface Places {
  /** The text of a file, without a byte order mark; empty where it does not exist. */
  textOf(path: string): string;
  /** How many units stand before offset 0 in the file on disk: 1 for a byte order mark, else 0. */
  shiftOf(path: string): number;
  placeOf(path: string, offset: number): Place;
}

function readBefore(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Where the lines of a text begin. */
function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Reads changed files from the plan, which keeps them as they were, and others from the disk when they are first asked for. */
export function placesOf(plan: { readonly changes: readonly Pick<FileChange, 'path' | 'before'>[] }): Places {
  const wholes = new Map(plan.changes.map(({ path, before }) => [path, before ?? '']));
  const starts = new Map<string, readonly number[]>();

  const wholeOf = (path: string): string => {
    const whole = wholes.get(path) ?? readBefore(path);
    wholes.set(path, whole);
    return whole;
  };
  const shiftOf = (path: string): number => (wholeOf(path).startsWith(BOM) ? 1 : 0);
  const textOf = (path: string): string => wholeOf(path).slice(shiftOf(path));
  const startsOf = (path: string): readonly number[] => {
    const known = starts.get(path) ?? lineStartsOf(textOf(path));
    starts.set(path, known);
    return known;
  };
  return {
    textOf,
    shiftOf,
    placeOf(path, offset) {
      const lines = startsOf(path);
      let low = 0;
      let high = lines.length;
      while (low + 1 < high) {
        const middle = (low + high) >> 1;
        if ((lines[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
    },
  };
}
