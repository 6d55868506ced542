import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { config } from '../config.js';

const folder = join(config.filesDir, 'exports');

export interface ExportFile {
  name: string;
  bytes: number;
}

function csvCell(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function listExports(): ExportFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const { size } = statSync(join(folder, name));
      return { name, bytes: size };
    });
}

export function readExport(name: string): string | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  return readFileSync(path, 'utf8');
}

export function writeExport(name: string, rows: readonly (readonly (string | number)[])[]): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${row.map(csvCell).join(',')}\n`).join(''));
  console.log('Export written:', { name, rows: rows.length });
  return path;
}

/** Removes all but the newest exports. Answers the names of those removed. */
export function pruneExports(keep: number): string[] {
  if (!existsSync(folder)) return [];
  const newestFirst = readdirSync(folder).sort(
    (a, b) => statSync(join(folder, b)).mtimeMs - statSync(join(folder, a)).mtimeMs,
  );
  const removed = newestFirst.slice(keep);
  for (const name of removed) unlinkSync(join(folder, name));
  return removed;
}
