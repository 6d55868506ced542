import { compose, type Composable } from '../../src/edits/compose.ts';
import type { Edit } from '../../src/edits/edit.ts';
import type { Compose } from './oracle.ts';

type EachEdit = (edit: Edit, baseline: string, proposal: Composable, index: number) => readonly Edit[];

/** Composes what `change` makes of each edit, and tells of the proposals as they were. */
const changing =
  (change: EachEdit): Compose =>
  (proposals, baselineOf) => {
    const changed = proposals.map((one) => ({
      ...one,
      edits: one.edits.flatMap((edit, index) => change(edit, baselineOf(edit.file), one, index)),
      original: one,
    }));
    const made = compose(changed, baselineOf);
    return {
      ...made,
      accepted: made.accepted.map(({ original }) => original),
      deferred: made.deferred.map(({ original }) => original),
    };
  };

/** Whole lines are told by their ends: without them, they are taken for part of the code beside them. */
const LINE_END = /;\n$/;

const takesLinesForCode: Compose = (proposals, baselineOf) => {
  const lines: string[] = [];
  const made = changing((edit) => {
    const [text] = edit.code;
    if (typeof text !== 'string' || edit.code.length > 1 || !LINE_END.test(text)) return [edit];
    lines.push(text);
    return [{ ...edit, code: [text.replace(LINE_END, '')] }];
  })(proposals, baselineOf);
  const texts = new Map(
    [...made.texts].map(([file, text]) => [
      file,
      lines.reduce((whole, line) => whole.replaceAll(line.replace(LINE_END, ''), line), text),
    ]),
  );
  return { ...made, texts };
};

/** Composers each of which does one thing wrong. */
export const SABOTEURS: Readonly<Record<string, Compose>> = {
  'quotes the text without what others edit in it': changing((edit, baseline) => [
    {
      ...edit,
      code: edit.code.map((part) => (typeof part === 'string' ? part : baseline.slice(part[0], part[1]))),
    },
  ]),
  'applies an edit for each that asks for it': changing((edit, _, { id }) => [
    edit.once === undefined ? edit : { ...edit, once: `${edit.once} ${id}` },
  ]),
  'forgets the last edit of a proposal': changing((edit, _, { edits }, index) =>
    index > 0 && index === edits.length - 1 ? [] : [edit],
  ),
  'forgets what is taken away': changing((edit) => (edit.code.length === 0 ? [] : [edit])),
  'inserts one character too late': changing((edit, baseline) => {
    const [start, end] = edit.span;
    return start === end && start < baseline.length ? [{ ...edit, span: [start + 1, start + 1] }] : [edit];
  }),
  'prefers the later of two that overlap': (proposals, baselineOf) =>
    compose(proposals.toReversed(), baselineOf),
  'accepts what overlaps': (proposals, baselineOf) => {
    const made = compose(proposals, baselineOf);
    return { ...made, accepted: proposals, deferred: [] };
  },
  'applies half of what waits': (proposals, baselineOf) => {
    const made = compose(proposals, baselineOf);
    const halves = made.deferred.map((one) => ({ ...one, edits: one.edits.slice(0, 1) }));
    return { ...made, texts: compose([...made.accepted, ...halves], baselineOf).texts };
  },
  'orders insertions at one point as they come': (proposals, baselineOf) => {
    const numbered = proposals.map((one, index) => ({ ...one, start: 0, id: `${index}`, original: one }));
    const made = compose(numbered, baselineOf);
    return {
      ...made,
      accepted: made.accepted.map(({ original }) => original),
      deferred: made.deferred.map(({ original }) => original),
    };
  },
  'takes whole lines for part of the code beside them': takesLinesForCode,
  'says wrongly what was replaced': (proposals, baselineOf) => {
    const made = compose(proposals, baselineOf);
    const replaced = new Map([...made.replaced].map(([file, all]) => [file, all.slice(1)]));
    return { ...made, replaced };
  },
};
