import { statSync } from 'node:fs';
import type { Landing, Outcome } from '../outcome.ts';
import { fileOf } from './folder.ts';
import { readLanding, readOutcome } from './kept.ts';

/** What came of a repository. */
export interface Came {
  readonly outcome: Outcome;
  readonly landing: Landing | undefined;
}

/** What came of the repositories of a campaign, for those who look again and again: read anew only where something else came of it since. */
export class RememberedOutcomes {
  private readonly state: string;
  private readonly known = new Map<string, { readonly version: string; readonly came: Came }>();

  /** @param state absolute path of the folder of the campaign. */
  constructor(state: string) {
    this.state = state;
  }

  /** Undefined where there is none, or none that can be read: that is as good as none, for the next start does it anew. */
  async of(repository: string): Promise<Came | undefined> {
    const { state, known } = this;
    const stats = statSync(fileOf(state, 'outcomes', repository), { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    // It is written last, and each time as another file.
    const version = `${stats.ino} ${stats.mtimeMs} ${stats.size}`;
    const before = known.get(repository);
    if (before?.version === version) return before.came;
    const outcome = await readOutcome(state, repository).catch(() => undefined);
    if (outcome === undefined) return undefined;
    const came = { outcome, landing: await readLanding(state, repository) };
    known.set(repository, { version, came });
    return came;
  }
}
