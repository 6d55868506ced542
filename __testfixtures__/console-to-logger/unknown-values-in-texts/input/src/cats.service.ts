import { Injectable, Logger } from '@nestjs/common';

@Injectable()
export class CatsService {
  private readonly logger = new Logger(CatsService.name);

  feed(name: string): void {
    this.logger.log(`feeding ${name}`);
  }
}
