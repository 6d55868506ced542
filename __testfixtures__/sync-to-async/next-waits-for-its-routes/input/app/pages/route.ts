import { readFileSync } from 'node:fs';
import { textOf } from '../../lib/texts.ts';

export function GET(): Response {
  // safe: fs.readFileSync → await readFile
  return new Response(readFileSync('page.html', 'utf8') + textOf('a.txt'));
}

export const POST = (): Response => new Response(textOf('b.txt'));
