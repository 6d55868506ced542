import { readFileSync } from 'node:fs';

// What runs at the top cannot wait for all that import it.
function load(path: string): unknown {
  // report: It runs once, when its module is loaded, and it calls `load`
  return JSON.parse(readFileSync(path, 'utf8'));
}

export const settings = load('settings.json');
