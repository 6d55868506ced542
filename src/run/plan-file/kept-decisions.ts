import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceWhole } from '../whole-file.ts';
import { DECISIONS_FORMAT, decisionsJson, type Decisions } from './decisions.ts';

/** Where the decisions about what a run finds in a project are kept from one review to the next. */
export const decisionsPath = (root: string): string => join(root, '.hasten', 'review', 'decisions.json');

/** Writes decisions to a file of their own, whole or not at all. Throws what the file system says. */
export async function writeDecisions(path: string, decisions: Decisions): Promise<void> {
  const document = { format: DECISIONS_FORMAT, decisions: decisionsJson(decisions) };
  const content = Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
  await mkdir(dirname(path), { recursive: true });
  await replaceWhole({ target: path, content, temporary: `${path}.${process.pid}.tmp` });
}

/** The same for those of a project, in a folder that git ignores by itself. */
export async function keepDecisions(root: string, decisions: Decisions): Promise<void> {
  const path = decisionsPath(root);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(join(dirname(path), '.gitignore'), '*\n');
  await writeDecisions(path, decisions);
}
