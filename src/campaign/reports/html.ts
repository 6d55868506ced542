import { SAFETIES } from '../../evidence.ts';
import { visible } from '../../review/describe.ts';
import { xmlText } from '../../review/xml-text.ts';
import type { CampaignStatus } from '../status.ts';
import { rowsOf } from './rows.ts';
import { duration, headline, stateOf } from './table.ts';

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
body { margin: 2rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td { overflow-wrap: break-word; }
code { font: 12px/1.4 ui-monospace, monospace; }
.failed { color: #c0392b; } .changed { color: #1e8449; } .quiet { opacity: 0.7; }
input { font: inherit; padding: 0.3rem 0.5rem; width: min(40rem, 90%); }
`;

/** Shows the rows of the findings that have a text in them. */
const SCRIPT = `
const rows = [...document.querySelectorAll('#findings tbody tr')];
document.querySelector('input')?.addEventListener('input', ({ target }) => {
  const words = target.value.toLowerCase().split(/\\s+/);
  for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
});
`;

const text = (value: string): string => xmlText(visible(value));
const code = (value: string): string => `<code>${text(value)}</code>`;
const td = (inner: string, kind = ''): string => `<td${kind === '' ? '' : ` class="${kind}"`}>${inner}</td>`;
const number = (value: number): string => td(value === 0 ? '' : value.toLocaleString('en'), 'n');
const tr = (...cells: readonly string[]): string => `<tr>${cells.join('')}</tr>\n`;

const head = (names: readonly string[], numbers: ReadonlySet<string>): string =>
  `<thead><tr>${names.map((name) => `<th${numbers.has(name) ? ' class="n"' : ''}>${name}</th>`).join('')}</tr></thead>\n`;

const NUMBERS = new Set([...SAFETIES, 'found', 'changed', 'files', 'time', 'repositories']);

function* repositoryTable({ repositories }: CampaignStatus): Iterable<string> {
  yield `<table>${head(['repository', 'state', 'why', ...SAFETIES, 'changed', 'files', 'time'], NUMBERS)}<tbody>\n`;
  for (const one of repositories) {
    const { counts = [], changes = [] } = one.outcome ?? {};
    const kind = one.state === 'failed' || one.state === 'changed' ? one.state : 'quiet';
    const found = SAFETIES.map((level) =>
      number(counts.filter(({ safety }) => safety === level).reduce((sum, count) => sum + count.found, 0)),
    );
    const changed = counts.reduce((sum, count) => sum + count.changed, 0);
    const url = one.landing?.pullRequest?.url ?? '';
    const link = /^https?:\/\//.test(url) ? `<a href="${text(url)}" rel="noreferrer">${text(url)}</a>` : '';
    const why = one.reason === undefined ? link : text(one.reason);
    const cells = [td(code(one.repository)), td(text(stateOf(one)), kind), td(why), ...found];
    yield tr(...cells, number(changed), number(changes.length), td(duration(one.seconds), 'n'));
  }
  yield '</tbody></table>\n';
}

function* totalTable({ totals }: CampaignStatus): Iterable<string> {
  if (totals.length === 0) return;
  yield `<h2>By transform</h2>\n<table>${head(['transform', 'level', 'found', 'changed', 'repositories'], NUMBERS)}<tbody>\n`;
  for (const { transform, safety, found, changed, repositories } of totals)
    yield tr(td(code(transform)), td(safety), number(found), number(changed), number(repositories));
  yield '</tbody></table>\n';
}

/** A campaign as a page in one file, with every finding. It loads nothing. */
export async function* htmlReport(state: string, status: CampaignStatus): AsyncIterable<string> {
  const title = text(headline(status));
  yield `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n<style>${STYLE}</style>\n<h1>${title}</h1>\n`;
  yield* repositoryTable(status);
  yield* totalTable(status);
  const names = ['repository', 'place', 'transform', 'level', 'state', 'title', 'why'];
  yield `<h2>Findings</h2>\n<input type="search" placeholder="Show those with …" aria-label="Show the findings with a text">\n<table id="findings">${head(names, new Set())}<tbody>\n`;
  for await (const { repository, finding, state: became, why } of rowsOf(state, status)) {
    const { path, start, transform, safety, title: what } = finding;
    const place = td(code(`${path}:${start.line}`));
    yield tr(
      td(code(repository)),
      place,
      td(code(transform)),
      td(safety),
      td(became),
      td(text(what)),
      td(text(why)),
    );
  }
  yield `</tbody></table>\n<script>${SCRIPT}</script>\n</html>\n`;
}
