import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Looks } from '../src/cli/looks.ts';
import { editorOf, editorWords } from '../src/cli/editor.ts';
import { REVIEW_KEYS } from '../src/review/keys.ts';
import type { Review, ReviewDiff, ReviewItem, ReviewLine, ReviewSource } from '../src/review/review.ts';
import type { Look } from '../src/review/terminal/proposal-rows.ts';
import { reduce, type Effect } from '../src/review/terminal/reduce.ts';
import { screenOf } from '../src/review/terminal/screen.ts';
import { beginReview, currentOf, type TerminalState } from '../src/review/terminal/state.ts';
import type { Decisions } from '../src/run/plan-file/decisions.ts';
import { randomFrom } from './killed-runs/project.ts';

const plain = createColors(false);
const colored = createColors(true);

const item = (id: string, path: string, more: Partial<ReviewItem> = {}): ReviewItem => ({
  id,
  transform: 'sync-to-async',
  safety: 'review',
  path,
  line: 12,
  column: 3,
  title: `Title of ${id}`,
  evidence: [{ verdict: 'holds', claim: 'it holds' }],
  files: [path],
  owner: 'nobody',
  ...more,
});

const reviewOf = (...items: readonly ReviewItem[]): Review => ({
  name: 'shop',
  hasten: '0',
  summaries: {},
  items,
});

const SIX = reviewOf(
  item('a1', 'src/a.ts'),
  item('a2', 'src/a.ts', { transform: 'await-in-loop', title: 'Promise.all' }),
  item('report', 'src/a.ts', { files: [] }),
  item('a3', 'src/a.ts'),
  item('b1', 'src/b.ts', { files: ['src/b.ts', 'src/c.ts'] }),
  item('b2', 'src/b.ts', { transform: 'await-in-loop' }),
);

const lines = (text: string): ReviewLine[] =>
  text.split('\n').map((line): ReviewLine => {
    const kind = line.startsWith('-') ? 'removed' : line.startsWith('+') ? 'added' : 'kept';
    return { kind, text: line.slice(1) };
  });
const diff = (path: string, text: string, more: Partial<ReviewDiff> = {}): ReviewDiff => ({
  path,
  isNew: false,
  hunks: [{ oldStart: 11, newStart: 11, lines: lines(text) }],
  ...more,
});

const begin = (
  review: Review = SIX,
  decisions: Decisions = new Map(),
  columns = 80,
  rows = 24,
): TerminalState => beginReview(review, decisions, { columns, rows });

/** A review after keys, with what the last of them leads to. */
function after(state: TerminalState, keys: readonly string[], seen: Look = { diffs: [] }) {
  let effect: Effect | undefined;
  let now = state;
  for (const key of keys)
    ({ state: now, effect = undefined } = {
      effect: undefined,
      ...reduce(now, key, screenOf(now, seen, plain).measures),
    });
  return { state: now, effect, id: currentOf(now).id, verdicts: verdictsOf(now) };
}
const verdictsOf = ({ deciding }: TerminalState): Readonly<Record<string, string>> =>
  Object.fromEntries([...deciding.decisions].map(([id, { verdict }]) => [id, verdict]));
const shown = (state: TerminalState, seen: Look = {}): string =>
  screenOf(state, seen, plain).lines.join('\n');

describe('a review begins', () => {
  it.each([
    ['at the start', {}, 'a1'],
    ['behind what was decided last', { a3: 'accepted', b1: 'rejected', a1: 'accepted' }, 'a2'],
    ['at the start again where all behind that is decided', { a1: 'accepted', b2: 'accepted' }, 'a2'],
    ['behind decisions about what is not there', { gone: 'accepted' }, 'a1'],
  ] as const)('%s', (_, decided, id) => {
    const decisions: Decisions = new Map(Object.entries(decided).map(([one, verdict]) => [one, { verdict }]));
    expect(after(begin(SIX, decisions), []).id).toBe(id);
  });

  it('with the summary where all is decided', () => {
    const all = after(begin(), ['A', 'A']).state;
    expect(begin(SIX, all.deciding.decisions).mode.kind).toBe('summary');
  });
});

