import { Controller, Get, Injectable, OnModuleInit, Param } from '@nestjs/common';
import { readFileSync } from 'node:fs';

@Injectable()
export class PageService implements OnModuleInit {
  private footer = '';

  onModuleInit(): void {
    // report: Nobody is served meanwhile
    this.footer = readFileSync('footer.html', 'utf8');
  }

  // `OnModuleInit` names another method than this one.
  textOf(name: string): string {
    // safe: (2 functions become async)
    return readFileSync(`pages/${name}.html`, 'utf8') + this.footer;
  }
}

@Controller('pages')
export class PageController {
  constructor(private readonly pages: PageService) {}

  @Get(':name')
  show(@Param('name') name: string): string {
    return this.pages.textOf(name);
  }
}
