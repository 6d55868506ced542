/** The keys of a review, in the habit of `git add -p`: one table for the terminal, the page and their help. */

/** What a key does. */
export type ReviewAction =
  | 'accept'
  | 'reject'
  | 'accept-file'
  | 'reject-file'
  | 'accept-transform'
  | 'reject-transform'
  | 'undecide'
  | 'undo'
  | 'note'
  | 'next'
  | 'previous'
  | 'next-undecided'
  | 'search'
  | 'files'
  | 'evidence'
  | 'edit'
  | 'layout'
  | 'summary'
  | 'apply'
  | 'save'
  | 'quit'
  | 'help';

/** One key, and where it works. */
export interface ReviewKey {
  readonly key: string;
  readonly action: ReviewAction;
  /** What the help says of it. */
  readonly says: string;
  /** Only in the terminal, or only in the page. */
  readonly only?: 'terminal' | 'page';
}

export const REVIEW_KEYS: readonly ReviewKey[] = [
  { key: 'y', action: 'accept', says: 'accept this one' },
  { key: 'n', action: 'reject', says: 'reject this one' },
  {
    key: 'a',
    action: 'accept-file',
    says: 'accept this one and the undecided ones of its file that are shown',
  },
  {
    key: 'd',
    action: 'reject-file',
    says: 'reject this one and the undecided ones of its file that are shown',
  },
  {
    key: 'A',
    action: 'accept-transform',
    says: 'accept this one and the undecided ones of its transform that are shown',
  },
  {
    key: 'D',
    action: 'reject-transform',
    says: 'reject this one and the undecided ones of its transform that are shown',
  },
  { key: 'x', action: 'undecide', says: 'make this one undecided again' },
  { key: 'u', action: 'undo', says: 'take the last decision back' },
  { key: 'c', action: 'note', says: 'write a note beside this one' },
  { key: 'j', action: 'next', says: 'the next one' },
  { key: 'k', action: 'previous', says: 'the one before' },
  { key: 'J', action: 'next-undecided', says: 'the next undecided one' },
  { key: '/', action: 'search', says: 'search in titles, paths, transforms and evidence' },
  { key: 'o', action: 'files', says: 'show the next file of one that changes several' },
  { key: 'v', action: 'evidence', says: 'show the code that the evidence speaks of' },
  { key: 'e', action: 'edit', says: 'open the file in $EDITOR', only: 'terminal' },
  { key: 't', action: 'layout', says: 'side by side, or one below the other' },
  { key: 'm', action: 'summary', says: 'the summary: what would change' },
  { key: 'w', action: 'apply', says: 'write what is accepted' },
  { key: 's', action: 'save', says: 'keep the decisions and stop', only: 'terminal' },
  {
    key: 'q',
    action: 'quit',
    says: 'stop without keeping what was decided since the start',
    only: 'terminal',
  },
  { key: '?', action: 'help', says: 'show the keys' },
];
