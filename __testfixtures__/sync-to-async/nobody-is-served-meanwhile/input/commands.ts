import { readFileSync } from 'node:fs';

type Action = (options: readonly string[]) => unknown;

export class Command {
  private run: Action = () => undefined;

  describe(text: string): this {
    console.log(text);
    return this;
  }

  action(run: Action): this {
    this.run = run;
    return this;
  }

  start(options: readonly string[]): unknown {
    return this.run(options);
  }
}

const textOf = (path: string): string => {
  // report: Nobody is served meanwhile: the callback of `….action` comes to it (through `textOf`)
  return readFileSync(path, 'utf8');
};

export const show = new Command().describe('shows a text that is long enough').action(async ([path]) => {
  console.log(textOf(path ?? 'a.txt'));
});

/** Keeps what is run whenever something happens, which may be while the command serves somebody. */
const listeners = new Set<(path: string) => Promise<void>>();
const whenever = (listener: (path: string) => Promise<void>): void => {
  listeners.add(listener);
};

export const serve = new Command().describe('serves until it is stopped by someone').action(() => {
  whenever(async (path) => {
    // review: Whoever calls
    console.log(readFileSync(path, 'utf8'));
  });
});
