import type { ReviewItem, ReviewSource } from '../../src/review/review.ts';

/** Texts that do something wherever they are taken for markup or script. */
export const HOSTILE = [
  '<script>window.broken = 1</script>',
  '<img src=x onerror="window.broken = 2">',
  '</script><script>window.broken = 3</script>',
  '<!--<script>window.broken = 4',
  '"><svg/onload=window.broken=5>',
  '\u2028window.broken = 6\u2029//',
  "javascript:window.broken=7//'",
  '&lt;b&gt; &amp; ${window.broken=8} `code <b>x</b>`',
] as const;

/** A review in which every text is hostile. */
export function hostileReview(): ReviewSource {
  const items = HOSTILE.map((text, index): ReviewItem => {
    const path = `src/${text.replaceAll('/', '∕')}/${index}.ts`;
    return {
      id: `h${index}`,
      transform: `transform ${text}`,
      safety: 'review',
      path,
      line: index + 1,
      column: 1,
      title: `title ${text}`,
      evidence: [
        { verdict: 'assumed', claim: `claim ${text} and \`${text}\``, path, line: 3 },
        { verdict: 'holds', claim: text },
      ],
      files: [path],
      owner: `owner ${text}`,
    };
  });
  const byId = new Map(items.map((item, index) => [item.id, { item, text: HOSTILE[index] ?? '' }]));
  return {
    review: {
      name: HOSTILE[2],
      hasten: '0.0.0',
      summaries: Object.fromEntries(HOSTILE.map((text) => [`transform ${text}`, `summary ${text}`])),
      items,
    },
    decisions: new Map(
      HOSTILE.map((text, index) => [`h${index}`, { verdict: 'undecided', note: `note ${text}` }]),
    ),
    async diffOf(id) {
      const { item, text } = byId.get(id) ?? {};
      if (item === undefined || text === undefined) return [];
      const lines = [
        { kind: 'kept', text: `const kept = '${text}';` },
        { kind: 'removed', text: `old(${text}); // ${text}` },
        { kind: 'added', text: `new(${text}, \`${text}\`); /* ${text} */` },
      ] as const;
      return [{ path: item.path, isNew: false, hunks: [{ oldStart: 1, newStart: 1, lines }] }];
    },
    codeAround: async (path) => ({ path, from: 1, lines: [...HOSTILE] }),
  };
}
