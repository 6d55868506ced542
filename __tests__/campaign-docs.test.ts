import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCampaign } from '../src/campaign/read-campaign.ts';
import { BRANCH_WORDS, REQUEST_WORDS } from '../src/campaign/templates.ts';
import { COMMAND_LINE, packageRoot } from './command-line.ts';

const page = readFileSync(join(packageRoot, 'docs', 'campaigns.md'), 'utf8');

/** The pieces of code of one language, in order. */
const piecesOf = (language: string): readonly string[] =>
  Array.from(page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms')), ([, code = '']) => code);

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-campaign-docs-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

it('the example of the page runs as it says', { timeout: 120_000 }, () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const words = [process.execPath, ...COMMAND_LINE].map((word) => `'${word}'`).join(' ');
  writeFileSync(join(bin, 'hasten'), `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(join(bin, 'hasten'), 0o755);
  const script = piecesOf('sh').find((piece) => piece.includes('git init')) ?? '';
  const work = join(folder, 'work');
  mkdirSync(work);
  const { stdout, stderr } = spawnSync('sh', ['-eu', '-c', script], {
    cwd: work,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });
  expect({ stdout, stderr }).toMatchObject({
    stdout: expect.stringContaining('campaign: 3 of 3 repositories done, 2 changed, 1 failed') as string,
  });
  expect(stdout).toContain('exit code 2\n');
  expect(stdout).toContain("+export const f = () => logger.info('called');\n");
  for (const name of ['orders', 'billing'])
    expect(
      execFileSync('git', ['status', '--porcelain', '--branch'], { cwd: join(work, name), encoding: 'utf8' }),
    ).toBe('## main\n');
});

it('the file of the page can be followed, and says everything that a campaign may say', async () => {
  const path = join(folder, 'all.yaml');
  const text = piecesOf('yaml').join('\n');
  writeFileSync(path, text);
  expect(await readCampaign(path, packageRoot)).toMatchObject({ name: 'no-console' });
  const { properties } = JSON.parse(
    readFileSync(join(packageRoot, 'docs', 'schemas', 'campaign.schema.json'), 'utf8'),
  ) as { readonly properties: object };
  const unsaid = Object.keys(properties).filter(
    (key) => !new RegExp(`^${key}:`, 'm').test(text) && !page.includes(`\`${key}`),
  );
  // As in the configuration of a run.
  expect(unsaid).toEqual(['ref', 'sets', 'types', 'include']);
  for (const word of [...Object.keys(BRANCH_WORDS), ...Object.keys(REQUEST_WORDS)])
    expect(page).toContain(`{${word}}`);
});