describe('keys', () => {
  it.each([
    ['y', { a1: 'accepted' }, 'a2'],
    ['n', { a1: 'rejected' }, 'a2'],
    ['jjy', { a3: 'accepted' }, 'b1'],
    ['ja', { a1: 'accepted', a3: 'accepted', a2: 'accepted' }, 'b1'],
    ['na', { a1: 'rejected', a3: 'accepted', a2: 'accepted' }, 'b1'],
    ['d', { a2: 'rejected', a3: 'rejected', a1: 'rejected' }, 'b1'],
    ['jA', { b2: 'accepted', a2: 'accepted' }, 'a3'],
    ['jD', { b2: 'rejected', a2: 'rejected' }, 'a3'],
    ['ykx', {}, 'a1'],
    ['jau', {}, 'a2'],
    ['yynuu', { a1: 'accepted' }, 'a2'],
    ['jjjjy', { b2: 'accepted' }, 'a1'],
    ['k', {}, 'a1'],
    ['jjjjjj', {}, 'b2'],
    ['yJJJJ', { a1: 'accepted' }, 'a2'],
  ] as const)('%s', (keys, verdicts, id) => {
    const now = after(begin(), [...keys]);
    expect(now).toMatchObject({ verdicts, id });
    expect(Object.keys(now.verdicts)).toEqual(Object.keys(verdicts));
  });

  it('decide nothing that a search hides', () => {
    const { state, verdicts } = after(begin(), ['/', ...'promise.ALL', 'return', 'a']);
    expect(verdicts).toEqual({ a2: 'accepted' });
    expect(shown(state)).toContain('All that the search shows is decided');
    expect(shown(state)).toContain('/promise.ALL: 1 of 1');
    expect(after(state, ['j']).id).toBe('a2');
    expect(after(state, ['/', 'return', 'j']).id).toBe('a3');
  });

  it('search nothing where nothing is found, and where somebody thinks better of it', () => {
    const { state } = after(begin(), ['/', 'q', 'q', 'q', 'return']);
    expect(state).toMatchObject({ search: '', mode: { kind: 'proposal' } });
    expect(shown(state)).toContain('Nothing has "qqq" in it.');
    expect(after(begin(), ['/', 'b', 'escape']).state.search).toBe('');
  });

  it('write notes of any characters, which can be mended', () => {
    const { state } = after(begin(), ['c', '世', '🎉', 'e', '\u0301', 'backspace', 'x', 'left', 'return']);
    expect(state.deciding.decisions.get('a1')).toEqual({ verdict: 'undecided', note: '世🎉x' });
    expect(shown(state)).toContain('note 世🎉x');
    expect(after(state, ['c', 'ctrl-u', 'return']).state.deciding.decisions.size).toBe(0);
    expect(after(state, ['c', 'ctrl-w', 'n', 'return']).state.deciding.decisions.get('a1')?.note).toBe('n');
  });

  it('come to the summary when all is decided, and from there back', () => {
    const { state } = after(begin(), ['A', 'D']);
    expect(state.mode.kind).toBe('summary');
    expect(after(state, ['y']).state.mode.kind).toBe('summary');
    expect(after(state, ['u'])).toMatchObject({ id: 'a2', state: { mode: { kind: 'proposal' } } });
    expect(after(state, ['w', 'y']).effect).toEqual({ kind: 'apply' });
    expect(after(state, ['w', 'n'])).toMatchObject({
      effect: undefined,
      state: { mode: { kind: 'summary' } },
    });
    expect(after(state, ['w', 'return'])).toMatchObject({
      effect: undefined,
      state: { mode: { kind: 'ask-apply' } },
    });
  });

  it('write nothing where nothing is accepted', () => {
    const { state, effect } = after(begin(), ['n', 'w', 'y']);
    expect([effect, state.mode.kind]).toEqual([undefined, 'summary']);
  });

  it('stop: kept, or as before, which is asked about where there is anything to lose', () => {
    expect(after(begin(), ['s']).effect).toEqual({ kind: 'save' });
    expect(after(begin(), ['y', '/', 'ctrl-c']).effect).toEqual({ kind: 'save' });
    expect(after(begin(), ['q']).effect).toEqual({ kind: 'discard' });
    expect(after(begin(), ['y', 'q'])).toMatchObject({
      effect: undefined,
      state: { mode: { kind: 'ask-quit' } },
    });
    expect(after(begin(), ['y', 'q', 'y']).effect).toEqual({ kind: 'discard' });
    expect(after(begin(), ['y', 'q', 'n'])).toMatchObject({ effect: undefined, id: 'a2' });
    expect(after(begin(), ['y', 'u', 'q']).effect).toEqual({ kind: 'discard' });
  });

  it('are all in the help', () => {
    const { state } = after(begin(SIX, new Map(), 80, 60), ['?']);
    for (const { key, says, only } of REVIEW_KEYS)
      expect(shown(state).includes(` ${key} `) && shown(state).includes(says.slice(0, 60))).toBe(
        only !== 'page',
      );
    expect(after(state, ['y']).verdicts).toEqual({});
  });

  it('scroll what is long, and no further', () => {
    const long = diff('src/a.ts', Array.from({ length: 60 }, (_, index) => `+line ${index}`).join('\n'));
    const top = (keys: readonly string[]): string | undefined =>
      screenOf(after(begin(), keys, { diffs: [long] }).state, { diffs: [long] }, plain).lines[3];
    expect(top([])).toContain('it holds');
    expect(top(['down', 'down'])).toContain('line 0');
    expect(top(['down', 'up', 'up'])).toContain('it holds');
    const height = 24 - 2 - 2;
    expect(top(['G'])).toContain(`line ${60 - height}`);
    expect(top([' ', ' ', ' ', ' ', ' ', ' '])).toBe(top(['end']));
    expect(top(['G', 'pageup', 'pagedown'])).toBe(top(['G']));
    expect(top(['G', 'g'])).toContain('it holds');
  });

  it('go from file to file of a proposal, and open the one that is looked at', () => {
    const look = { diffs: [diff('src/b.ts', '-b\n+B'), diff('src/c.ts', ' c\n-c\n+C')] };
    const b1 = after(begin(), ['j', 'j', 'j'], look).state;
    expect(shown(b1, look)).toMatch(/src\/b\.ts \(file 1 of 2\)[^]*src\/c\.ts \(file 2 of 2\)/);
    const second = after(b1, ['o'], look).state;
    expect(shown(second, look).split('\n')[3]).toContain('src/c.ts');
    expect(after(second, ['e'], look).effect).toEqual({ kind: 'edit', file: 1 });
    expect(after(second, ['o'], look).state.file).toBe(0);
    expect(shown(after(begin(), ['o']).state)).toContain('It changes this file only.');
  });
});

