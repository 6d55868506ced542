import { readFileSync } from 'node:fs';

const load = (name: string): Record<string, boolean> => ({ [name]: true, two: true });

let cached: Record<string, boolean> | undefined;

export function isEnabled(name: string): boolean {
  if (!cached) cached = load('one');
  return cached[name] === true;
}

let resettable: Record<string, boolean> | undefined;

export function isReset(name: string): boolean {
  if (!resettable) resettable = load('one');
  return resettable[name] === true;
}

export const flags = (): void => {
  resettable = undefined;
};

let kept: Record<string, boolean> | undefined;

export const isKept = (): boolean => kept !== undefined;

export function isFresh(wasKept: boolean): boolean {
  if (!wasKept) kept = load('one');
  return kept !== undefined;
}

let local: Record<string, boolean> | undefined;

export function isLocal(name: string): boolean {
  // review: several turns may fill the variable `local` at once (line 36)
  if (!local) local = JSON.parse(readFileSync('flags.json', 'utf8')) as Record<string, boolean>;
  return local[name] === true;
}
