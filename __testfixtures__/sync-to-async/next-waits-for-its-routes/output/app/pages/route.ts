import { textOf } from '../../lib/texts.ts';
import { readFile } from 'node:fs/promises';

export async function GET(): Promise<Response> {
  // safe: fs.readFileSync → await readFile
  return new Response((await readFile('page.html', 'utf8')) + (await textOf('a.txt')));
}

export const POST = async (): Promise<Response> => new Response(await textOf('b.txt'));
