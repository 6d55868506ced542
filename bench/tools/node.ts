import type { Entry } from '../entry.ts';

/** Node's own start-up. */
export const node: Entry = {
  id: 'node',
  label: 'node -e 0',
  command: ({ folder }) => ({ words: [process.execPath, '-e', '0'], cwd: folder }),
};
