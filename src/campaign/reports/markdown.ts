import { counted } from '../../review/describe.ts';
import { cellProse, codeTag } from '../../review/markdown-text.ts';
import { SAFETIES } from '../../evidence.ts';
import type { CampaignStatus } from '../status.ts';
import { rowsOf } from './rows.ts';
import { duration, headline, stateOf } from './table.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const header = (names: readonly string[], firstNumber = names.length): string =>
  row(names) + row(names.map((_, index) => (index >= firstNumber ? '---:' : '---')));

/** A campaign as tables: its repositories, what was found by transform and level, and every finding. */
export async function* markdownReport(state: string, status: CampaignStatus): AsyncIterable<string> {
  yield `# ${cellProse(headline(status))}\n\n`;
  yield header(['repository', 'state', 'why', ...SAFETIES, 'changed', 'files', 'time'], 3);
  for (const one of status.repositories) {
    const { counts = [], changes = [] } = one.outcome ?? {};
    const found = SAFETIES.map((level) =>
      String(
        counts.filter(({ safety }) => safety === level).reduce((sum, { found: count }) => sum + count, 0),
      ),
    );
    const changed = String(counts.reduce((sum, count) => sum + count.changed, 0));
    const url = one.landing?.pullRequest?.url;
    const why = one.reason === undefined ? (url === undefined ? '' : codeTag(url)) : cellProse(one.reason);
    yield row([
      codeTag(one.repository),
      cellProse(stateOf(one)),
      why,
      ...found,
      changed,
      String(changes.length),
      duration(one.seconds),
    ]);
  }
  if (status.totals.length > 0) {
    yield `\n## By transform\n\n${header(['transform', 'level', 'found', 'changed', 'repositories'], 2)}`;
    for (const { transform, safety, found, changed, repositories } of status.totals)
      yield row([codeTag(transform), safety, String(found), String(changed), String(repositories)]);
  }
  const all = status.totals.reduce((sum, { found }) => sum + found, 0);
  if (all === 0) return;
  yield `\n## ${counted(all, 'finding')}\n\n${header(['repository', 'place', 'transform', 'level', 'state', 'title', 'why'])}`;
  for await (const { repository, finding, state: became, why } of rowsOf(state, status)) {
    const { path, start, transform, safety, title } = finding;
    const cells = [codeTag(repository), codeTag(`${path}:${start.line}`), codeTag(transform), safety, became];
    yield row([...cells, cellProse(title), cellProse(why)]);
  }
}
