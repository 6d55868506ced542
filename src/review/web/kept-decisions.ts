import { Json } from '../../run/json-value.ts';
import { asDecisions, type Decision, type Decisions } from '../../run/plan-file/decisions.ts';
import { Keeping } from '../keeping.ts';

/** The decisions of a review as several tabs make them: the last word on each proposal counts. */
export class KeptDecisions {
  private now: Map<string, Decision>;
  private readonly known: ReadonlySet<string>;
  private readonly keeping: Keeping;
  private trouble: string | undefined;

  /** @param known the ids of what can be decided; what was decided about others before stays as it is. */
  constructor(
    decisions: Decisions,
    known: ReadonlySet<string>,
    keep: (decisions: Decisions) => Promise<void>,
  ) {
    this.now = new Map(decisions);
    this.known = known;
    this.keeping = new Keeping(keep, (reason) => {
      this.trouble = reason;
    });
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
    this.keeping.soon(this.now);
  }

  /** Keeps at once what is not kept yet. Throws what the file system says. */
  async flush(): Promise<void> {
    this.trouble = undefined;
    await this.keeping.flush();
    const trouble = this.takeTrouble();
    if (trouble !== undefined) throw new Error(trouble);
  }

  /** What went wrong when decisions were to be kept, once. */
  takeTrouble(): string | undefined {
    const { trouble } = this;
    this.trouble = undefined;
    return trouble;
  }
}
