import type { Proposal } from '../../src/index.ts';

/** How often something was met, by what it is. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  /** The most frequent first. */
  lines(): readonly string[] {
    return [...this.counts]
      .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .map(([key, count]) => `${String(count).padStart(7)}  ${key}`);
  }
}

/** A claim without what is particular to the place: names in backticks, numbers, and the resource. */
export const obligationOf = (claim: string): string =>
  claim
    .replaceAll(/`[^`]*`/g, '`…`')
    .replaceAll(/\d+/g, '…')
    .replace(/: .*/, ': …')
    .replace(/(only reads|writes|reads) .*/, '$1 …');

/** Counts proposals by transform and level, and what their evidence says by transform, verdict and obligation. */
export class Counts {
  readonly levels = new Tally();
  readonly obligations = new Tally();

  add({ transform, safety, evidence }: Proposal): void {
    this.levels.add(`${transform} ${safety}`);
    const said = new Set(
      evidence.map(({ verdict, claim }) => `${transform} ${verdict}: ${obligationOf(claim)}`),
    );
    for (const one of said) this.obligations.add(one);
  }
}
