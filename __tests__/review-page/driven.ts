import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { serveReview, type ReviewServer, type ServedReview } from '../../src/review/web/server.ts';
import { pageBundle } from '../../src/review/web/page-bundle.ts';
import { runCli } from '../../src/cli/cli.ts';
import type { ReviewSource } from '../../src/review/review.ts';
import { packageRoot } from '../command-line.ts';

/** Serves a review of which nothing is kept or written. */
export const serveOnly = (source: ReviewSource, more: Partial<ServedReview> = {}): Promise<ReviewServer> =>
  serveReview({
    source,
    bundle: pageBundle(packageRoot),
    later: 'hasten apply plan.json',
    keep: async () => undefined,
    apply: async () => ({ code: 0, applied: 0, written: [], leftOut: [], failures: [] }),
    ...more,
  });

/** A command that serves a page. */
export interface Serving {
  readonly address: string;
  /** Its exit code, once it ends. */
  readonly code: Promise<number>;
  readonly stderr: () => string;
}

/** Runs `hasten review --web` in this process until it says where its page is. */
export const reviewOnTheWeb = (cwd: string, ...words: readonly string[]): Promise<Serving> =>
  onTheWeb(cwd, ['review', ...words]);

/** Runs a command with `--web` in this process until it says where its page is. */
export async function onTheWeb(cwd: string, words: readonly string[]): Promise<Serving> {
  let stderr = '';
  let found: ((address: string) => void) | undefined;
  const address = new Promise<string>((resolve) => (found = resolve));
  const code = runCli([...words, '--web', '--no-open'], {
    cwd,
    env: {},
    stdout: { write: () => true },
    stderr: {
      write(text) {
        stderr += text;
        const [shown] = /http:\S+/.exec(stderr) ?? [];
        if (shown !== undefined) found?.(shown);
      },
    },
    packageRoot,
  });
  const ended = code.then((exit) => Promise.reject(new Error(`It ended with ${exit}: ${stderr}`)));
  return { address: await Promise.race([address, ended]), code, stderr: () => stderr };
}

/** What somebody who cannot see the page would stumble over, and seriously. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`).join('\n')}`,
      );
  });
  return found;
}

/** Collects what a page complains about: errors, refused scripts, dialogs. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}
