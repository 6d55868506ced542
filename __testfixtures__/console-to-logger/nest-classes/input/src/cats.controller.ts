import { Controller, Logger } from '@nestjs/common';

@Controller()
export class CatsController {
  private readonly log = new Logger('cats');

  list(): void {
    // report: the file says "use client"
    console.log('listing');
    // report: the file says "use client"
    [1].forEach(() => console.warn('inside an arrow function'));
    [1].forEach(function () {
      // report: the file says "use client"
      console.warn('inside a function with its own this');
    });
  }
}
