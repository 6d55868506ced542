import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reviewPage } from '../src/review/reporters/html.ts';
import { ensurePage } from '../scripts/page.ts';
import { packageRoot } from './command-line.ts';
import { Project } from './plans/project.ts';
import { browserPath, launch, NO_BROWSER } from './review-page/browser.ts';
import {
  complaintsOf,
  reviewOnTheWeb,
  seriousFindings,
  serveOnly,
  type Serving,
} from './review-page/driven.ts';
import { eventually } from './review-page/eventually.ts';
import { HOSTILE, hostileReview } from './review-page/hostile.ts';
import { manyProposals } from './review-page/many.ts';

const hasBrowser = browserPath() !== undefined;
if (!hasBrowser) console.warn(`review-page.test.ts is ${NO_BROWSER}`);

let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let closers: (() => Promise<unknown>)[];

beforeAll(async () => {
  if (!hasBrowser) return;
  await ensurePage();
  browser = await launch();
});

afterAll(async () => browser?.close());

beforeEach(async () => {
  if (!hasBrowser) return;
  closers = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
  complaints = complaintsOf(page);
});

afterEach(async () => {
  if (!hasBrowser) return;
  await context.close();
  for (const close of closers) await close();
});

const isPressed = (name: RegExp): Promise<string | null> =>
  page
    .getByRole('group', { name: 'Decide', exact: true })
    .getByRole('button', { name })
    .getAttribute('aria-pressed');

const heading = () => page.locator('.proposal h2');

const counts = () => page.locator('.top .progress p').innerText();

/** Files with calls that two transforms rewrite, and a review of them that is open. */
async function openProject(...words: readonly string[]): Promise<{ project: Project; serving: Serving }> {
  const project = new Project();
  closers.push(async () => project.remove());
  project.lay('src/one.ts', 'a();\nkept();\nkept();\nkept();\nkept();\nkept();\nkept();\nkept();\na();\n');
  project.lay('src/two.ts', 'a();\n');
  project.lay('lib/three.ts', 'x();\n');
  const serving = await reviewOnTheWeb(project.root, ...words);
  await page.goto(serving.address);
  await page.locator('.proposal .diff').first().waitFor();
  return { project, serving };
}

