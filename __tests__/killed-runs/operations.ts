import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** What is done to the disk, one thing after the other; what only reads is not counted. */
const WRITING = ['mkdir', 'writeFile', 'rename', 'rm', 'rmdir', 'unlink'] as const;

/** Stops the world: it must never return. */
export type Stop = () => Promise<never>;

/** The operations on the disk since `countOperations`. */
export interface Operations {
  readonly count: number;
  /** Whether the operation at which everything stopped writes a content, which may be half there. */
  readonly isTearable: boolean;
  /** Makes the functions what they were. */
  restore(): void;
}

type AnyFunction = (this: unknown, ...words: unknown[]) => Promise<unknown>;

function functionOf(owner: object, name: string): AnyFunction {
  const found: unknown = Reflect.get(owner, name);
  if (typeof found !== 'function') throw new TypeError(`There is no ${name}.`);
  return async function (...words) {
    return (await Reflect.apply(found, this, words)) as unknown;
  };
}

const isContent = (value: unknown): value is string | Uint8Array =>
  typeof value === 'string' || value instanceof Uint8Array;

/** `words` with half of the content that is at `position`. */
const halved = (words: readonly unknown[], position: number): unknown[] =>
  words.map((word, index) =>
    index === position && isContent(word) ? word.slice(0, word.length >> 1) : word,
  );

/**
 * Counts what every module of this process does to the disk through `node:fs/promises`, and calls `stop` instead of operation
 * number `at`, from 1. One that writes a content has by then written half of it where `isTorn`.
 */
export function countOperations(at: number, isTorn: boolean, stop: Stop): Operations {
  const originals = new Map<string, unknown>();
  let count = 0;
  let isTearable = false;
  const next = async (half?: () => Promise<unknown>): Promise<void> => {
    count++;
    if (count < at) return;
    if (count === at) {
      isTearable = half !== undefined;
      if (isTorn) await half?.();
    }
    await stop();
  };
  const replace = (name: string, by: AnyFunction): void => {
    originals.set(name, Reflect.get(fs, name));
    Reflect.set(fs, name, by);
  };
  const countWriting = (handle: FileHandle): void => {
    const write = functionOf(handle, 'writeFile');
    const counted: AnyFunction = async (...words) => {
      await next(() => write.apply(handle, halved(words, 0)));
      return write.apply(handle, words);
    };
    Reflect.set(handle, 'writeFile', counted);
  };

  for (const name of WRITING) {
    const original = functionOf(fs, name);
    replace(name, async (...words) => {
      await next(() => (name === 'writeFile' ? original.apply(fs, halved(words, 1)) : Promise.resolve()));
      return original.apply(fs, words);
    });
  }
  const { open } = fs;
  replace('open', async (path, flags, mode) => {
    if (typeof path !== 'string' || typeof flags !== 'string') throw new TypeError('Opened in a new way.');
    if (flags === 'r') return open(path, flags);
    await next();
    const handle = await open(path, flags, typeof mode === 'number' ? mode : undefined);
    countWriting(handle);
    return handle;
  });
  syncBuiltinESMExports();
  return {
    get count() {
      return count;
    },
    get isTearable() {
      return isTearable;
    },
    restore() {
      for (const [name, original] of originals) Reflect.set(fs, name, original);
      syncBuiltinESMExports();
    },
  };
}
