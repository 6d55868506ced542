import type { compose, Composed, Replaced } from '../../src/edits/compose.ts';
import type { EditSet, MarkedEdit, MarkedProposal } from './generator.ts';
import { expectedOf, whyNot } from './reference.ts';

export type Compose = typeof compose;

/** What came of one set. */
export interface Judged {
  /** What is wrong; undefined where nothing is. */
  readonly difference: string | undefined;
  readonly accepted: number;
  readonly deferred: number;
}

const namesOf = (proposals: readonly MarkedProposal[]): string => proposals.map(({ id }) => id).join(' ');
const isMarked = ({ code, mark }: MarkedEdit): boolean =>
  code.some((part) => typeof part === 'string' && part.includes(mark));
const timesIn = (text: string, mark: string): number => text.split(mark).length - 1;

/**
 * Whether some of a text is quoted twice, or elsewhere than where the same proposal takes it from: then it may be there twice. So may what is
 * inserted between two quotations of different edits.
 */
function hasCopies(proposals: readonly MarkedProposal[]): boolean {
  const quoted = new Set<string>();
  const ends = new Map<string, MarkedEdit>();
  for (const { edits } of proposals) {
    for (const edit of edits) {
      const { file, code } = edit;
      for (const part of code) {
        if (typeof part === 'string') continue;
        const [start, end] = part;
        const isTaken = edits.some((one) => one.file === file && one.span[0] <= start && end <= one.span[1]);
        if (start === end || !isTaken) return true;
        for (const at of part) {
          const gap = `${file} ${at}`;
          if ((ends.get(gap) ?? edit) !== edit) return true;
          ends.set(gap, edit);
        }
        for (let at = start; at < end; at++) {
          const place = `${file} ${at}`;
          if (quoted.has(place)) return true;
          quoted.add(place);
        }
      }
    }
  }
  return false;
}

/** What of the text outside all that was replaced is not where it should be. */
function whyMisplaced(before: string, after: string, replaced: readonly Replaced[]): string | undefined {
  const end: Replaced = { before: [before.length, before.length], after: [after.length, after.length] };
  let [at, newAt] = [0, 0];
  for (const one of [...replaced, end]) {
    const kept = before.slice(at, one.before[0]);
    if (kept !== after.slice(newAt, one.after[0])) return `${JSON.stringify(kept)} is not where it should be`;
    [at, newAt] = [one.before[1], one.after[1]];
  }
  return undefined;
}

/** What is wrong about the marks in the texts, whatever the rules are about where they stand. */
function whyMarked({ accepted, deferred, texts }: Composed<MarkedProposal>): string | undefined {
  const edits = accepted.flatMap((one) => one.edits).filter(isMarked);
  const isOnce = !hasCopies(accepted);
  for (const { file, mark } of edits) {
    const count = timesIn(texts.get(file) ?? '', mark);
    if (count === 0) return `${mark} is not in the text`;
    if (count > 1 && isOnce) return `${mark} is there ${count} times`;
  }
  const known = new Set(edits.map(({ mark }) => mark));
  for (const { file, mark } of deferred.flatMap((one) => one.edits))
    if (!known.has(mark) && timesIn(texts.get(file) ?? '', mark) > 0)
      return `${mark} waits and is in the text`;
  return undefined;
}

/** What is wrong about the texts that `result` gives for what it accepts. */
function whyWrong(set: EditSet, result: Composed<MarkedProposal>): string | undefined {
  const { texts, replaced } = result;
  const expected = expectedOf(set.texts, result.accepted).texts;
  if (expected.size !== texts.size) return `${texts.size} texts, expected ${expected.size}`;
  for (const [file, text] of expected) {
    if (texts.get(file) !== text)
      return `${file} is ${JSON.stringify(texts.get(file))}, expected ${JSON.stringify(text)}`;
    const why = whyMisplaced(set.texts.get(file) ?? '', text, replaced.get(file) ?? []);
    if (why !== undefined) return `${file}: ${why}`;
  }
  return whyMarked(result);
}

/** Compares what `subject` makes of `set` with the reference. */
export function judge(set: EditSet, subject: Compose): Judged {
  const baselineOf = (file: string): string => set.texts.get(file) ?? '';
  const result = subject(set.proposals, baselineOf);
  const { accepted, deferred } = result;
  const judged = (difference: string | undefined): Judged => ({
    difference,
    accepted: accepted.length,
    deferred: deferred.length,
  });
  const fitting: MarkedProposal[] = [];
  for (const one of set.proposals) if (whyNot(set.texts, one, fitting) === undefined) fitting.push(one);

  if (accepted.length + deferred.length !== set.proposals.length) return judged('a proposal is lost');
  if (!accepted.every((one) => fitting.includes(one)))
    return judged(`accepted ${namesOf(accepted)}, too many`);
  // What would be seen nowhere waits, although two by two all fit.
  if (accepted.length < fitting.length && expectedOf(set.texts, fitting).isWhole)
    return judged(`accepted ${namesOf(accepted)}, expected ${namesOf(fitting)}`);
  const why = whyWrong(set, result);
  if (why !== undefined) return judged(why);

  const turned = subject(accepted.toReversed(), baselineOf);
  if (turned.deferred.length > 0) return judged(`in another order ${namesOf(turned.deferred)} waits`);
  for (const [file, text] of result.texts)
    if (turned.texts.get(file) !== text)
      return judged(`${file} is ${JSON.stringify(turned.texts.get(file))} in another order`);
  return judged(undefined);
}

/** The set with as few proposals and edits as still make a difference. */
export function shrunk(set: EditSet, subject: Compose): EditSet {
  const isWrong = (smaller: EditSet): boolean => judge(smaller, subject).difference !== undefined;
  for (const [at, one] of set.proposals.entries()) {
    const without = { ...set, proposals: set.proposals.toSpliced(at, 1) };
    if (isWrong(without)) return shrunk(without, subject);
    for (const index of one.edits.length > 1 ? one.edits.keys() : []) {
      const edits = one.edits.toSpliced(index, 1);
      const less = { ...set, proposals: set.proposals.with(at, { ...one, edits }) };
      if (isWrong(less)) return shrunk(less, subject);
    }
  }
  return set;
}

/** The set as text, to be read where it makes a difference. */
export function told({ texts, proposals }: EditSet): string {
  const files = [...texts].map(([file, text]) => `${file} = ${JSON.stringify(text)}`);
  const edits = proposals.map(({ id, edits: all }) => {
    const each = all.map(
      ({ file, span, code, once = '' }) => `${file}[${span.join()}] → ${JSON.stringify(code)} ${once}`,
    );
    return `${id}: ${each.join('; ')}`;
  });
  return [...files, ...edits].join('\n');
}
