import { spanOf, type Span } from '../edits/edit.ts';
import { commentsOf, type Comment } from '../syntax/comments.ts';
import type { ParsedFile } from '../syntax/file.ts';
import { lineOf } from '../syntax/lines.ts';
import { IGNORE_MARK } from './read.ts';
import { lineEnd, lineStart, nextLine } from '../syntax/lines.ts';

/** The name that stands for every transform. */
export const ALL = 'all';

/** A name in an ignore comment, and where it stands. */
export interface IgnoredName {
  readonly name: string;
  readonly span: Span;
}

/** A comment of a file as it can be taken away: with the braces of JSX around it, where they hold nothing else. */
export interface Remark {
  readonly span: Span;
  /** The comment itself, as it stands. */
  readonly text: string;
  readonly isJsx: boolean;
}

/** The comment that ends a block. */
export interface BlockEnd extends Remark {
  /** None where it ends whatever began last. */
  readonly names: readonly IgnoredName[];
}

/** A comment by which somebody said no, with a reason. */
export interface IgnoreComment extends Remark {
  /** Absolute path. */
  readonly path: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** What it speaks about: one line, the whole file, or what lies before the comment that ends the block. */
  readonly kind: 'line' | 'file' | 'block';
  /** Ids of transforms, or `all`; at least one. */
  readonly names: readonly IgnoredName[];
  readonly reason: string;
  /** The last day on which it counts, as `2027-01-31`. */
  readonly until?: string;
  /** The code that it speaks about; undefined where there is none below it. */
  readonly covers: Span | undefined;
  /** Of a block that was ended. */
  readonly end?: BlockEnd;
}

/** What is wrong with a comment that was meant to be one. */
export interface IgnoreFault {
  /** Absolute path. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** A sentence without its subject and its full stop: "gives no reason". */
  readonly says: string;
}

/** The ignore comments of one file. */
export interface IgnoreComments {
  readonly comments: readonly IgnoreComment[];
  readonly faults: readonly IgnoreFault[];
}

const NONE: IgnoreComments = { comments: [], faults: [] };
const HOW = `\`${IGNORE_MARK} <transform>: <reason>\``;

/** What an ignore comment says. */
interface Said {
  /** `-file`, `-start`, `-end` or nothing; anything else is a slip. */
  readonly suffix: string;
  readonly names: readonly IgnoredName[];
  /** What stands where only names may. */
  readonly strange: string | undefined;
  readonly until: string | undefined;
  readonly reason: string;
}

const DIRECTIVE = /^(?:\/\/+|\/\*+)[\s*]*hasten-ignore(-[\w-]*)?(?![\w-])/;
const NAME = /^[\w@./-]+$/;

/** `text` with blanks for the asterisks that lines of a block comment begin with: offsets stay. */
const withoutStars = (text: string): string =>
  text.replace(/\n[ \t]*\*+/g, (star) => `\n${' '.repeat(star.length - 1)}`);

/** Takes a comment apart; undefined where it does not begin as an ignore comment. */
function saidBy({ text, span }: Comment): Said | undefined {
  const found = DIRECTIVE.exec(text);
  if (found === null) return undefined;
  const from = found[0].length;
  const rest = withoutStars(text.startsWith('/*') ? text.slice(from, -2) : text.slice(from));
  const colon = rest.indexOf(':');
  const head = colon === -1 ? rest : rest.slice(0, colon);
  const reason = colon === -1 ? '' : rest.slice(colon + 1).replace(/\s+/g, ' ');
  const date = /\suntil(?:\s+(\S.*?))?\s*$/s.exec(head);
  const listed = date === null ? head : head.slice(0, date.index);

  const names: IgnoredName[] = [];
  let strange: string | undefined;
  let at = 0;
  for (const piece of listed.split(',')) {
    const name = piece.trim();
    const start = span[0] + from + at + piece.indexOf(name);
    if (NAME.test(name)) names.push({ name, span: [start, start + name.length] });
    else if (name !== '') strange ??= name;
    at += piece.length + 1;
  }
  const until = date === null ? undefined : (date[1] ?? '');
  return { suffix: found[1] ?? '', names, strange, until, reason: reason.trim() };
}

/** Whether `text` is a day of the calendar, written as `2027-01-31`. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Why what was said does not count; undefined where it does. */
function whyNot({ names, strange, until, reason }: Said): string | undefined {
  if (strange !== undefined)
    return `has \`${strange.replace(/\s+/g, ' ')}\` where the names of transforms stand, parted by commas: write ${HOW}; it does not count`;
  if (names.length === 0)
    return `names no transform: write ${HOW}, or \`${ALL}\` for every one; it does not count`;
  if (until !== undefined && !isDay(until))
    return `ends on \`${until}\`, which is no day: write it as \`until 2027-01-31\`; it does not count`;
  return reason === '' ? `gives no reason: write ${HOW}; it does not count` : undefined;
}

/** All comments of a file, with the braces that JSX puts around them. */
function remarksOf(file: ParsedFile): readonly Remark[] {
  const holders = file
    .find('JSXExpressionContainer', { expression: { type: 'JSXEmptyExpression' } })
    .map(({ node }) => spanOf(node));
  return commentsOf(file).map(({ text, span }) => {
    const holder = holders.find(([start, end]) => start < span[0] && span[1] < end);
    const isAlone = holder !== undefined && file.text.slice(holder[0] + 1, holder[1] - 1).trim() === text;
    return isAlone ? { text, span: holder, isJsx: true } : { text, span, isJsx: false };
  });
}

