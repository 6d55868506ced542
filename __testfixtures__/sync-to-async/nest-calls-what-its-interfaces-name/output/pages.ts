import { Controller, Get, Injectable, OnModuleInit, Param } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

@Injectable()
export class PageService implements OnModuleInit {
  private footer = '';

  onModuleInit(): void {
    // report: Nobody is served meanwhile
    this.footer = readFileSync('footer.html', 'utf8');
  }

  // `OnModuleInit` names another method than this one.
  async textOf(name: string): Promise<string> {
    // safe: (2 functions become async)
    return (await readFile(`pages/${name}.html`, 'utf8')) + this.footer;
  }
}

@Controller('pages')
export class PageController {
  constructor(private readonly pages: PageService) {}

  @Get(':name')
  async show(@Param('name') name: string): Promise<string> {
    return this.pages.textOf(name);
  }
}
