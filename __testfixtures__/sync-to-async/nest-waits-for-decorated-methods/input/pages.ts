import { Body, CanActivate, Controller, ExecutionContext, Get, Injectable, Param, PipeTransform, Post } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

@Injectable()
export class PageService {
  textOf(name: string): string {
    // safe: (2 functions become async)
    return readFileSync(`pages/${name}.html`, 'utf8');
  }

  @Cron('0 * * * *')
  clean(): void {
    // review: No other turn reads or writes
    appendFileSync('cleaned.log', 'cleaned\n');
  }
}

@Controller('pages')
export class PageController {
  constructor(private readonly pages: PageService) {}

  @Get(':name')
  show(@Param('name') name: string): string {
    return this.pages.textOf(name);
  }

  @Post()
  @Audited()
  create(@Body() body: { name: string }): boolean {
    // review: The decorator `@Audited` does not use
    return existsSync(body.name);
  }
}

@Injectable()
export class OpenGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    // safe: fs.existsSync → await
    return !existsSync('closed');
  }
}

@Injectable()
export class TextPipe implements PipeTransform<string, string> {
  transform(name: string): string {
    // safe: fs.readFileSync → readFile
    return readFileSync(name, 'utf8');
  }
}

function Audited(): MethodDecorator {
  return () => undefined;
}
