import { csvReport } from '../../campaign/reports/csv.ts';
import { htmlReport } from '../../campaign/reports/html.ts';
import { jsonReport } from '../../campaign/reports/json.ts';
import { markdownReport } from '../../campaign/reports/markdown.ts';
import { campaignStatus, type CampaignStatus } from '../../campaign/status.ts';
import type { ReportArguments } from '../commands/batch.ts';
import { send, type ExitCode, type Surroundings } from '../surroundings.ts';
import { findState } from './find-state.ts';

const REPORTS: Readonly<Record<string, (state: string, status: CampaignStatus) => AsyncIterable<string>>> = {
  csv: csvReport,
  html: htmlReport,
  json: jsonReport,
  markdown: markdownReport,
};

/** `hasten batch report`. */
export async function printReport(
  { campaign, dryRun, format }: ReportArguments,
  { cwd, stdout }: Surroundings,
): Promise<ExitCode> {
  const { state, record } = await findState(campaign, dryRun, cwd);
  const report = REPORTS[format] ?? markdownReport;
  for await (const text of report(state, await campaignStatus(state, record))) send(stdout, [text]);
  return 0;
}
