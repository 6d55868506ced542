import { Body, CanActivate, Controller, ExecutionContext, Get, Injectable, Param, PipeTransform, Post } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import type { PathLike } from 'node:fs';
import { access, appendFile, readFile } from 'node:fs/promises';

const exists = (path: PathLike) => access(path).then(() => true, () => false);

@Injectable()
export class PageService {
  async textOf(name: string): Promise<string> {
    // safe: (2 functions become async)
    return readFile(`pages/${name}.html`, 'utf8');
  }

  @Cron('0 * * * *')
  async clean(): Promise<void> {
    // review: No other turn reads or writes
    await appendFile('cleaned.log', 'cleaned\n');
  }
}

@Controller('pages')
export class PageController {
  constructor(private readonly pages: PageService) {}

  @Get(':name')
  async show(@Param('name') name: string): Promise<string> {
    return this.pages.textOf(name);
  }

  @Post()
  @Audited()
  async create(@Body() body: { name: string }): Promise<boolean> {
    // review: The decorator `@Audited` does not use
    return exists(body.name);
  }
}

@Injectable()
export class OpenGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    // safe: fs.existsSync → await
    return !(await exists('closed'));
  }
}

@Injectable()
export class TextPipe implements PipeTransform<string, string> {
  async transform(name: string): Promise<string> {
    // safe: fs.readFileSync → readFile
    return readFile(name, 'utf8');
  }
}

function Audited(): MethodDecorator {
  return () => undefined;
}
