/** Writes what the built-in transforms say of themselves beside the built command line, which then need not load them to know it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADS_FILE, writtenHead } from '../src/api/heads.ts';
import { allBuiltIn } from '../src/run/catalog.ts';

const heads = (await allBuiltIn()).map(writtenHead);
writeFileSync(join(import.meta.dirname, '..', 'dist', 'src', 'api', HEADS_FILE), JSON.stringify(heads));
