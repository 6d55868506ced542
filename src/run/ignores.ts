import { isAbsolute, relative, sep } from 'node:path';
import { baselineOffset } from '../edits/compose.ts';
import type { Span } from '../edits/edit.ts';
import { fails, type Evidence } from '../evidence.ts';
import { parseFile, type ParsedFile } from '../syntax/file.ts';
import type { Proposal } from '../transform.ts';
import type { Days } from './days.ts';
import {
  ALL,
  ignoreCommentsOf,
  type IgnoreComment,
  type IgnoreComments,
  type IgnoredName,
} from './ignore-comments.ts';
import { IGNORE_MARK } from './read.ts';
import { spanBefore, type Passes } from './passes.ts';

/** What ignore comments are read from, and on which day. */
export interface IgnoresRequest {
  /** Claims tell paths as seen from this folder. */
  readonly cwd: string;
  /** As `2027-01-31`. */
  readonly today: string;
  /** The text of a file before the first pass, without byte order mark; empty where it did not exist. */
  readonly baselineOf: (path: string) => string;
  /** The text of a file now. */
  readonly textOf: (path: string) => string;
}

const NONE: IgnoreComments = { comments: [], faults: [] };

/** Texts of a file whose comments are kept: the first one, and the latest. */
const MOST_TEXTS = 2;

const lengthOf = ({ covers }: IgnoreComment): number =>
  covers === undefined ? Infinity : covers[1] - covers[0];

/** The one that speaks most closely about a place comes first. */
const inOrderOfCloseness = (a: IgnoreComment, b: IgnoreComment): number =>
  lengthOf(a) - lengthOf(b) || b.line - a.line;

const speaksOf = ({ names }: IgnoreComment, transform: string): boolean =>
  names.some(({ name }) => name === transform || name === ALL);

/** Whether code that begins where `span` begins lies in `covers`. */
const beginsIn = (covers: Span, [start]: Span): boolean => covers[0] <= start && start <= covers[1];

/** Whether a replaced stretch and `covers` have something in common; a point at either end counts. */
const touches = (covers: Span, [start, end]: Span): boolean =>
  start === end ? covers[0] <= start && start <= covers[1] : start < covers[1] && covers[0] < end;

/** The stretch that all of `span` came from, before `passes`: of code that was replaced, all that it stands for. */
function origin(path: string, span: Span, passes: Passes): Span {
  let [start, end] = span;
  for (const replaced of passes.toReversed()) {
    const inFile = replaced.get(path) ?? [];
    const last = end;
    const around = inFile.find(({ after }) => after[0] < last && last <= after[1]);
    start = baselineOffset(inFile, start);
    end = around === undefined ? baselineOffset(inFile, end) : around.before[1];
  }
  return [start, end];
}

/** A finding that was ignored, with its place before the first pass. */
interface Kept {
  readonly path: string;
  readonly transform: string;
  readonly span: Span;
  /** The text at its place without regard to white space. */
  readonly text: string;
  readonly comment: IgnoreComment;
}

const keyOf = ({ path, span }: IgnoreComment, { name }: IgnoredName): string =>
  `${path}\0${span[0]}\0${name}`;

/**
 * What the ignore comments of a run say of its proposals. A comment counts where it stands now and where it stood before the first
 * pass, and a finding that was ignored in one pass is in the next ones, wherever other changes moved it.
 */
export class Ignores {
  private readonly request: IgnoresRequest;
  private readonly read = new Map<string, { readonly text: string; readonly found: IgnoreComments }[]>();
  private readonly needed = new Set<string>();
  private readonly kept: Kept[] = [];
  private earliestEnd: string | undefined;
  private hasDates = false;

  constructor(request: IgnoresRequest) {
    this.request = request;
  }

  /** The days for which the answers are the same, from today on; undefined where no comment has a date. */
  get days(): Days | undefined {
    return this.hasDates ? { from: this.request.today, through: this.earliestEnd } : undefined;
  }

  /** The ignore comments in a text of the file `path`; none where it does not parse. `file` is it parsed, if that is at hand. */
  commentsIn(path: string, text: string, file?: ParsedFile): IgnoreComments {
    const known = this.read.get(path) ?? [];
    const same = known.find((one) => one.text === text);
    if (same !== undefined) return same.found;
    const found = text.includes(IGNORE_MARK) ? commentsOf(path, text, file) : NONE;
    this.read.set(path, [...known.slice(0, MOST_TEXTS - 1), { text, found }]);
    for (const { until } of found.comments) {
      if (until === undefined) continue;
      this.hasDates = true;
      if (!this.isOver(until) && (this.earliestEnd === undefined || until < this.earliestEnd))
        this.earliestEnd = until;
    }
    return found;
  }

