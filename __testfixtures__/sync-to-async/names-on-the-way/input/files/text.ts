import { readFileSync } from 'node:fs';

export function textOf(path: string): string {
  // safe: (6 functions become async, in 3 files)
  return readFileSync(path, 'utf8');
}

export default function firstLine(path: string): string {
  return textOf(path).split('\n')[0] ?? '';
}

const lastLine = (path: string): string => textOf(path).split('\n').at(-1) ?? '';

export { lastLine, lastLine as finalLine };
