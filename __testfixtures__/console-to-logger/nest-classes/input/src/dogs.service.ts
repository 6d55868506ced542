import { Injectable } from '@nestjs/common';

@Injectable()
export class DogsService {
  feed(name: string, food: object): void {
    // report: the file says "use client"
    console.log('feeding', name);
    // report: the file says "use client"
    console.log('with', food);
    try {
      throw new Error(name);
    } catch (err) {
      // report: the file says "use client"
      console.error('failed', err);
      // report: the file says "use client"
      console.error(err);
    }
  }

  static make(): void {
    // report: the file says "use client"
    console.log('no instance');
  }
}

export class Puppies extends DogsService {
  play(): void {
    // report: the file says "use client"
    console.log('playing');
  }
}

export function outside(): void {
  // report: the file says "use client"
  console.log('no class');
}
