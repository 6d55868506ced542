import { Injectable, Logger } from '@nestjs/common';

@Injectable()
export class AppService {
  private readonly logger = new Logger(AppService.name);

  load(read: () => void, options: { deep: boolean }): void {
    this.logger.log('loading');
    // review: `options` is a text, or a value that @nestjs/common writes readably
    this.logger.log(options);
    try {
      read();
    } catch (error) {
      // review: `error` is an Error, and its cause and further properties may go
      this.logger.error('could not load', error instanceof Error ? error.stack : String(error));
    }
  }
}
