import { existsSync, unlinkSync } from 'node:fs';

export async function those(paths: readonly string[]): Promise<string[]> {
  // report: may use what it returns at once
  return paths.filter(existsSync);
}

export async function clear(paths: readonly string[]): Promise<void> {
  // report: `fs.unlinkSync` is handed to
  paths.forEach(unlinkSync);
}
