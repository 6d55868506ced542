import { serveCampaign } from '../../campaign/web/server.ts';
import { pageBundle } from '../../review/web/page-bundle.ts';
import { aborted, interruptible } from '../interruptible.ts';
import { openBrowser } from '../open-browser.ts';
import type { Surroundings } from '../surroundings.ts';
import type { FoundState } from './find-state.ts';

/** Shows in the browser where a campaign stands, until somebody stops it. */
export async function showStatusInBrowser(
  { record: { name }, state }: FoundState,
  opens: boolean,
  around: Surroundings,
): Promise<void> {
  const { stderr, packageRoot } = around;
  const server = await serveCampaign({ name, state, bundle: pageBundle(packageRoot, 'campaign') });
  stderr.write(`The status of ${name}: ${server.address}\n`);
  stderr.write('The address works once. Ctrl-C ends the page, and nothing else.\n');
  if (opens) openBrowser(server.address, around);
  await interruptible(stderr, aborted, '\nEnding the page.');
  server.close();
}