describe.skipIf(!hasBrowser)('the page', () => {
  it('shows, filters, decides by keys, takes back, applies, and the files change', async () => {
    const { project, serving } = await openProject();
    expect(new URL(page.url()).search).toBe('');
    const rows = page.getByRole('treeitem');
    expect(await rows.first().innerText()).toContain('created');

    // The search lets one transform through; Enter goes back to the list.
    await page.keyboard.press('/');
    await page.keyboard.type('three');
    await page.keyboard.press('Enter');
    await eventually(() => rows.count()).toBe(2);
    await eventually(() => heading().innerText()).toBe('x → y');
    expect(await page.locator('.file-head .path').allInnerTexts()).toEqual(['lib/three.ts', 'lib/y.ts']);
    await page.keyboard.press('y');
    await eventually(counts).toContain('1 accepted');
    expect(await isPressed(/Accept/)).toBe('true');

    // A note, and back to all.
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByRole('textbox').fill('looks <b>right</b>');
    await page.keyboard.press('Control+Enter');
    await eventually(() => page.locator('.note').innerText()).toContain('looks <b>right</b>');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('heading', { level: 2 }).click();

    // Rejecting goes on to the next one that waits.
    await page.keyboard.press('J');
    await eventually(() => heading().innerText()).toBe('a → b');
    await page.keyboard.press('n');
    await eventually(counts).toContain('1 rejected');
    await page.keyboard.press('u');
    await eventually(counts).toContain('0 rejected');
    await page.keyboard.press('u');
    await eventually(() => page.locator('.note').count()).toBe(0);
    await page.keyboard.press('u');
    await eventually(counts).toContain('0 accepted');

    // Bulk by a filter; a chip says which, and takes it away.
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Transform', exact: true }).selectOption('letters');
    const shown = page.getByRole('button', { name: /Accept the \d+ shown/ });
    const all = Number(/\d+/.exec(await shown.innerText())?.[0]);
    await shown.click();
    await eventually(counts).toContain(`${all} accepted`);
    await page.getByRole('button', { name: /letters.*take this filter away/ }).click();
    expect(await page.locator('.chip').count()).toBe(0);

    await eventually(() => page.locator('.kept').innerText()).toBe('Kept');
    await eventually(() => project.has('.hasten/review/decisions.json')).toBe(true);
    expect(project.read('src/two.ts')).toBe('a();\n');
    await page.locator('main').focus();
    await page.keyboard.press('w');
    await page.getByRole('button', { name: /Write 2 files/ }).click();
    await page.getByRole('heading', { name: 'Applied' }).waitFor();
    expect(await page.locator('.written').innerText()).toContain('src/two.ts');
    expect(await page.locator('.applying').innerText()).toContain('hasten undo');
    expect(await page.locator('.applying pre').innerHTML()).toContain('proposals applied');
    expect(project.read('src/two.ts')).toBe('c();\n');
    expect(project.read('lib/three.ts')).toBe('x();\n');
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await serving.code).toBe(0);
    await page.getByText('You can close this tab').waitFor();
    expect(complaints).toEqual([]);
  });

  it('keeps decisions for the next time, also when the tab is closed at once', async () => {
    const { project, serving } = await openProject();
    await page.keyboard.press('y');
    await page.close();
    const kept = (): string =>
      project.has('.hasten/review/decisions.json') ? project.read('.hasten/review/decisions.json') : '';
    await eventually(kept).toContain('accepted');
    process.emit('SIGINT');
    expect(await serving.code).toBe(0);
    expect(serving.stderr()).toMatch(
      /1 accepted, 0 rejected, \d undecided. To go on: hasten review --web\n$/,
    );
    const again = await reviewOnTheWeb(project.root);
    page = await context.newPage();
    await page.goto(again.address);
    await eventually(counts).toContain('1 accepted');
    process.emit('SIGINT');
    await again.code;
  });

  it('says what was left out and why', async () => {
    const { project } = await openProject();
    await page.getByRole('button', { name: /Accept the \d+ shown/ }).click();
    project.lay('src/two.ts', 'a();\n// edited since\n');
    await page.getByRole('button', { name: /^Apply/ }).click();
    await page.getByRole('button', { name: /^Write/ }).click();
    await page.getByRole('heading', { name: 'Applied in part' }).waitFor();
    expect(await page.locator('.reasons').first().innerText()).toContain('two.ts');
    expect(project.read('src/two.ts')).toContain('edited since');
    expect(project.read('src/one.ts')).toContain('c();');
    await page.getByRole('button', { name: 'Done' }).click();
  });

  it('is moved through with the arrow keys as a tree', async () => {
    await openProject();
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await page.getByRole('treeitem').nth(1).click();
    await page.keyboard.press('Home');
    expect(await focused()).toContain('created');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => page.getByRole('treeitem').first().getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain('letters');
    await page.keyboard.press('End');
    expect(await page.getByRole('treeitem', { selected: true }).getAttribute('aria-level')).toBe('2');
    expect(await focused()).toContain('→');
    for (const grouping of ['file', 'owner', 'level']) {
      await page.getByRole('combobox', { name: 'By', exact: true }).selectOption(grouping);
      expect(await page.getByRole('treeitem').count()).toBeGreaterThan(2);
    }
  });

  it('shows the code that evidence speaks of, and both layouts of a diff', async () => {
    const server = await serveOnly(manyProposals(20));
    closers.push(() => server.close());
    await page.goto(server.address);
    await page.getByRole('button', { name: /part-1\.ts:12/ }).click();
    expect(await page.locator('.excerpt .marked').innerText()).toContain('const line12');
    expect(await page.locator('.excerpt .code-keyword').count()).toBeGreaterThan(0);
    expect(await page.locator('.diff-unified').count()).toBe(1);
    await page.locator('main').focus();
    await page.keyboard.press('t');
    expect(await page.locator('.diff-split').count()).toBe(1);
    expect(await page.locator('.diff-code-edit').allInnerTexts()).toContain('usersById.get(0) ?? (');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').innerText()).toContain('take the last decision back');
    await page.getByRole('dialog').getByLabel('Single keys work').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('y');
    expect(await counts()).toContain('0 accepted');
    // What is only reported is on a page of its own, and nothing can be decided there.
    await page.getByRole('button', { name: /Left alone/ }).click();
    await eventually(() => page.getByRole('group', { name: 'Decide', exact: true }).count()).toBe(0);
    expect(await page.locator('.piece.fails').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('tells when decisions cannot be kept', async () => {
    const server = await serveOnly(manyProposals(4));
    await page.goto(server.address);
    await page.locator('.proposal .diff').waitFor();
    await server.close();
    await page.keyboard.press('y');
    await eventually(() => page.getByRole('alert').innerText()).toContain('Not kept');
  });
});

const title = async (): Promise<string> => (await heading().textContent()) ?? '';

/** Looks at every part of a page in which all texts are hostile. */
async function lookAtEverything(): Promise<void> {
  await page.locator('.proposal .diff').waitFor();
  await page.keyboard.press('v');
  const seen = new Set<string>();
  for (const [index] of HOSTILE.entries()) {
    if (index > 0) await page.keyboard.press('j');
    await eventually(async () => seen.has(await title())).toBe(false);
    seen.add(await title());
    await page.locator('.excerpt').first().waitFor();
    await page.keyboard.press('c');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  expect([...seen].toSorted()).toEqual(HOSTILE.map((text) => `title ${text.replaceAll('`', '')}`).toSorted());
  for (const grouping of ['file', 'owner', 'level'])
    await page.getByRole('combobox', { name: 'By', exact: true }).selectOption(grouping);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('combobox', { name: 'Owner', exact: true }).selectOption(`owner ${HOSTILE[0]}`);
  await page.locator('main').focus();
  await page.keyboard.press('m');
  await page.locator('.chart').first().waitFor();
  expect(await page.evaluate<unknown>('window.broken')).toBeUndefined();
  expect(await page.locator('img, iframe, main svg, #page script').count()).toBe(0);
  expect(complaints).toEqual([]);
}

describe.skipIf(!hasBrowser)('hostile texts', () => {
  it('stay text in the served page', async () => {
    const server = await serveOnly(hostileReview());
    closers.push(() => server.close());
    await page.goto(server.address);
    await lookAtEverything();
  });

  it('stay text in a page in a file', async () => {
    const project = new Project();
    closers.push(async () => project.remove());
    const html = await reviewPage(hostileReview(), packageRoot, HOSTILE[0]);
    writeFileSync(project.at('out.html'), html);
    await page.goto(pathToFileURL(project.at('out.html')).href);
    await lookAtEverything();
  });
});

describe.skipIf(!hasBrowser)('a page in a file', () => {
  it('needs nothing else, and its decisions are what hasten apply takes', async () => {
    const project = new Project();
    closers.push(async () => project.remove());
    project.lay('src/one.ts', 'a();\n');
    project.lay('src/two.ts', 'a();\n');
    expect((await project.hasten('run', '--dry-run', '--plan', 'plan.json')).code).toBe(0);
    const made = await project.hasten('run', '--dry-run', '--format', 'html');
    expect(made.code).toBe(0);
    writeFileSync(project.at('out.html'), made.stdout);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(project.at('out.html')).href);
    await page.locator('.proposal .diff').waitFor();
    await page.getByRole('searchbox').fill('two.ts');
    await page.getByRole('button', { name: /Accept the \d+ shown/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save decisions' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('decisions.json');
    writeFileSync(project.at('decisions.json'), readFileSync(await download.path(), 'utf8'));
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:'))).toEqual([]);
    const { code, stderr } = await project.hasten('apply', 'plan.json', '--decisions', 'decisions.json');
    expect([code, stderr]).toEqual([0, expect.stringContaining('applied')]);
    expect(project.read('src/two.ts')).not.toBe('a();\n');
    expect(project.read('src/one.ts')).toBe('a();\n');
    expect(complaints).toEqual([]);
  });

  it('only shows where that is all it is for', async () => {
    const project = new Project();
    closers.push(async () => project.remove());
    const html = await reviewPage(manyProposals(30), packageRoot, undefined);
    writeFileSync(project.at('out.html'), html);
    await page.goto(pathToFileURL(project.at('out.html')).href);
    await page.locator('.proposal .diff').waitFor();
    await page.keyboard.press('y');
    expect(await counts()).toContain('0 accepted');
    expect(await page.getByRole('button', { name: /Accept|Reject|Undo|Apply|Save/ }).count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
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
    const server = await serveOnly(manyProposals(200), {
      apply: async (_, tell) => {
        tell('Writing');
        return {
          code: 2,
          applied: 1,
          written: ['src/a.ts'],
          leftOut: [{ id: 'p000001', reason: 'it builds on another one' }],
          failures: [{ path: 'src/b.ts', reason: 'it was edited since' }],
          verified: { command: 'npm test', runs: 3, passed: true, kept: 1, culprits: ['p000001'] },
          undo: 'hasten undo',
        };
      },
    });
    closers.push(() => server.close());
    await page.goto(server.address);
    await page.getByRole('treeitem').nth(1).waitFor();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Verdict', exact: true }).selectOption('undecided');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('treeitem').nth(1).click();
    await page.locator('.proposal .diff').waitFor();
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.keyboard.press('v');
    await page.locator('.excerpt').first().waitFor();
    await page.keyboard.press('y');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('c');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await page.locator('.chart').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('w');
    await page.getByRole('button', { name: /^Write/ }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^Write/ }).click();
    await page.getByRole('heading', { name: 'Applied in part' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
