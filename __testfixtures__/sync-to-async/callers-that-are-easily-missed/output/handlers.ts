import { writeFile } from 'node:fs/promises';

export const handlers: { [kind: string]: (input: string) => void } = {
  async save(input) {
// review: No other turn
    await writeFile('input.txt', input);
  },
};
