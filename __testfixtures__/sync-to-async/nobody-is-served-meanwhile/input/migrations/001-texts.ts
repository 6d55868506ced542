import { readFileSync } from 'node:fs';

export async function up(run: (text: string) => Promise<void>): Promise<void> {
  // report: Nobody is served meanwhile
  await run(readFileSync('001.sql', 'utf8'));
}
