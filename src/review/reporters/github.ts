import type { Safety } from '../../evidence.ts';
import type { Proposal } from '../../transform.ts';
import { counted, evidenceMark, isOpen, siteNamed, visible } from '../describe.ts';
import { patchRoot } from '../patch-root.ts';
import { pathFrom } from '../patch-text.ts';
import { placesOf, type Places } from '../places.ts';
import { isChangedBy, type ReportSource } from '../report-source.ts';

type Kind = 'error' | 'warning' | 'notice';

/** What can be rewritten at once is a warning, all else a notice; what could not be done is an error. */
const KINDS: Readonly<Record<Safety, Kind>> = { safe: 'warning', review: 'notice', report: 'notice' };

/** How many annotations of a kind GitHub shows of one step. */
const MOST_SHOWN = 10;

const asMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const asProperty = (text: string): string => asMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function command(kind: Kind, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${asProperty(String(value))}`);
  return `::${kind} ${list.join(',')}::${asMessage(message)}\n`;
}

function annotation(finding: Proposal, places: Places, root: string): string {
  const { path, start, end, safety, transform, title, evidence } = finding;
  const from = places.placeOf(path, start);
  const to = places.placeOf(path, end);
  const at = { file: pathFrom(root, path), line: from.line, endLine: to.line };
  // Columns of a place over several lines are not taken.
  const columns = from.line === to.line ? { col: from.column, endColumn: to.column } : {};
  const claims = evidence.map((one) => {
    const site = siteNamed(one, root);
    return `${evidenceMark(one.verdict)} ${visible(one.claim)}${site === undefined ? '' : ` (${visible(site)})`}`;
  });
  const message = [visible(title), ...claims].join('\n');
  return command(KINDS[safety], { ...at, ...columns, title: `hasten ${transform} (${safety})` }, message);
}

/** Annotations of the lines of a pull request, as commands that GitHub Actions reads from what a step prints: the most trusted first. */
export function* githubReport(source: ReportSource): Iterable<string> {
  const { cwd, findings, changes, failures, mode } = source;
  const places = placesOf(source);
  const root = patchRoot(
    cwd,
    [...findings, ...changes].map(({ path }) => path),
  );
  const isChanged = isChangedBy(source);
  // What is written is no problem any more, and its place is another one.
  const told = findings.filter((one) => isOpen(one) && !(mode === 'apply' && isChanged(one.id)));
  const counts = { error: failures.length, warning: 0, notice: 0 };
  for (const { path, reason } of failures)
    yield command(
      'error',
      { file: pathFrom(root, path), title: 'hasten: not done' },
      reason.split(/\r?\n/).map(visible).join('\n'),
    );
  for (const safety of ['safe', 'review', 'report'] as const)
    for (const finding of told.filter((one) => one.safety === safety)) {
      counts[KINDS[safety]]++;
      yield annotation(finding, places, root);
    }
  const shown = Object.entries(counts).filter(([, count]) => count > MOST_SHOWN);
  if (shown.length > 0)
    yield `hasten: ${shown.map(([kind, count]) => counted(count, kind)).join(' and ')}; of each kind GitHub shows ${MOST_SHOWN} in a step.\n`;
}
