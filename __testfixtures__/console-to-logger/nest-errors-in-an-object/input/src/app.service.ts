import { Injectable, Logger } from '@nestjs/common';

@Injectable()
export class AppService {
  private readonly logger = new Logger(AppService.name);

  load(read: () => void, options: { deep: boolean }): void {
    this.logger.log('loading');
    // review: `options` is a text, or a value that @nestjs/common writes readably
    console.log(options);
    try {
      read();
    } catch (error) {
      // review: `error` is an Error, and its cause and further properties may go
      console.error('could not load:', { error });
    }
  }
}
