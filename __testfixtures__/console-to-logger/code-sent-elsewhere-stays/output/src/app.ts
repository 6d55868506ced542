import { logger } from './logger';

interface Page {
  evaluate(fn: () => void): Promise<void>;
}

function inPage(): void {
  // report: it runs elsewhere: `evaluate` sends this function's text there
  console.log('in the page');
}

export async function scrape(page: Page): Promise<void> {
  await page.evaluate(() => {
    // report: it runs elsewhere: `evaluate` sends this function's text there
    console.log('sent');
  });
  await page.evaluate(inPage);
  // safe: console.log → logger.info
  logger.info('not sent');
  await page.evaluate(() => undefined);
}
