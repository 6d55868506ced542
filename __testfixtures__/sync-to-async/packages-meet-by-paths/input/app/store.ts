import { readFileSync } from 'node:fs';

export class Store {
  load(): string {
    // report: nothing is known of the object
    return readFileSync('store.txt', 'utf8');
  }
}
