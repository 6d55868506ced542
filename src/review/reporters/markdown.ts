import { SAFETIES } from '../../evidence.ts';
import type { Proposal } from '../../transform.ts';
import { claimsOf, type AlikeClaims } from '../claims.ts';
import { counted, evidenceMark, foldedEvidence, isOpen, siteNamed, visible } from '../describe.ts';
import { diffOf, type FileDiff } from '../diff.ts';
import { cellProse, codeBlock, codeSpan, codeTag, prose, shortened } from '../markdown-text.ts';
import { hunkHeader, hunkLine, pathFrom } from '../patch-text.ts';
import { placesOf, type Places } from '../places.ts';
import { isChangedBy, type ReportSource } from '../report-source.ts';
import { findingSkipsOf } from '../skips.ts';

/** GitHub takes 65,536 characters for the text of a pull request; somebody may want to add a few. */
export const MOST_CHARACTERS = 60_000;

/** What is always there may be as long as this, so that most of the room is left for diffs. */
const MOST_LISTED = 12;
const MOST_CLAIMS = 5;
const MOST_SENTENCE = 400;

const sentence = (text: string): string => prose(shortened(text, MOST_SENTENCE));
const cell = (text: string): string => cellProse(shortened(text, MOST_SENTENCE));

/** A table; of its columns those in `numbers` stand to the right. */
const table = (
  header: readonly string[],
  numbers: readonly number[],
  rows: readonly (readonly string[])[],
): string =>
  [header, header.map((_, index) => (numbers.includes(index) ? '---:' : '---')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');

const folded = (line: string, body: string): string =>
  `<details>\n<summary>${line}</summary>\n\n${body}\n</details>\n\n`;

/** All that is to be told, each proposal once: what was found, and what only later passes found. */
function allOf({ findings, changes }: ReportSource): readonly Proposal[] {
  const known = new Map(changes.flatMap(({ proposals }) => proposals.map((one) => [one.id, one])));
  for (const one of findings) known.set(one.id, one);
  return [...known.values()];
}

function headOf({ changes, mode, findings, files, hasten, command, level }: ReportSource): string {
  const places = new Set(changes.flatMap(({ proposals }) => proposals.map(({ id }) => id))).size;
  const what = `${counted(places, 'place')} in ${counted(changes.length, 'file')}`;
  const title =
    mode === 'check'
      ? counted(findings.filter(isOpen).length, 'finding')
      : changes.length === 0
        ? 'nothing to change'
        : `${what} ${mode === 'apply' ? 'changed' : 'would change'}`;
  const scanned = files === undefined ? '' : ` ${counted(files.scanned, 'file')} scanned.`;
  return `## hasten: ${title}\n\nMade by hasten ${codeSpan(hasten)} with ${codeSpan(`hasten ${command}${mode === 'dry-run' ? ' --dry-run' : ''}`)}, level ${codeSpan(level)}.${scanned}\n\n`;
}

const KEY =
  '✓ is proved, ? is assumed and wants a look, ✗ stands against a rewrite. `safe`: everything is proved. `review`: something is assumed. `report`: left alone.\n\n';

/** How much was found by transform and level. What nobody has to look at any more has a column only where there is any. */
function countsOf(all: readonly Proposal[], transforms: readonly string[]): string {
  if (transforms.length === 0) return '';
  const hasClosed = !all.every(isOpen);
  const rows = transforms.map((id) => {
    const own = all.filter(({ transform }) => transform === id);
    const levels = SAFETIES.map((safety) => own.filter((one) => one.safety === safety && isOpen(one)).length);
    const closed = hasClosed ? [own.filter((one) => !isOpen(one)).length] : [];
    const counts = [...levels, ...closed].map((count) => (count === 0 ? '' : count.toLocaleString('en')));
    return [codeTag(id), ...counts];
  });
  const header = ['transform', ...SAFETIES, ...(hasClosed ? ['ignored or known'] : [])];
  return `${table(header, [1, 2, 3, 4], rows)}\n`;
}

const claimLine = ({ verdict, claim, count }: AlikeClaims): string =>
  `- ${evidenceMark(verdict)} ${sentence(claim)}${count > 1 ? ` (${count.toLocaleString('en')} times)` : ''}\n`;

/** What each transform does, and why its changes are right: claims that read alike are counted. */
function reasonsOf(all: readonly Proposal[], source: ReportSource): readonly string[] {
  const isChanged = isChangedBy(source);
  const made = all.filter(({ id }) => isChanged(id));
  return [...new Set(made.map(({ transform }) => transform))].toSorted().map((id) => {
    const own = made.filter(({ transform }) => transform === id);
    const summary = source.summaries.get(id);
    const claims = (['assumed', 'holds'] as const).flatMap((verdict) => {
      const alike = claimsOf(own, verdict);
      // A line that says that there is one more would be no shorter.
      if (alike.length <= MOST_CLAIMS + 1) return alike.map(claimLine);
      const more = `- and ${alike.length - MOST_CLAIMS} other claims\n`;
      return [...alike.slice(0, MOST_CLAIMS).map(claimLine), more];
    });
    const why = summary === undefined ? '' : `${sentence(summary)}\n\n`;
    const list = claims.length === 0 ? '' : `${claims.join('')}\n`;
    return `### ${codeSpan(id)}: ${counted(own.length, 'place')}\n\n${why}${list}`;
  });
}

function* proposalLines(proposal: Proposal, places: Places, cwd: string): Iterable<string> {
  const { line } = places.placeOf(proposal.path, proposal.start);
  const where = codeSpan(visible(`${pathFrom(cwd, proposal.path)}:${line}`));
  yield `- **${proposal.safety}** ${sentence(proposal.title)} in ${where} (${codeSpan(proposal.transform)})\n`;
  for (const one of foldedEvidence(proposal.evidence)) {
    const site = siteNamed(one, cwd);
    const seen = site === undefined ? '' : ` (${codeSpan(visible(site))})`;
    yield `  - ${evidenceMark(one.verdict)} ${sentence(one.claim)}${seen}\n`;
  }
}

/** One changed file, folded: its proposals with their evidence, and, where there is room, the diff. */
function fileSection(diff: FileDiff, places: Places, cwd: string, hasDiff: boolean): string {
  const { change, hunks } = diff;
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const added = lines.filter(({ kind }) => kind === 'added').length;
  const removed = lines.filter(({ kind }) => kind === 'removed').length;
  const isNew = change.before === null ? ', created' : '';
  const head = `${codeTag(pathFrom(cwd, change.path))} (${counted(change.proposals.length, 'place')}, +${added} −${removed}${isNew})`;
  const own = change.proposals.filter(({ path }) => path === change.path);
  const others = change.proposals.filter(({ path }) => path !== change.path);
  const told = [
    ...own.flatMap((one) => [...proposalLines(one, places, cwd)]),
    ...others.map(
      (one) => `- part of ${sentence(one.title)} in ${codeSpan(visible(pathFrom(cwd, one.path)))}\n`,
    ),
  ];
  const text = hunks.map((hunk) => `${hunkHeader(hunk)}\n${hunk.lines.map(hunkLine).join('')}`).join('');
  const shown = text.replace(/[^\P{Cc}\n\t]/gu, '');
  return folded(head, `${told.join('')}\n${shown === '' || !hasDiff ? '' : codeBlock('diff', shown)}`);
}

/** What was left alone, by reason. */
function skipsSection(source: ReportSource): string {
  const groups = findingSkipsOf(source, source.cwd);
  if (groups.length === 0) return '';
  const count = groups.reduce((sum, { skips }) => sum + skips.length, 0);
  const rows = groups.slice(0, MOST_LISTED).map(({ kind, reason, skips }) => {
    const [first] = skips;
    const place = first?.at === undefined ? '' : codeTag(`${first.path}:${first.at.line}`);
    const said = kind === 'ignored' ? `ignored: ${reason}` : reason;
    return [cell(said), skips.length.toLocaleString('en'), place];
  });
  const more = groups.length - MOST_LISTED;
  const rest =
    more > 0 ? `\nand ${counted(more, 'more reason')}: ${codeSpan('hasten check --explain-skips')}\n` : '';
  return folded(
    `Left alone: ${counted(count, 'place')}, by reason`,
    table(['reason', 'places', 'such as'], [1], rows) + rest,
  );
}

function failuresSection({ failures, warnings, cwd }: ReportSource): string {
  const lines = [
    ...failures.map(
      ({ path, reason }) => `- ${codeSpan(visible(pathFrom(cwd, path)))}: ${sentence(reason)}\n`,
    ),
    ...warnings.map(
      ({ path, line, says }) =>
        `- ${codeSpan(visible(`${pathFrom(cwd, path)}:${line}`))}: this ignore comment ${sentence(says)}\n`,
    ),
  ];
  if (lines.length === 0) return '';
  const more = lines.length - MOST_LISTED;
  const rest = more > 0 ? `- and ${more.toLocaleString('en')} more\n` : '';
  return `### Not done\n\n${lines.slice(0, MOST_LISTED).join('')}${rest}\n`;
}

/** What is said in place of what does not fit. */
function leftOutLine(diffs: number, files: number, { mode, command, level }: ReportSource): string {
  const what = [
    ...(diffs > 0 ? [counted(diffs, 'diff')] : []),
    ...(files > 0 ? [counted(files, 'whole file')] : []),
  ];
  const again = command === 'run' ? `hasten run --dry-run --level ${level}` : `hasten ${command} --dry-run`;
  const how = mode === 'apply' ? 'The diff of the files' : codeSpan(again);
  return `Left out, to stay below the length that a pull request may have: ${what.join(' and ')}. ${how} shows all.\n\n`;
}

/** What else could be done, once somebody has looked at it. */
function pendingLine({ findings, level }: ReportSource): string {
  const pending = findings.filter((one) => one.safety === 'review' && isOpen(one)).length;
  if (level === 'review' || pending === 0) return '';
  return `${counted(pending, 'place wants', 'places want')} a review: ${codeSpan('hasten run --level review --dry-run')}\n\n`;
}

/** The folded files as far as there is room: the first ones with their diffs; then without; the last ones are only counted. */
function* filesSection(source: ReportSource, places: Places, characters: number): Iterable<string> {
  const { changes, cwd } = source;
  const heading = '### Files\n\n';
  let room = characters - heading.length - leftOutLine(changes.length, changes.length, source).length;
  let diffs = 0;
  let files = 0;
  if (changes.length > 0) yield heading;
  for (const change of changes) {
    const diff = diffOf(change);
    const section = [true, false]
      .map((hasDiff) => ({ hasDiff, text: fileSection(diff, places, cwd, hasDiff) }))
      .find(({ text }) => text.length <= room);
    if (section === undefined) files++;
    else {
      if (!section.hasDiff) diffs++;
      room -= section.text.length;
      yield section.text;
    }
  }
  if (diffs + files > 0) yield leftOutLine(diffs, files, source);
}

/** `texts` as far as they are no longer than `most` together, and how many more there are. */
function fitting(texts: readonly string[], most: number, more: (left: number) => string): string {
  let made = '';
  for (const [index, text] of texts.entries()) {
    if (made.length + text.length > most) return made + more(texts.length - index);
    made += text;
  }
  return made;
}

/**
 * A summary for the text of a pull request: what changed and why, the diff of each file folded away, and what was left alone. It stays below
 * `most` characters: where not all diffs fit, the last ones are left out, and it says how many.
 */
export function* markdownReport(source: ReportSource, most = MOST_CHARACTERS): Iterable<string> {
  const all = allOf(source);
  const places = placesOf(source);
  const transforms = [...new Set(all.map(({ transform }) => transform))].toSorted();
  const reasons = fitting(
    reasonsOf(all, source),
    most / 4,
    (left) => `and ${counted(left, 'more transform')}\n\n`,
  );
  const head = headOf(source) + countsOf(all, transforms) + reasons;
  const tail =
    pendingLine(source) + skipsSection(source) + failuresSection(source) + (all.length > 0 ? KEY : '');
  yield head;
  if (source.mode !== 'check') yield* filesSection(source, places, most - head.length - tail.length);
  yield tail;
}
