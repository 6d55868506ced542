/** What may stand in braces in the name of a branch. */
export const BRANCH_WORDS = {
  campaign: 'the name of the campaign',
  repository: 'the name of the repository',
  ref: 'the ref that it starts from',
} as const;

/** What may stand in braces in the title and the text of a pull request. */
export const REQUEST_WORDS = {
  campaign: 'the name of the campaign',
  repository: 'the name of the repository',
  what: 'what the transforms do, in a line',
  places: 'how many places changed, as `12 places`',
  files: 'how many files changed, as `4 files`',
  transforms: 'the ids of the transforms that changed something, with commas',
  summary: 'the report in Markdown',
} as const;

const WORD = /\{([a-z]+)\}/g;

/** The first word in braces that is not among `words`. */
export const unknownIn = (template: string, words: object): string | undefined =>
  Array.from(template.matchAll(WORD), ([, name = '']) => name).find((name) => !Object.hasOwn(words, name));

/** A template with the words in braces filled in. */
export const filledIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(WORD, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
