import { AsyncLocalStorage } from 'node:async_hooks';

/** Set in whatever contained code does, also after it waited. */
const inside = new AsyncLocalStorage<true>();

/** How many bodies are under way: several runs may be at work in one process. */
let bodies = 0;
let giveBack: () => void = () => undefined;

function contain(): void {
  const { exit } = process;
  const { write } = process.stdout;
  process.exit = (code) => {
    if (inside.getStore() === undefined) exit.call(process, code);
    throw new Error(`it called process.exit(${code ?? ''})`);
  };
  const divert = function (this: unknown, ...given: Parameters<typeof write>): boolean {
    const output = inside.getStore() === undefined ? process.stdout : process.stderr;
    return (output === process.stdout ? write : process.stderr.write).apply(output, given);
  };
  process.stdout.write = divert as typeof write;
  giveBack = () => {
    process.exit = exit;
    process.stdout.write = write;
  };
}

/**
 * Runs code that was written for another program: what it prints goes to stderr, since stdout is somebody's result, and it cannot end the
 * process, which others still need. What others do meanwhile is as it was.
 */
export async function contained<T>(body: () => T | Promise<T>): Promise<T> {
  if (bodies++ === 0) contain();
  try {
    return await inside.run(true, body);
  } finally {
    if (--bodies === 0) giveBack();
  }
}
