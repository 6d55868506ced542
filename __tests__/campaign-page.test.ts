import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveCampaign } from '../src/campaign/web/server.ts';
import { pageBundle } from '../src/review/web/page-bundle.ts';
import { ensurePage } from '../scripts/page.ts';
import { keptCampaign, type KeptRepository } from './campaigns/kept-campaign.ts';
import { makeOrigin, makeWorld, SOURCES, start, writeCampaign } from './campaigns/world.ts';
import { packageRoot } from './command-line.ts';
import { browserPath, launch, NO_BROWSER } from './review-page/browser.ts';
import { complaintsOf, onTheWeb, seriousFindings } from './review-page/driven.ts';
import { eventually } from './review-page/eventually.ts';
import { HOSTILE } from './review-page/hostile.ts';

const hasBrowser = browserPath() !== undefined;
if (!hasBrowser) console.warn(`campaign-page.test.ts is ${NO_BROWSER}`);

let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let closers: (() => unknown)[];

beforeAll(async () => {
  if (!hasBrowser) return;
  await ensurePage();
  browser = await launch();
});

afterAll(async () => browser?.close());

beforeEach(async () => {
  if (!hasBrowser) return;
  closers = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
  complaints = complaintsOf(page);
});

afterEach(async () => {
  if (!hasBrowser) return;
  await context.close();
  for (const close of closers.toReversed()) await close();
});

