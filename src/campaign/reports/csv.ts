import { visible } from '../../review/describe.ts';
import type { CampaignStatus } from '../status.ts';
import { rowsOf } from './rows.ts';

const HEADER = [
  'repository',
  'commit',
  'transform',
  'level',
  'state',
  'path',
  'line',
  'column',
  'title',
  'why',
  'id',
];

/**
 * A cell: in quotes, as RFC 4180 has it. What a spreadsheet would take for a formula begins with an apostrophe, which makes it text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[\s\0]*[=+\-@\t\r\n|%]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/** A row on one line, whatever line endings are in what it tells. */
const line = (values: readonly (string | number)[]): string =>
  `${values.map((value) => cell(typeof value === 'string' ? visible(value) : value)).join(',')}\r\n`;

/** Every finding of a campaign, one a row. */
export async function* csvReport(state: string, status: CampaignStatus): AsyncIterable<string> {
  yield line(HEADER);
  const bases = new Map(
    status.repositories.map(({ repository, outcome }) => [repository, outcome?.base ?? '']),
  );
  for await (const { repository, finding, state: became, why } of rowsOf(state, status)) {
    const { transform, safety, path, start, title, id } = finding;
    const base = bases.get(repository) ?? '';
    yield line([repository, base, transform, safety, became, path, start.line, start.column, title, why, id]);
  }
}
