import { Json } from '../../run/json-value.ts';
import { asDecisions, type Decision, type Decisions } from '../../run/plan-file/decisions.ts';

/** How long the server waits for more decisions before it keeps them. */
const WAIT = 250;

/** The decisions of a review as several tabs make them: the last word on each proposal counts. */
export class KeptDecisions {
  private now: Map<string, Decision>;
  private readonly known: ReadonlySet<string>;
  private readonly keep: (decisions: Decisions) => Promise<void>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private underWay: Promise<void> = Promise.resolve();
  private isDirty = false;
  private trouble: unknown;

  /** @param known the ids of what can be decided; what was decided about others before stays as it is. */
  constructor(
    decisions: Decisions,
    known: ReadonlySet<string>,
    keep: (decisions: Decisions) => Promise<void>,
  ) {
    this.now = new Map(decisions);
    this.known = known;
    this.keep = keep;
  }

  get decisions(): Decisions {
    return this.now;
  }

  /**
   * Takes decisions over from JSON, all of them or none; null takes one away.
   * @throws {Error} which says what is wrong with them.
   */
  change(json: unknown): void {
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new Error('it is not an object');
    const strange = Object.keys(json).find((id) => !this.known.has(id));
    if (strange !== undefined) throw new Error(`there is no proposal ${JSON.stringify(strange)}`);
    const entries = Object.entries(json) as [string, unknown][];
    const gone = entries.filter(([, decision]) => decision === null).map(([id]) => id);
    const made = Object.fromEntries(entries.filter(([, decision]) => decision !== null));
    const decided = asDecisions(new Json(made, 'it'));
    this.now = new Map([...this.now, ...decided]);
    for (const id of gone) this.now.delete(id);
    this.isDirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush().catch((error: unknown) => (this.trouble = error)), WAIT);
  }

  /** Keeps at once what is not kept yet. Throws what the file system says, also of an earlier try. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.underWay.catch(() => undefined);
    if (this.isDirty || this.trouble !== undefined) {
      this.isDirty = false;
      this.trouble = undefined;
      this.underWay = this.keep(this.now);
      await this.underWay.catch((error: unknown) => {
        this.isDirty = true;
        throw error;
      });
    }
  }

  /** What went wrong when decisions were to be kept, once. */
  takeTrouble(): unknown {
    const { trouble } = this;
    this.trouble = undefined;
    return trouble;
  }
}
