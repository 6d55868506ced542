import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where a browser is on this machine; undefined where none is found. `CHROMIUM_PATH` says so itself. */
export function browserPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return folders
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** What a test says that is skipped because there is no browser. */
export const NO_BROWSER =
  'skipped: no Chromium found (apt-get install chromium, or name one with CHROMIUM_PATH)';

/** Starts the browser. As root it has no sandbox of its own. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath() ?? 'chromium',
    headless: true,
    // The tests send these to hasten.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
