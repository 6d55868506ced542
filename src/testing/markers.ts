import type { Safety } from '../evidence.ts';
import { parseFile } from '../syntax/file.ts';
import { lineOf } from '../syntax/lines.ts';
import type { Proposal } from '../transform.ts';

/** What a comment in the input expects of a line: a finding of that level, or (`ok`) that there is none. */
interface Marker {
  readonly kind: Safety | 'ok';
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const MARKER = /^\s*(safe|review|report|ok):\s*([^]+?)\s*$/;

/** The markers of a file, each with the line that it is about: its own where code stands on it, else the next with code. */
function markersOf(path: string, text: string): readonly Marker[] {
  const comments = parseFile(path, text).comments.flatMap((comment) => {
    const found = MARKER.exec(comment.value);
    const [start, end] = [comment.start ?? 0, comment.end ?? 0];
    return found === null ? [] : [{ kind: found[1] as Marker['kind'], text: found[2] ?? '', start, end }];
  });
  const isJsx = ({ start, end }: { start: number; end: number }): boolean =>
    text.charAt(start - 1) === '{' && text.charAt(end) === '}';
  // The file with blanks for its markers: what is left on a line is code.
  let rest = text;
  for (const comment of comments) {
    const [start, end] = isJsx(comment) ? [comment.start - 1, comment.end + 1] : [comment.start, comment.end];
    rest = rest.slice(0, start) + rest.slice(start, end).replace(/[^\r\n]/g, ' ') + rest.slice(end);
  }
  const lines = rest.split('\n');
  return comments.map(({ kind, text: expected, start, end }) => {
    const own = lineOf(text, start);
    let line = lines[own - 1]?.trim() === '' ? lineOf(text, end) : own;
    while (line < lines.length && lines[line - 1]?.trim() === '') line++;
    return { kind, text: expected, line };
  });
}

const isAbout = (marker: Marker, finding: Proposal): boolean => {
  if (marker.kind !== finding.safety) return false;
  const verdict = { safe: 'holds', review: 'assumed', report: 'fails' }[finding.safety];
  const claims = finding.evidence.filter((one) => one.verdict === verdict).map(({ claim }) => claim);
  return [finding.title, ...claims].some((said) => said.includes(marker.text));
};

/** Pairs each finding with a marker of its own, as many as can be. */
function pair(findings: readonly Proposal[], markers: readonly Marker[]): ReadonlyMap<Marker, Proposal> {
  const pairs = new Map<Marker, Proposal>();
  const place = (finding: Proposal, tried: Set<Marker>): boolean =>
    markers.some((marker) => {
      if (tried.has(marker) || !isAbout(marker, finding)) return false;
      tried.add(marker);
      const other = pairs.get(marker);
      if (other !== undefined && !place(other, tried)) return false;
      pairs.set(marker, finding);
      return true;
    });
  for (const finding of findings) place(finding, new Set());
  return pairs;
}

const describe = ({ safety, title, evidence }: Proposal): string => {
  const claims = evidence
    .filter(({ verdict }) => verdict !== 'holds')
    .map(({ verdict, claim }) => `${verdict}: ${claim}`);
  return `${safety}: ${[title, ...claims].join(' | ')}`;
};

/**
 * Where the markers of a file and the findings in it disagree, one sentence each. `name` is what messages call the file;
 * `text` has no byte order mark.
 */
export function* whyMarkersDiffer(
  name: string,
  text: string,
  findings: readonly Proposal[],
): Generator<string> {
  const markers = markersOf(name, text);
  const lines = new Map<number, { markers: Marker[]; findings: Proposal[] }>();
  const lineAt = (line: number): { markers: Marker[]; findings: Proposal[] } => {
    const known = lines.get(line) ?? { markers: [], findings: [] };
    lines.set(line, known);
    return known;
  };
  for (const marker of markers) lineAt(marker.line).markers.push(marker);
  for (const finding of findings) lineAt(lineOf(text, finding.start)).findings.push(finding);
  for (const [line, here] of [...lines].sort(([a], [b]) => a - b)) {
    const pairs = pair(here.findings, here.markers);
    const paired = new Set(pairs.values());
    for (const finding of here.findings) {
      if (!paired.has(finding)) yield `${name}:${line} has a finding without a marker: ${describe(finding)}`;
    }
    for (const marker of here.markers) {
      if (marker.kind === 'ok' || pairs.has(marker)) continue;
      yield `${name}:${line} has a marker without a finding: ${marker.kind}: ${marker.text}`;
    }
  }
}