/** `text` with blanks for the comments in it: what is left on a line is code. */
function codeIn(text: string, remarks: readonly Remark[]): string {
  let code = '';
  let at = 0;
  for (const { span } of remarks) {
    code += text.slice(at, span[0]) + text.slice(...span).replace(/[^\r\n]/g, ' ');
    at = span[1];
  }
  return code + text.slice(at);
}

/** Of a file with ignore comments, what is asked more than once. */
interface Lines {
  readonly text: string;
  /** The text with blanks for its comments. */
  readonly code: string;
  readonly remarks: readonly Remark[];
}

const lineAround = (text: string, offset: number): Span => [lineStart(text, offset), lineEnd(text, offset)];

/**
 * The line of code that a comment speaks about: its own, where code stands beside it, else the next one. Other comments may stand between,
 * a blank line may not.
 */
function lineOfCode({ text, code, remarks }: Lines, [start, end]: Span): Span | undefined {
  if (code.slice(lineStart(text, start), start).trim() !== '') return lineAround(text, start);
  if (code.slice(end, lineEnd(text, end)).trim() !== '') return lineAround(text, end);
  for (let at = nextLine(text, end); at < text.length; at = nextLine(text, at)) {
    const line = lineAround(text, at);
    if (code.slice(...line).trim() !== '') return line;
    const isInComment = remarks.some(({ span }) => span[0] < line[1] && line[0] < span[1]);
    if (!isInComment && text.slice(...line).trim() === '') return undefined;
  }
  return undefined;
}

const isSameNames = (a: readonly IgnoredName[], b: readonly IgnoredName[]): boolean =>
  a.length === b.length && a.every(({ name }) => b.some((other) => other.name === name));

/** A block that was begun; `said` is undefined where its beginning does not count. */
interface Begun {
  readonly remark: Remark;
  readonly names: readonly IgnoredName[];
  readonly comment: Omit<IgnoreComment, 'covers'> | undefined;
}

/** The ignore comments of `file` in text order, and what is wrong with others that were meant to be one. */
export function ignoreCommentsOf(file: ParsedFile): IgnoreComments {
  const { path, text } = file;
  if (!text.includes(IGNORE_MARK)) return NONE;
  const remarks = remarksOf(file);
  const lines: Lines = { text, remarks, code: codeIn(text, remarks) };
  const { program } = file.tree;
  const body = Math.min(...[...program.directives, ...program.body].map((node) => spanOf(node)[0]));
  const comments: IgnoreComment[] = [];
  const faults: IgnoreFault[] = [];
  const open: Begun[] = [];

  for (const remark of remarks) {
    const at = remark.isJsx
      ? remark.span[0] + text.slice(...remark.span).indexOf(remark.text)
      : remark.span[0];
    const said = saidBy({ text: remark.text, span: [at, at + remark.text.length] });
    if (said === undefined) continue;
    const line = lineOf(text, at);
    const fault = (says: string): void => void faults.push({ path, line, says });
    const { suffix, names, until, reason } = said;
    const whole = { ...remark, path, line, names, reason, ...(until === undefined ? {} : { until }) };

    if (suffix === '-end') {
      const index = open.findLastIndex((one) => names.length === 0 || isSameNames(one.names, names));
      const [begun] = index === -1 ? [] : open.splice(index, 1);
      if (begun === undefined)
        fault(`ends no block: no \`${IGNORE_MARK}-start\` with the same transforms is open above it`);
      else if (begun.comment !== undefined)
        comments.push({
          ...begun.comment,
          covers: [begun.remark.span[1], remark.span[0]],
          end: { ...remark, names },
        });
      continue;
    }
    if (!['', '-file', '-start'].includes(suffix)) {
      fault(
        `is not known: there is \`${IGNORE_MARK}\`, \`${IGNORE_MARK}-file\`, \`${IGNORE_MARK}-start\` and \`${IGNORE_MARK}-end\``,
      );
      continue;
    }
    const reasonAgainst =
      suffix === '-file' && at > body
        ? 'stands below code: it counts only at the top of its file; it does not count'
        : whyNot(said);
    if (reasonAgainst !== undefined) fault(reasonAgainst);
    const counts = reasonAgainst === undefined;
    if (suffix === '-start')
      open.push({ remark, names, comment: counts ? { ...whole, kind: 'block' } : undefined });
    else if (counts && suffix === '-file')
      comments.push({ ...whole, kind: 'file', covers: [0, text.length] });
    else if (counts) comments.push({ ...whole, kind: 'line', covers: lineOfCode(lines, remark.span) });
  }
  for (const { comment, remark } of open) {
    if (comment === undefined) continue;
    // What somebody said no to is rather left alone too far than not far enough.
    comments.push({ ...comment, covers: [remark.span[1], text.length] });
    faults.push({
      path,
      line: comment.line,
      says: `begins a block that no \`${IGNORE_MARK}-end\` ends: it counts up to the end of the file`,
    });
  }
  return { comments: comments.toSorted((a, b) => a.span[0] - b.span[0]), faults };
}
