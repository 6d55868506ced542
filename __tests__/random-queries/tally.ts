import { Tally } from '../random-programs/tally.ts';
import type { Inspected } from './batch.ts';

/** What a finding that is safe becomes: the end of its title. */
const REWRITE = /→ (.*)$/;

/** How often each kind of rewrite was safe, by library and over all, and how often each level was given. */
export class Rewrites {
  readonly levels = new Tally();
  readonly kinds = new Tally();
  changed = 0;

  add({ findings, isChanged, program: { library } }: Inspected): void {
    if (isChanged) this.changed++;
    for (const { safety, title } of findings) {
      this.levels.add(`${library.orm} ${safety}`);
      if (safety !== 'safe') continue;
      const isCount = /\b(?:count\w*|exists\w*|resultSize)\b.* in a loop/.test(title);
      for (const kind of (REWRITE.exec(title)?.[1] ?? 'nothing').split(' and '))
        this.kinds.add(isCount && kind === 'one query' ? 'count' : kind);
    }
  }
}
