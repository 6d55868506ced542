import { writeFileSync } from 'node:fs';

export const handlers: { [kind: string]: (input: string) => void } = {
  save(input) {
// review: No other turn
    writeFileSync('input.txt', input);
  },
};
