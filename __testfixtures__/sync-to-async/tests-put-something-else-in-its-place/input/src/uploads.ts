import { statSync } from 'node:fs';

class Queue {
  readonly handlers: ((path: string) => number)[] = [];

  run(path: string): number[] {
    return this.handlers.map((handler) => handler(path));
  }
}

export class Uploads {
  readonly queue: Queue;

  constructor(queue = new Queue()) {
    this.queue = queue;
  }

  // How its own test comes to it is not followed.
  size(path: string): number {
    // report: The test `uploads.test.ts` puts something else in the place of `statSync`, and comes to this call
    return statSync(path).size;
  }
}
