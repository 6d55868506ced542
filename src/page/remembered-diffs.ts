import type { ReviewDiff } from '../review/review.ts';

/** How many diffs are remembered. */
const MOST = 200;

/** Diffs that were asked for before are there at once. */
export class RememberedDiffs {
  private readonly make: (id: string) => Promise<readonly ReviewDiff[]>;
  private readonly made = new Map<string, readonly ReviewDiff[]>();
  private readonly underWay = new Map<string, Promise<readonly ReviewDiff[]>>();

  constructor(make: (id: string) => Promise<readonly ReviewDiff[]>) {
    this.make = make;
  }

  /** The diffs of a proposal, if they are at hand. */
  known(id: string): readonly ReviewDiff[] | undefined {
    return this.made.get(id);
  }

  async of(id: string): Promise<readonly ReviewDiff[]> {
    const known = this.made.get(id);
    if (known !== undefined) return known;
    const asked = this.underWay.get(id) ?? this.make(id).finally(() => this.underWay.delete(id));
    this.underWay.set(id, asked);
    const diffs = await asked;
    this.made.set(id, diffs);
    const [oldest] = this.made.keys();
    if (this.made.size > MOST && oldest !== undefined) this.made.delete(oldest);
    return diffs;
  }

  /** Makes diffs that are likely to be asked for. What goes wrong shows when they are. */
  prepare(ids: readonly string[]): void {
    for (const id of ids) this.of(id).catch(() => undefined);
  }
}