  /**
   * The proposals as the comments leave them. One whose place is ignored, and one with an edit in code that is, are of the level
   * `report`, without edits and with the comment as what fails; the former carries what the comment says.
   */
  judge(proposals: readonly Proposal[], passes: Passes): Proposal[] {
    return proposals.map((proposal) => this.ignored(proposal, passes) ?? this.stopped(proposal, passes));
  }

  /** Whether the comment, as it was before the first pass, kept something as it is, also if its day is over. */
  isNeeded(comment: IgnoreComment, name: IgnoredName): boolean {
    return this.needed.has(keyOf(comment, name));
  }

  /** Whether a comment no longer counts. */
  isOver(until: string | undefined): boolean {
    return until !== undefined && until < this.request.today;
  }

  private ignored(proposal: Proposal, passes: Passes): Proposal | undefined {
    const { path, transform, start, end, safety, evidence } = proposal;
    const text = this.request.textOf(path).slice(start, end).replace(/\s+/g, ' ');
    const [closest] = this.speaking(path, transform, [start, end], beginsIn, passes);
    const span = origin(path, [start, end], passes);
    const comment = closest ?? this.keptBefore({ path, transform, text, span });
    if (comment === undefined) return undefined;
    if (passes.length === 0) this.kept.push({ path, transform, text, span, comment });
    const { line, reason, until } = comment;
    return {
      ...proposal,
      safety: 'report',
      edits: [],
      evidence: [...evidence, this.keeps(comment)],
      ignored: { reason, at: { path, line }, safety, ...(until === undefined ? {} : { until }) },
    };
  }

  /** What kept the same code in the first pass, where it stood in the stretch that the finding came from. */
  private keptBefore({ path, transform, text, span }: Omit<Kept, 'comment'>): IgnoreComment | undefined {
    return this.kept.find(
      (one) =>
        one.path === path &&
        one.transform === transform &&
        one.text === text &&
        span[0] <= one.span[0] &&
        one.span[1] <= span[1],
    )?.comment;
  }

  private stopped(proposal: Proposal, passes: Passes): Proposal {
    const { transform, edits, evidence } = proposal;
    const comments = edits.flatMap(({ file, span }) =>
      this.speaking(file, transform, span, touches, passes).slice(0, 1),
    );
    if (comments.length === 0) return proposal;
    const reasons = [...new Set(comments)].map((comment) => this.keeps(comment));
    return { ...proposal, safety: 'report', edits: [], evidence: [...evidence, ...reasons] };
  }

  private keeps({ path, line, reason }: IgnoreComment): Evidence {
    const seen = relative(this.request.cwd, path);
    const shown = (isAbsolute(seen) ? path : seen).split(sep).join('/');
    const claim = `an ignore comment in ${shown}:${line} keeps this from being changed: ${reason}`;
    return fails(claim, { path, line });
  }

  /** The comments that keep `transform` from `span`, the closest first. Notes that they, and those whose day is over, are needed. */
  private speaking(
    path: string,
    transform: string,
    span: Span,
    isAbout: (covers: Span, span: Span) => boolean,
    passes: Passes,
  ): readonly IgnoreComment[] {
    const { textOf, baselineOf } = this.request;
    const among = (comments: readonly IgnoreComment[], place: Span): readonly IgnoreComment[] =>
      comments.filter(
        (one) => one.covers !== undefined && speaksOf(one, transform) && isAbout(one.covers, place),
      );
    const { comments: first } = this.commentsIn(path, baselineOf(path));
    const { comments: latest } = this.commentsIn(path, textOf(path));
    if (first.length === 0 && latest.length === 0) return [];
    const now = latest === first ? [] : among(latest, span);
    // A comment is told, and known to be needed, where it stands on disk.
    const before = new Set([
      ...among(first, spanBefore(path, span, passes)),
      ...first.filter((one) => now.some(({ text }) => text === one.text)),
    ]);
    for (const comment of before)
      for (const name of comment.names)
        if (name.name === transform || name.name === ALL) this.needed.add(keyOf(comment, name));
    const isNew = ({ text }: IgnoreComment): boolean => ![...before].some((one) => one.text === text);
    return [...before, ...now.filter(isNew)]
      .filter(({ until }) => !this.isOver(until))
      .toSorted(inOrderOfCloseness);
  }
}

function commentsOf(path: string, text: string, file: ParsedFile | undefined): IgnoreComments {
  if (file !== undefined) return ignoreCommentsOf(file);
  try {
    return ignoreCommentsOf(parseFile(path, text));
  } catch {
    return NONE; // Nothing is proposed in it either.
  }
}
