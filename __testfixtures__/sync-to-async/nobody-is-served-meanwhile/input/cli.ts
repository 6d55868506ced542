#!/usr/bin/env node
import { program } from 'commander';
import { extend } from './extend.ts';
import { writeFileSync } from 'node:fs';

program.command('init').action(() => {
  // report: Nobody is served meanwhile
  writeFileSync('settings.json', '{}');
});
extend(program);
program.parse();
