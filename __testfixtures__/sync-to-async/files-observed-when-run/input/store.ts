import fs from 'node:fs';
import path from 'node:path';

export interface Store {
  read(name: string): string;
  has(name: string): boolean;
}

export class Folder implements Store {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  read(name: string): string {
    // review: is short enough
    return fs.readFileSync(this.at(name), 'utf8');
  }

  has(name: string): boolean {
    // safe: (4 functions become async, in 3 files)
    return fs.existsSync(this.at(name));
  }

  protected at(name: string): string {
    return path.join(this.#root, name);
  }
}

export class Trimmed extends Folder {
  override read(name: string): string {
    return super.read(name).trim();
  }
}

export class NoStore implements Store {
  read(name: string): string {
    throw new RangeError(`no ${name}`);
  }

  has(): boolean {
    return false;
  }
}
