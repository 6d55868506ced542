import type { Decisions } from '../../run/plan-file/decisions.ts';
import type { ApplyEvent, PageOutcome, PageStage } from './protocol.ts';

/** Writes what is accepted, and tells line by line what it says. */
export type ApplyDecisions = (decisions: Decisions, tell: (line: string) => void) => Promise<PageOutcome>;

/** Applies what is accepted, one try at a time, until something is written. */
export class Applying {
  private readonly apply: ApplyDecisions;
  private underWay: Promise<void> | undefined;
  private told: PageOutcome | undefined;

  constructor(apply: ApplyDecisions) {
    this.apply = apply;
  }

  get stage(): PageStage {
    if (this.underWay !== undefined) return 'applying';
    return this.told !== undefined && this.told.written.length > 0 ? 'applied' : 'reviewing';
  }

  /** What the last try came to. */
  get outcome(): PageOutcome | undefined {
    return this.told;
  }

  /** Once nothing is being written. */
  async settled(): Promise<void> {
    await this.underWay;
  }

  /** One try. Never throws: what goes wrong is told. */
  async begin(decisions: Decisions, tell: (event: ApplyEvent) => void): Promise<void> {
    const act = async (): Promise<void> => {
      try {
        const outcome = await this.apply(decisions, (text) => tell({ kind: 'said', text }));
        this.told = outcome;
        tell({ kind: 'ended', outcome });
      } catch (error) {
        tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
      } finally {
        this.underWay = undefined;
      }
    };
    this.underWay = act();
    await this.underWay;
  }
}
