import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of a log that are sent to somebody. */
const LOG_LIMIT = 256 * 1024;

/** The end of a log, which says how much of it is left out. Throws where it cannot be read. */
export function endOfLog(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const from = Math.max(0, size - LOG_LIMIT);
    const bytes = Buffer.alloc(size - from);
    const count = readSync(file, bytes, 0, bytes.length, from);
    const left = from === 0 ? '' : `[the first ${from} bytes are left out]\n`;
    return left + bytes.subarray(0, count).toString();
  } finally {
    closeSync(file);
  }
}
