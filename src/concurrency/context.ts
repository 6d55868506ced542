import { sep } from 'node:path';
import { whyTestCode } from '../facts/contexts.ts';
import type { FileContext } from '../transform.ts';

const MIGRATIONS = /^(migrations?|seeds?|seeders?|seeding)$/i;

/** Why the calls in a file are meant in the order that they are written in; one clause that begins with "it". */
export function whyMeantInOrder(file: FileContext<unknown>): string | undefined {
  const home = file.facts.packageOf(file.path);
  const test = whyTestCode(file, home);
  if (test !== undefined) return test;
  const inside = file.path.slice(home.root.length).split(sep);
  const folder = inside.slice(0, -1).find((one) => MIGRATIONS.test(one));
  if (folder !== undefined) return `it is in the folder \`${folder}\`, whose steps build on each other`;
  if (/^(seed|migrat)\w*\.[cm]?[jt]s$/i.test(inside.at(-1) ?? ''))
    return 'it is a script whose steps build on each other';
  return undefined;
}
