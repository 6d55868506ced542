import { Controller, Logger } from '@nestjs/common';

@Controller()
export class CatsController {
  private readonly log = new Logger('cats');

  list(): void {
    // safe: console.log → this.log.log
    this.log.log('listing');
    // safe: console.warn → this.log.warn
    [1].forEach(() => this.log.warn('inside an arrow function'));
    [1].forEach(function () {
      // report: this logger is a field of a class, and this code has no instance of one in `this`
      console.warn('inside a function with its own this');
    });
  }
}
