import type { Verdict } from '../evidence.ts';
import type { CommitPart } from '../run/commits/commit.ts';
import type { Grouping } from '../run/commits/groups.ts';
import type { Proposal } from '../transform.ts';
import { claimsOf } from './claims.ts';
import { counted, visible } from './describe.ts';
import { pathFrom } from './patch-text.ts';
import type { Places } from './places.ts';

/** What a message is made from beside the commit. */
export interface MessageRequest {
  readonly grouping: Grouping;
  /** What each transform does, by its id: one sentence. */
  readonly summaries: ReadonlyMap<string, string>;
  readonly places: Places;
  /** A text with placeholders, in place of the usual one. */
  readonly template?: string;
}

/** What may stand in braces in a template, and what it stands for. */
export const PLACEHOLDERS = {
  subject: 'the usual first line',
  group: '`all`, the transform, the id of the proposal, the folder or the owners',
  why: 'what each transform is for, one a line',
  places: 'how many places changed, as `12 places`',
  files: 'how many files changed, as `4 files`',
  transforms: 'the ids of the transforms, with commas',
  evidence: 'what is proved and what is assumed, counted by claim',
  proposals: 'place, title and id of each proposal, one a line',
} as const;

const USUAL = '{subject}\n\n{why}\n\n{places} in {files}, by {transforms}.\n\n{evidence}\n';

const MOST_SUBJECT = 72;
const MOST_CLAIMS = 6;

const PLACEHOLDER = /\{([a-z]+)\}/g;

/** The first placeholder of a template that there is not. */
export const unknownPlaceholder = (template: string): string | undefined =>
  Array.from(template.matchAll(PLACEHOLDER), ([, name = '']) => name).find(
    (name) => !Object.hasOwn(PLACEHOLDERS, name),
  );

const shortened = (line: string): string =>
  line.length <= MOST_SUBJECT ? line : `${line.slice(0, MOST_SUBJECT - 1).trimEnd()}…`;

const transformsOf = (proposals: readonly Proposal[]): string[] =>
  [...new Set(proposals.map(({ transform }) => transform))].toSorted();

/** What one transform does, without the full stop; what many do, as a number. */
function whatOf({ name, proposals }: CommitPart, { grouping, summaries }: MessageRequest): string {
  // What other transforms have in it builds on this one.
  const transforms = grouping === 'per-transform' ? [name] : transformsOf(proposals);
  const [first = '', ...more] = transforms;
  if (more.length > 0) return `${counted(proposals.length, 'rewrite')} by ${more.length + 1} transforms`;
  return visible((summaries.get(first) ?? first).replace(/\.$/, ''));
}

function subjectOf(part: CommitPart, request: MessageRequest): string {
  const [only] = part.proposals;
  if (request.grouping === 'per-proposal' && part.proposals.length === 1 && only !== undefined)
    return shortened(`${visible(only.title)} in ${visible(pathFrom(part.top, only.path))}`);
  const what = whatOf(part, request);
  if (request.grouping === 'per-directory') return shortened(`${visible(part.name)}: ${what}`);
  if (request.grouping === 'per-owner') return shortened(`${what} (${visible(part.name)})`);
  return shortened(what);
}

/** The claims of one verdict, those that read alike as one, with how often each is made: the most frequent first. */
function* claimLines(proposals: readonly Proposal[], verdict: Verdict, heading: string): Iterable<string> {
  const all = claimsOf(proposals, verdict);
  if (all.length === 0) return;
  yield heading;
  for (const { claim, count } of all.slice(0, MOST_CLAIMS)) yield `- ${count} × ${visible(claim)}`;
  if (all.length > MOST_CLAIMS) yield `- and ${counted(all.length - MOST_CLAIMS, 'other claim')}`;
}

function proposalLine({ path, start, title, id }: Proposal, top: string, places: Places): string {
  return `${visible(pathFrom(top, path))}:${places.placeOf(path, start).line}: ${visible(title)} (${id})`;
}

/** The message of a commit: what, why, how many, and what is known of it. */
export function commitMessage(part: CommitPart, request: MessageRequest): string {
  const { proposals, changes, top, name } = part;
  const transforms = transformsOf(proposals);
  const values: Readonly<Record<keyof typeof PLACEHOLDERS, string>> = {
    subject: subjectOf(part, request),
    group: visible(name),
    why: transforms.map((id) => visible(request.summaries.get(id) ?? id)).join('\n'),
    places: counted(proposals.length, 'place'),
    files: counted(changes.length, 'file'),
    transforms: transforms.join(', '),
    evidence: [
      ...claimLines(proposals, 'holds', 'Proved:'),
      ...claimLines(proposals, 'assumed', 'Assumed, not proved:'),
    ].join('\n'),
    proposals: proposals.map((one) => proposalLine(one, top, request.places)).join('\n'),
  };
  const known = new Map(Object.entries(values));
  // A first line that says it all need not be said again.
  const usual = values.why === `${values.subject}.` ? USUAL.replace('{why}\n\n', '') : USUAL;
  return (request.template ?? usual).replace(PLACEHOLDER, (whole, word: string) => known.get(word) ?? whole);
}
