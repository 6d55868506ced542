import type { ReviewDiff, ReviewItem, ReviewLine, ReviewSource } from '../../src/review/review.ts';

const TRANSFORMS = [
  ['parallel-awaits', 'Await independent calls together.'],
  ['query-in-loop', 'Ask once for all turns of a loop.'],
  ['console-to-logger', 'Log with the logger of the project.'],
  ['sync-to-async', 'Do not block the event loop.'],
] as const;

const FOLDERS = [
  'src/orders',
  'src/orders/billing',
  'src/users',
  'src/mail',
  'scripts',
  'src/http/middleware',
];
const OWNERS = ['@shop/orders', '@shop/platform', 'nobody'];

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], index: number): T =>
  list[index % list.length] as T;

/** One of many proposals, each a little different. */
function itemOf(index: number): ReviewItem {
  const [transform] = pick(TRANSFORMS, index);
  const path = `${pick(FOLDERS, index >> 3)}/part-${(index >> 3) % 400}.ts`;
  const isReport = index % 10 === 9;
  const isSafe = index % 3 === 0;
  return {
    id: `p${index.toString(36).padStart(6, '0')}`,
    transform,
    safety: isReport ? 'report' : isSafe ? 'safe' : 'review',
    path,
    line: 10 + (index % 8) * 12,
    column: 3,
    title: `Rewrite \`call${index}()\` as it should be`,
    evidence: [
      {
        verdict: 'holds',
        claim: `\`call${index}\` only reads the database`,
        path: 'src/users/part-1.ts',
        line: 12,
      },
      {
        verdict: isReport ? 'fails' : isSafe ? 'holds' : 'assumed',
        claim: `nobody waits for \`call${index}\``,
      },
    ],
    files: isReport ? [] : [path],
    owner: pick(OWNERS, index >> 4),
  };
}

const line = (kind: ReviewLine['kind'], text: string): ReviewLine => ({ kind, text });

/** A diff with `lines` lines, of which a third changes. */
function diffOf(path: string, lines: number): ReviewDiff {
  const made = Array.from({ length: Math.ceil(lines / 4) }, (_, at) => [
    line('kept', `  const before${at} = await load(\`row \${${at}}\`); // as it was`),
    line('removed', `  const user${at} = await users.find({ id: ${at}, name: 'somebody' });`),
    line('added', `  const user${at} = usersById.get(${at}) ?? (await users.find({ id: ${at} }));`),
    line('kept', `  if (user${at} === undefined) throw new NotFound('user', ${at});`),
  ]).flat();
  return { path, isNew: false, hunks: [{ oldStart: 7, newStart: 7, lines: made.slice(0, lines) }] };
}

/** A review of made-up proposals: plain data, to see how fast the page is. */
export function manyProposals(count: number, diffLines = 12): ReviewSource {
  const items = Array.from({ length: count }, (_, index) => itemOf(index));
  const byId = new Map(items.map((item) => [item.id, item]));
  return {
    review: { name: 'shop', hasten: '0.0.0', summaries: Object.fromEntries(TRANSFORMS), items },
    decisions: new Map(),
    diffOf: async (id) => (byId.get(id)?.files ?? []).map((path) => diffOf(path, diffLines)),
    codeAround: async (path, at) => ({
      path,
      from: Math.max(1, at - 6),
      lines: Array.from({ length: 13 }, (_, index) => `const line${at - 6 + index} = ${index};`),
    }),
  };
}
