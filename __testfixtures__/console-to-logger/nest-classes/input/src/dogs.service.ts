import { Injectable } from '@nestjs/common';

@Injectable()
export class DogsService {
  feed(name: string, food: object): void {
    // safe: console.log → this.log.log
    console.log('feeding', name);
    // safe: console.log → this.log.log
    console.log('with', food);
    try {
      throw new Error(name);
    } catch (err) {
      // review: console.error → this.log.error
      console.error('failed', err);
      // review: console.error → this.log.error
      console.error(err);
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
