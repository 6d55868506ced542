#!/usr/bin/env node
import { program } from 'commander';
import { writeFileSync } from 'node:fs';

program.command('init').action(() => {
  // report: Nobody is served meanwhile
  writeFileSync('settings.json', '{}');
});
program.parse();
