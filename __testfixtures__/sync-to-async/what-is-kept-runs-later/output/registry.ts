import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export type Tool = { name: string; run: () => unknown };

const tools: Tool[] = [];

/** It only keeps it. */
export const tool = (name: string, run: () => unknown): Tool => ({ name, run });

/** It calls it before it is done. */
const atOnce = <T>(make: () => T): T => make();
const logged = <T>(make: () => T): T => {
  console.log('making');
  return atOnce(make);
};

/** It puts it where others find it. */
function add(name: string, run: () => unknown): void {
  tools.push({ name, run });
}

export const find = (name: string): Tool | undefined => tools.find((one) => one.name === name);

export const reading = tool('read', async () => {
  // review: Whoever calls the callback of `tool` later waits for it
  const text = await readFile('a.txt', 'utf8');
  return text.length;
});

add('size', () => {
  // report: is kept as `run`
  return statSync('a.txt').size;
});

// report: Nobody is served meanwhile: it runs when `registry.ts` is loaded
export const settings = logged(() => readFileSync('settings.json', 'utf8'));

// A function that is made while the module is loaded does not run.
const template = (name: string) => () => {
  // report: what `template` gives is handed to `res.json`, which may not wait for it
  return existsSync(`${name}.html`);
};

export const plain = template('plain');
