/**
 * How fast the page of a review is with 5,000 proposals: `npm run bench:page`. First paint, and from a key to the frame that shows what it did,
 * measured in the page, in milliseconds; also how long the page in a file takes to make. Needs Chromium.
 */
import type { Page } from 'playwright-core';
import { ensurePage } from '../scripts/page.ts';
import { browserPath, launch, NO_BROWSER } from '../__tests__/review-page/browser.ts';
import { serveOnly } from '../__tests__/review-page/driven.ts';
import { manyProposals } from '../__tests__/review-page/many.ts';

const PROPOSALS = 5000;
const ROUNDS = 5;
const KEYS = ['j', 'y', 'n', 'k', 'x', 't', 'u', 'A', 'u', 'J'];

/** Milliseconds from a key to the end of the first frame after it. */
const timeOf = (page: Page, key: string): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve) => {
    const start = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ${JSON.stringify(key)}, bubbles: true }));
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - start);
      port2.postMessage(0);
    });
  })`);

const shown = (times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  return `median ${at(0.5)}, 90 % ${at(0.9)}, most ${at(1)}`;
};

if (browserPath() === undefined) throw new Error(NO_BROWSER);
await ensurePage();
const browser = await launch();
for (const lines of [12, 300]) {
  const paints: number[] = [];
  const keys = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    const server = await serveOnly(manyProposals(PROPOSALS, lines));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.address);
    await page.locator('.proposal .diff').waitFor();
    paints.push(
      await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
    );
    for (const key of KEYS) {
      await page.waitForTimeout(700);
      keys.set(key, [...(keys.get(key) ?? []), await timeOf(page, key)]);
    }
    await page.close();
    await server.close();
  }
  process.stdout.write(`${PROPOSALS} proposals, diffs of ${lines} lines\n  first paint: ${shown(paints)}\n`);
  process.stdout.write(`  a key: ${shown([...keys.values()].flat())}\n`);
  for (const [key, times] of keys) process.stdout.write(`    ${key}: ${shown(times)}\n`);
}
await browser.close();
