import { Injectable, Logger } from '@nestjs/common';
import { format } from 'node:util';

@Injectable()
export class DogsService {
  private readonly log = new Logger(DogsService.name);

  feed(name: string, food: object): void {
    // safe: console.log → this.log.log
    this.log.log(`feeding ${name}`);
    // safe: console.log → this.log.log
    this.log.log(format('with', food));
    try {
      throw new Error(name);
    } catch (err) {
      // review: console.error → this.log.error
      this.log.error('failed', err instanceof Error ? err.stack : String(err));
      // review: console.error → this.log.error
      this.log.error(err instanceof Error ? err.stack : String(err));
    }
  }

  static make(): void {
    // report: this logger is a field of a class, and this code has no instance of one in `this`
    console.log('no instance');
  }
}

export class Puppies extends DogsService {
  play(): void {
    // report: the class that `Puppies` extends may have a `log` of its own
    console.log('playing');
  }
}

export function outside(): void {
  // report: this logger is a field of a class, and this code has no instance of one in `this`
  console.log('no class');
}
