import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

export { linesOf as lines } from './lib/lines.ts';

export function textOf(path: string): string {
  // report: is what a published package exports
  return readFileSync(path, 'utf8');
}

export class Texts {
  read(path: string): string {
    // report: is what a published package exports
    return readFileSync(path, 'utf8');
  }
}

export class Folder {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async sizes(): Promise<readonly number[]> {
    return [await this.sizeOf('a.txt'), await this.#sizeOf('b.txt')];
  }

  private async sizeOf(name: string): Promise<number> {
    // safe: fs.statSync → await stat
    return (await stat(this.path + name)).size;
  }

  async #sizeOf(name: string): Promise<number> {
    // safe: fs.statSync → await stat
    return (await stat(this.path + name)).size;
  }

  protected textOf(name: string): string {
    // report: is what a published package exports
    return readFileSync(this.path + name, 'utf8');
  }

  async text(): Promise<string> {
    return this.textOf('a.txt');
  }
}

export async function lengths(names: readonly string[]): Promise<number> {
  const lengthOf = async (name: string): Promise<number> => {
    // safe: fs.readFileSync → await readFile
    return (await readFile(name, 'utf8')).length;
  };
  let all = 0;
  for (const name of names) all += await lengthOf(name);
  return all;
}

export function readers(): { read(name: string): string } {
  return {
    read(name) {
      // report: is what a published package exports
      return readFileSync(name, 'utf8');
    },
  };
}

export const readerOf = (path: string) => () => {
  // report: is what a published package exports
  return readFileSync(path, 'utf8');
};

const maker = (path: string) => () => {
  // report: is what a published package exports
  return readFileSync(path, 'utf8');
};

function madeFor(path: string) {
  return maker(path);
}

export { madeFor };

const logged = (read: (path: string) => string) => (path: string) => {
  console.log(path);
  return read(path);
};

function raw(path: string): string {
  // report: what `logged` gives is what a published package exports
  return readFileSync(path, 'utf8');
}

function plain(path: string): string {
  // report: what `logged` gives is what a published package exports
  return readFileSync(path, 'utf8');
}

export const rawOf = logged(raw);

const plainOf = logged(plain);

export { plainOf };

export const firstOf = (names: readonly string[]) => {
  const read = (name: string): string => {
    // report: is what a published package exports
    return readFileSync(name, 'utf8');
  };
  return { first: read(names[0] ?? ''), read };
};

// Its callbacks stay inside, so that only it is named.
export function allOf(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    // report: `allOf` is what a published package exports
    return readFileSync(name, 'utf8').split('\n');
  });
}

// Who imports it waits for it already.
export async function later(path: string): Promise<string> {
  // safe: fs.readFileSync → readFile
  return readFile(path, 'utf8');
}
