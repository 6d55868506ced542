import { Injectable, Logger } from '@nestjs/common';
import { describe, getErrorMessage } from 'kennel';

@Injectable()
export class DogsService {
  private readonly logger = new Logger(DogsService.name);

  feed(food: unknown): void {
    // review: `food` is a text, or a value that @nestjs/common writes readably
    this.logger.log(food);
    // review: `describe(food)` is a text, or a value that @nestjs/common writes readably
    this.logger.log(describe(food));
    // review: `getErrorMessage(food)` is a text, a number or a yes or no
    this.logger.error(`Could not feed: ${getErrorMessage(food)}`);
  }
}
