import { describe, expect, it } from 'vitest';
import {
  annotate,
  begin,
  countsOf,
  decide,
  isShown,
  restOf,
  undo,
  verdictOf,
  type Deciding,
} from '../src/review/deciding.ts';
import type { ReviewItem } from '../src/review/review.ts';
import type { Decisions } from '../src/run/plan-file/decisions.ts';

const item = (id: string, more: Partial<ReviewItem> = {}): ReviewItem => ({
  id,
  transform: 'sync-to-async',
  safety: 'review',
  path: 'src/a.ts',
  line: 1,
  column: 1,
  title: `Title of ${id}`,
  evidence: [],
  files: [more.path ?? 'src/a.ts'],
  owner: 'nobody',
  ...more,
});

const plain = ({ decisions }: Deciding) => Object.fromEntries(decisions);
const acts = (...ids: readonly string[]): Deciding =>
  ids.reduce((deciding, id) => decide(deciding, [id], 'accepted'), begin(new Map()));

describe('deciding', () => {
  it('keeps notes and what is not its business, and forgets what is undecided again', () => {
    const before: Decisions = new Map([
      ['elsewhere', { verdict: 'rejected' }],
      ['a', { verdict: 'undecided', note: 'ask Kim' }],
    ]);
    const decided = decide(begin(before), ['a', 'b'], 'accepted');
    expect(plain(decided)).toEqual({
      elsewhere: { verdict: 'rejected' },
      a: { verdict: 'accepted', note: 'ask Kim' },
      b: { verdict: 'accepted' },
    });
    expect(plain(decide(decided, ['a', 'b'], 'undecided'))).toEqual(Object.fromEntries(before));
  });

  it('is no act where nothing changes', () => {
    const once = acts('a');
    expect(decide(once, ['a'], 'accepted')).toBe(once);
    expect(annotate(once, 'a', '  ')).toBe(once);
    expect(undo(begin(once.decisions)).decisions).toEqual(once.decisions);
  });

  it('takes back act by act, also those over several and notes', () => {
    const steps = [acts('a')];
    const act = (next: (deciding: Deciding) => Deciding): void =>
      void steps.push(next(steps.at(-1) ?? begin(new Map())));
    act((one) => decide(one, ['a', 'b', 'c'], 'rejected'));
    act((one) => annotate(one, 'b', ' later '));
    act((one) => decide(one, ['b'], 'undecided'));
    act((one) => annotate(one, 'b', ''));
    expect(plain(steps.at(-1) ?? begin(new Map()))).toEqual({
      a: { verdict: 'rejected' },
      c: { verdict: 'rejected' },
    });
    let back = steps.at(-1) ?? begin(new Map());
    for (const step of steps.slice(0, -1).toReversed()) {
      back = undo(back);
      expect(plain(back)).toEqual(plain(step));
    }
  });

  it('has what was decided last at the end, so that a review can go on behind it', () => {
    const again = decide(acts('a', 'b', 'c'), ['a'], 'rejected');
    expect([...again.decisions.keys()]).toEqual(['b', 'c', 'a']);
  });

  it('of many acts holds what they changed, not all that was decided', () => {
    const deciding = acts(...Array.from({ length: 1500 }, (_, index) => `${index}`));
    expect(deciding.history).toHaveLength(1000);
    expect(deciding.history.every((act) => act.size === 1)).toBe(true);
  });
});

describe('what goes with a proposal', () => {
  const items = [
    item('a'),
    item('b', { transform: 'await-in-loop' }),
    item('c', { path: 'src/c.ts' }),
    item('d'),
    item('report', { files: [] }),
  ];
  const [, second = item('b'), , fourth = item('d')] = items;

  it('is what is undecided in its file, or of its transform, and it itself, last', () => {
    expect(restOf(items, second, 'path', new Map())).toEqual(['a', 'd', 'b']);
    expect(restOf(items, fourth, 'transform', new Map())).toEqual(['a', 'c', 'd']);
  });

  it('is not what somebody decided; a note is no decision', () => {
    const decisions: Decisions = new Map([
      ['a', { verdict: 'rejected' }],
      ['d', { verdict: 'undecided', note: 'hm' }],
    ]);
    expect(restOf(items, second, 'path', decisions)).toEqual(['d', 'b']);
  });

  it('counts only what can be decided', () => {
    const decisions: Decisions = new Map([
      ['a', { verdict: 'accepted' }],
      ['b', { verdict: 'rejected' }],
      ['report', { verdict: 'accepted' }],
      ['elsewhere', { verdict: 'accepted' }],
    ]);
    expect(countsOf(items, decisions)).toEqual({ accepted: 1, rejected: 1, undecided: 2 });
  });
});

describe('a filter', () => {
  const one = item('0b1c', {
    title: 'readFileSync → readFile',
    path: 'src/deep/File.ts',
    owner: '@team',
    evidence: [{ verdict: 'assumed', claim: 'Nobody waits' }],
  });
  const accepted: Decisions = new Map([['0b1c', { verdict: 'accepted' }]]);

  it.each([
    {},
    { text: '' },
    { text: 'READFILE' },
    { text: 'deep/file' },
    { text: 'sync-to' },
    { text: 'nobody WAITS' },
    { text: '0b1' },
    { path: 'src/deep/File.ts' },
    { path: 'src/' },
    { transform: 'sync-to-async', safety: 'review', owner: '@team', verdict: 'accepted' },
  ] as const)('lets %j through', (filter) => expect(isShown(one, filter, accepted)).toBe(true));

  it.each([
    { text: 'elsewhere' },
    { path: 'src/deep' },
    { path: 'src/de/' },
    { transform: 'sync' },
    { safety: 'safe' },
    { owner: 'nobody' },
    { verdict: 'undecided' },
    { text: 'readFile', verdict: 'rejected' },
  ] as const)('holds %j back', (filter) => expect(isShown(one, filter, accepted)).toBe(false));

  it('of a verdict shows nothing that cannot be decided', () => {
    expect(isShown({ ...one, files: [] }, { verdict: 'undecided' }, new Map())).toBe(false);
    expect(verdictOf(accepted, 'other')).toBe('undecided');
  });
});
