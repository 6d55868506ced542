import { readFileSync } from 'node:fs';

const load = (path: string): unknown =>
  // report: Nobody is served meanwhile: it runs when `settings.ts` is loaded
  JSON.parse(readFileSync(path, 'utf8'));

export const settings = load('settings.json');

export function certificate(): Buffer {
  // report: Nobody is served meanwhile
  return readFileSync('certificate.pem');
}

export class Logo {
  readonly image: Buffer;

  constructor(path: string) {
    // report: Nobody is served meanwhile: it runs when `app.ts` is loaded
    this.image = readFileSync(path);
  }
}

class Image {
  readonly bytes: Buffer;

  constructor(path: string) {
    // report: A constructor cannot wait
    this.bytes = readFileSync(path);
  }
}

export class Picture extends Image {}

export const cover = new Image('cover.png');