const look = (text: string, path = 'src/a.ts'): Look => ({ diffs: [diff(path, text)] });

describe('the screen', () => {
  it('shows place, title, level, evidence, the diff and how far the review is', () => {
    const state = after(begin(), ['y', 'n', 'k']).state;
    expect(shown(state, look(' kept()\n-old()\n+one()\n+two()'))).toMatchInlineSnapshot(`
      " 2 of 5                                1 accepted, 1 rejected, 3 undecided  40% 
      src/a.ts:12:3                                                           rejected
      review: Promise.all [await-in-loop]
      ✓ it holds
      ── src/a.ts ────────────────────────────────────────────────────────────────────
      11   kept()
      12 - old()
      12 + one()
      13 + two()














      ? keys  y n this  a d file  A D transform  u back  j k move  s save  w write    "
    `);
  });

  it('has both sides beside each other where it is wide, and as t says', () => {
    const wide = begin(SIX, new Map(), 140, 12);
    const own = look(' kept()\n-old()\n+one()\n+two()\n end()');
    expect(shown(wide, own).split('\n').slice(4, 9)).toMatchInlineSnapshot(`
      [
        "── src/a.ts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────",
        "11   kept()                                                          │11   kept()",
        "12 - old()                                                           │12 + one()",
        "                                                                     │13 + two()",
        "13   end()                                                           │14   end()",
      ]
    `);
    expect(shown(after(wide, ['t']).state, own)).not.toContain('│');
    expect(shown(begin(), own)).not.toContain('│');
    expect(shown(after(begin(), ['t']).state, own)).toContain('│');
  });

  it('has what is only indented anew beside itself', () => {
    const rows = shown(
      begin(SIX, new Map(), 140, 14),
      look('-one();\n-two();\n+all([\n+  one(),\n+  two();\n+]);'),
    );
    expect(rows).toMatch(/12 - two\(\); +│13 \+ {3}two\(\);/);
  });

  it('colours code by its language, and what differs within a line', () => {
    const painted = screenOf(
      begin(),
      look('-const a = old(1);\n+const a = renewed(1); // "x"'),
      colored,
    ).lines.join('\n');
    expect(painted).toContain(colored.magenta('const'));
    expect(painted).toContain(colored.inverse(colored.red('old')));
    expect(painted).toContain(colored.inverse(colored.green('renewed')));
    expect(painted).toContain(colored.cyan('1'));
    const prisma = screenOf(begin(), look(' const a = 1;', 'schema.prisma'), colored).lines.join('\n');
    expect(prisma).not.toContain(colored.magenta('const'));
  });

  it('wraps what changes, and cuts what does not', () => {
    const long = 'x'.repeat(100);
    const rows = shown(begin(), look(`-${long}\n ${long}`))
      .split('\n')
      .slice(5, 8);
    expect(rows.map((row) => row.replaceAll('x', '').trim())).toEqual(['11 -', '', '11   …']);
    expect(rows.join('').replaceAll(/[^x]/g, '')).toHaveLength(100 + 80 - 5 - 1);
  });

  it('lets nothing steer the terminal: not a file, a claim, a name, a title or a note', () => {
    const evil = '\u001b[2J\u001b]0;own\u0007\r\u202E\u200B\u0085\uD800';
    const one = item('a', `src/${evil}.ts`, {
      title: evil,
      transform: evil,
      evidence: [{ verdict: 'holds', claim: evil, path: `${evil}.ts`, line: 1 }],
      unusable: evil,
    });
    const code = { path: `${evil}.ts`, from: 1, lines: [`${evil} = 1`] };
    const state = {
      ...after(begin({ ...reviewOf(one), name: evil }, new Map(), 100, 60), ['c', ...'note', 'return', 'v'])
        .state,
      edited: new Set([`src/${evil}.ts`]),
    };
    const own = { ...look(`-${evil}\n+\t${evil}x`, one.path), codes: new Map([[`${evil}.ts:1`, code]]) };
    for (const seen of [
      state,
      after(state, ['m']).state,
      after(state, ['/', evil]).state,
      { ...state, message: evil },
    ]) {
      const text = shown(seen, own);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u200B\u202E]/u);
    }
    expect(shown(state, own)).toMatch(/\\u202e/);
  });

  it('hides the carriage returns of a file that has them on every line, and shows those that come alone', () => {
    expect(shown(begin(), look('-a\r\n+b\r'))).not.toContain('^M');
    expect(shown(begin(), look('-a\n+b\r'))).toContain('b^M');
  });

  it('says where a file ends without a line ending, and which file is new or of later', () => {
    const own = diff('src/a.ts', '-a\n+b', { isNew: true, later: true });
    const [hunk] = own.hunks;
    const unended = hunk?.lines.map((line) => ({ ...line, isUnended: true as const })) ?? [];
    const text = shown(begin(), {
      diffs: [{ ...own, hunks: [{ oldStart: 1, newStart: 1, lines: unended }] }],
    });
    expect(text).toContain('src/a.ts (is created, as earlier proposals leave it)');
    expect(text.match(/no line ending/g)).toHaveLength(2);
  });

  it('folds evidence: what is not proved stays in sight, the rest is counted', () => {
    const evidence = [
      ...Array.from(
        { length: 30 },
        (_, index) => ({ verdict: 'holds', claim: `claim ${index} holds` }) as const,
      ),
      { verdict: 'assumed', claim: 'nobody waits', path: 'src/w.ts', line: 2 } as const,
    ];
    const state = begin(reviewOf(item('a', 'src/a.ts', { evidence })));
    const folded = shown(state, look('-a\n+b'));
    expect(folded).toContain('? nobody waits (src/w.ts:2)');
    expect(folded).toContain('✓ 27  27 more; v shows all, with the code');
    const codes = new Map([['src/w.ts:2', { path: 'src/w.ts', from: 1, lines: ['one', 'two', 'three'] }]]);
    const open = after({ ...state, size: { columns: 80, rows: 60 } }, ['v']).state;
    const unfolded = shown(open, { ...look('-a\n+b'), codes });
    expect(unfolded).toContain('claim 29 holds');
    expect(unfolded).toMatch(/nobody waits.*\n {4}1 one *\n {2}→ 2 two *\n {4}3 three/);
  });

  it('says what stands against a proposal, and what the summary knows', () => {
    const state = {
      ...begin(reviewOf(item('a', 'src/a.ts', { unusable: 'src/a.ts was deleted' }))),
      edited: new Set(['src/a.ts']),
    };
    expect(shown(state)).toContain('! src/a.ts was deleted, so this cannot be applied.');
    expect(shown(state)).toContain('! src/a.ts was changed during this review');
    const summary = {
      ...after(begin(), ['y', 'w']).state,
      notices: ['2 things failed.'],
      blocked: 'it is dirty',
    };
    for (const said of [
      '1 accepted, 0 rejected, 4 undecided; 1 file would change.',
      '1 finding is only reported',
      '2 things failed.',
      'Writing would be refused: it is dirty.',
      'Write 1 accepted proposal (it would be refused, see above)? y/n',
    ])
      expect(shown(summary)).toContain(said);
  });

  it('fits every terminal, whatever is done', () => {
    const random = randomFrom(7);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const keys = [
      ...REVIEW_KEYS.map(({ key }) => key),
      ' ',
      'b',
      'up',
      'down',
      'G',
      'return',
      'escape',
      '世',
      'backspace',
    ];
    const evidence = [
      { verdict: 'assumed', claim: `世界🎉${'long words '.repeat(20)}`, path: 'src/長い.ts', line: 3 },
    ] as const;
    const review = reviewOf(...SIX.items.map((one) => ({ ...one, evidence, title: `漢字 ${one.title} 👩‍👩‍👧` })));
    const own: Look = {
      diffs: [
        diff('src/長い.ts', '-\tconst 世界 = "🎉";\n+\tlet x;\n+\n end'),
        diff('b.json', `-${'漢'.repeat(300)}\n+{}`),
      ],
      codes: new Map([['src/長い.ts:3', { path: 'src/長い.ts', from: 1, lines: ['\t// 世界'.repeat(40)] }]]),
    };
    let state = begin(review);
    for (let count = 0; count < 300; count++) {
      if (random() < 0.2)
        state = {
          ...state,
          size: { columns: 1 + Math.floor(random() * 200), rows: 1 + Math.floor(random() * 50) },
        };
      const screen = screenOf(state, pick([own, {}, { failure: 'no' }]), plain);
      expect(screen.lines).toHaveLength(state.size.rows);
      const widest = Math.max(...screen.lines.map((line) => stringWidth(line)));
      // A character of two columns has no room in one.
      expect(widest).toBeLessThanOrEqual(Math.max(2, state.size.columns));
      state = reduce(state, pick(keys), screen.measures).state;
    }
  });
});

