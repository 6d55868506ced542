import { readFile } from 'node:fs/promises';

export async function textOf(path: string): Promise<string> {
  // safe: (6 functions become async, in 3 files)
  return readFile(path, 'utf8');
}

export default async function firstLine(path: string): Promise<string> {
  return (await textOf(path)).split('\n')[0] ?? '';
}

const lastLine = async (path: string): Promise<string> => (await textOf(path)).split('\n').at(-1) ?? '';

export { lastLine, lastLine as finalLine };
