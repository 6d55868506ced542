import { readdirSync } from 'node:fs';

function allHooks(): string[] {
  // report: Nobody in the project calls `hooks` but tests, if any, so who does cannot be made to wait
  return readdirSync('hooks');
}

export const count = (): number => allHooks().length;

// Something may look for what a module is.
export default function hooks(): string[] {
  return allHooks();
}