describe('what is made to be looked at', () => {
  it('is the proposal that is shown and the next ones, of thousands', async () => {
    const made: string[] = [];
    const items = Array.from({ length: 5000 }, (_, index) => item(`${index}`, `src/${index}.ts`));
    const source: ReviewSource = {
      review: reviewOf(...items),
      decisions: new Map(),
      diffOf: async (id) => {
        made.push(id);
        if (id === '7') throw new Error('no such file');
        return [];
      },
      codeAround: async () => undefined,
    };
    let told = 0;
    const looks = new Looks(source, () => told++);
    const state = { ...begin(source.review), at: 6 };
    looks.want(state);
    looks.want(state);
    await expect.poll(() => made).toEqual(['6', '7']);
    await expect.poll(() => told).toBe(2);
    expect(looks.of(items[6] ?? item('', ''))).toEqual({ diffs: [] });
    expect(looks.of(items[7] ?? item('', ''))).toEqual({ failure: 'This cannot be shown: no such file' });
    looks.stop();
  });
});

describe('the editor', () => {
  it.each([
    ['vi', ['+12', '/p/a.ts']],
    ['nvim -u NONE', ['+12', '/p/a.ts']],
    ['nano', ['+12', '/p/a.ts']],
    ['code --wait', ['-g', '/p/a.ts:12']],
    ['/usr/bin/codium', ['-g', '/p/a.ts:12']],
    ['subl -w', ['/p/a.ts:12']],
    ['idea', ['--line', '12', '/p/a.ts']],
    ['notepad', ['/p/a.ts']],
  ])('%s is told the line in its own way', (editor, words) => {
    expect(editorWords(editor, '/p/a.ts', 12)).toEqual(words);
  });

  it('is $VISUAL before $EDITOR before vi', () => {
    expect(editorOf({ VISUAL: 'a', EDITOR: 'b' })).toBe('a');
    expect(editorOf({ VISUAL: ' ', EDITOR: 'b' })).toBe('b');
    expect(editorOf({})).toBe('vi');
  });
});
