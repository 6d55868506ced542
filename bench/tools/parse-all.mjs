/**
 * Parses each file whose path is a line of standard input with oxc-parser, in one thread, and takes nothing out of the tree:
 * the floor of every tool that parses everything. Prints how many files there were.
 */
import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

const files = readFileSync(0, 'utf8').split('\n').filter(Boolean);
let broken = 0;
for (const file of files) if (parseSync(file, readFileSync(file, 'utf8')).errors.length > 0) broken++;
process.stdout.write(`${files.length} files, ${broken} of them with errors\n`);
