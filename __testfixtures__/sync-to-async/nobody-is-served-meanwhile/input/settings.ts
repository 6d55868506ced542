import { readFileSync } from 'node:fs';

const load = (path: string): unknown =>
  // report: Nobody is served meanwhile: it runs when `settings.ts` is loaded
  JSON.parse(readFileSync(path, 'utf8'));

export const settings = load('settings.json');

export function certificate(): Buffer {
  // report: Nobody is served meanwhile
  return readFileSync('certificate.pem');
}