const rowOf = (name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

const textOf = (name: string): Promise<string> => rowOf(name).innerText();

describe.skipIf(!hasBrowser)('the page of a campaign', { timeout: 180_000 }, () => {
  it('follows a campaign as it goes, with diffs and logs, and stays when that is over', async () => {
    const world = makeWorld();
    closers.push(() => rmSync(world, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    for (const name of ['one', 'two'])
      makeOrigin(world, name, { ...SOURCES, [`${name}.js`]: 'oldName();\n' });
    const waits = `echo '<b>installing</b>'; until test -f ${join(world, 'go')}; do sleep 0.1; done`;
    writeCampaign(
      world,
      `repositories: [one.git, two.git, gone]\ninstall: "${waits}"\nlimits: { concurrency: 1 }`,
    );
    const run = start(world, ['batch', 'campaign.yaml', '--dry-run']);
    closers.push(async () => {
      run.kill('SIGKILL');
      await run.ended;
    });
    await expect.poll(() => run.said(), { timeout: 60_000 }).toContain('At most 1 at once');
    const serving = await onTheWeb(world, ['batch', 'status', 'campaign.yaml']);
    await page.goto(serving.address);
    expect(new URL(page.url()).search).toBe('');
    await eventually(() => textOf('one')).toMatch(/install …[^]*log/);
    expect(await textOf('two')).toContain('waiting');
    await page.getByText('running', { exact: true }).waitFor();

    // Its log, as far as it is; the page needs no reload to see the end.
    await page.getByRole('link', { name: 'Log of one' }).click();
    const log = page.getByLabel('Log of one');
    await eventually(() => log.innerText()).toContain('[install]');
    expect(await log.innerText()).not.toContain('[find]');
    writeFileSync(join(world, 'go'), '');
    await eventually(() => log.innerText()).toMatch(/<b>installing<\/b>\n[^]*\[find\]/);
    await eventually(() => page.locator('.repository-head').innerText()).toContain('changed');
    await page.getByRole('link', { name: 'Diff', exact: true }).click();
    await page.locator('.changed-file .diff').first().waitFor();
    expect(await page.locator('.changed-file .path').allInnerTexts()).toEqual([
      'one.js',
      'src/a.js',
      'src/b.js',
    ]);
    expect(await page.locator('.diff-code-insert').first().innerText()).toContain('newName();');
    expect(await page.locator('.repository .chart').innerText()).toMatch(/new-name\s+safe\s+3\s+3/);

    await page.goBack();
    await page.goBack();
    await page.getByText('not running', { exact: true }).waitFor();
    await eventually(() => textOf('gone')).toContain('failed: clone');
    expect((await run.ended).code).toBe(2);
    expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe(
      'campaign (dry run): 3 of 3 repositories done, 2 changed, 1 failed',
    );
    expect(await page.locator('.totals').innerText()).toMatch(/new-name\s+safe\s+6\s+6\s+2/);

    // Filters.
    await page.getByRole('button', { name: 'failed 1' }).click();
    await eventually(() => page.locator('.repositories tbody tr').count()).toBe(1);
    await page.getByRole('button', { name: 'All 3' }).click();
    await page.getByRole('searchbox').fill('tw');
    await eventually(() => page.locator('.repositories tbody th').allInnerTexts()).toEqual(['two']);
    await page.getByRole('link', { name: 'two', exact: true }).click();
    await page.getByRole('link', { name: '← All repositories' }).click();
    await eventually(() => page.locator('.repositories tbody th').allInnerTexts()).toEqual(['two']);
    expect(complaints).toEqual([]);

    process.emit('SIGINT');
    expect(await serving.code).toBe(0);
    await eventually(() => page.getByRole('alert').innerText()).toContain('hasten does not answer');
    expect(await page.locator('.repositories tbody tr').count()).toBe(1);
  });
});

/** A campaign in which every text is hostile, and one repository of each state besides. */
const hostile = (): KeptRepository[] =>
  HOSTILE.map((text, index) => ({
    name: `${index} ${text}`,
    log: `${text}\n`,
    result: {
      outcome: {
        state: index % 2 === 0 ? 'changed' : 'failed',
        step: 'find',
        reason: `reason ${text}`,
        source: `source ${text}`,
        ref: `ref ${text}`,
        counts: [{ transform: `transform ${text}`, safety: 'review', found: 1, changed: 1 }],
        changes: [{ path: text, added: 1, removed: 1 }],
        failures: [{ path: `path ${text}`, reason: `why ${text}` }],
        commits: [{ subject: `subject ${text}`, files: [text] }],
      },
      patch: `diff --git a/x b/x\n--- a/x\n+++ b/${text.replace(/[\u2028\u2029]/g, '')}\n@@ -1 +1 @@\n-old(${text})\n+new(${text})\n`,
      landing: {
        branch: text,
        commit: text,
        kept: { clone: text, ref: text },
        pullRequest: { url: `javascript:window.broken=9 // ${text}` },
      },
    },
  }));

async function serve(repositories: readonly KeptRepository[]): Promise<void> {
  const state = await keptCampaign(HOSTILE[2], repositories);
  closers.push(() => rmSync(state, { recursive: true, force: true }));
  const server = await serveCampaign({
    name: HOSTILE[2],
    state,
    bundle: pageBundle(packageRoot, 'campaign'),
  });
  closers.push(() => server.close());
  await page.goto(server.address);
  await page.locator('.repositories').waitFor();
}

describe.skipIf(!hasBrowser)('hostile texts', () => {
  it('stay text, in all parts of the page', async () => {
    await serve(hostile());
    for (const [index, text] of HOSTILE.entries()) {
      await page.locator('.repositories tbody th a').nth(index).click();
      await eventually(() => page.locator('.repository h2').textContent()).toBe(`${index} ${text}`);
      await page.getByRole('link', { name: 'Diff', exact: true }).click();
      await page.locator('.diff-code-insert').first().waitFor();
      expect(await page.locator('.diff-code-insert').first().textContent()).toContain('new(');
      await page.getByText('Source and 1 commit').click();
      await page.getByRole('link', { name: 'Log', exact: true }).click();
      await eventually(() => page.locator('.log').textContent()).toBe(`${text}\n`);
      expect(await page.locator('a.request').count()).toBe(0);
      await page.getByRole('link', { name: '← All repositories' }).click();
      await page.locator('.repositories').waitFor();
    }
    expect(await page.evaluate<unknown>('window.broken')).toBeUndefined();
    expect(await page.locator('img, iframe, main svg, #page script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('and names that are no address lead to no repository', async () => {
    await serve(hostile());
    for (const hash of ['#log/%', '#diff/%00', '#log/../..', `#log/${HOSTILE[0]}`]) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page.locator('.repositories, .empty').first().waitFor();
      expect(await page.locator('.repository').count()).toBe(0);
    }
  });
});

describe.skipIf(!hasBrowser)('somebody who cannot see it', () => {
  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('stumbles over nothing serious in %s colours, %i wide', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await serve([...hostile(), { name: 'waits' }, { name: 'same', result: {}, log: 'said\n' }]);
    const isNarrowEnough = () => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await isNarrowEnough()).toBe(true);
    await page.locator('.repositories tbody th a').first().click();
    await page.locator('.diff-code-insert').first().waitFor();
    await page.getByText('Source and 1 commit').click();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await isNarrowEnough()).toBe(true);
    await page.getByRole('link', { name: 'Log', exact: true }).click();
    await page.locator('.log').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await isNarrowEnough()).toBe(true);
    expect(complaints).toEqual([]);
  });
});
