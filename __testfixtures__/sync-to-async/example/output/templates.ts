import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';

export interface Labels {
  title: string;
  footer: string;
}

export async function labelsOf(language: string): Promise<Labels> {
  // safe: (2 functions become async, in 2 files)
  return JSON.parse(await readFile(join('labels', `${language}.json`), 'utf8'));
}

export class Letterhead {
  readonly logo: Buffer;

  constructor(path: string) {
    // report: A constructor cannot wait
    this.logo = readFileSync(path);
  }
}
