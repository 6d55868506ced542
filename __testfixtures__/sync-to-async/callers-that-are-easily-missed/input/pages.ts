import { readFileSync } from 'node:fs';
import { Get } from './framework.ts';

export class Pages {
  @Get('/page')
  page(): { text: string } {
// report: The decorator
    return { text: readFileSync('page.txt', 'utf8') };
  }
}
