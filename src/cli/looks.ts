import type { ReviewItem, ReviewCode, ReviewSource } from '../review/review.ts';
import { codeKey } from '../review/terminal/evidence-rows.ts';
import type { Look } from '../review/terminal/proposal-rows.ts';
import { currentOf, nextUndecided, shownIndexes, type TerminalState } from '../review/terminal/state.ts';
import { messageOf } from '../run/whole-file.ts';

/** How many proposals are remembered with what there is to be seen of them. */
const MOST_KEPT = 50;

/** Milliseconds without a key after which the next proposal is made ready. */
const IDLE = 60;

/** Milliseconds without a key after which somebody looks: whoever goes by does not wait for what is gone by. */
const UNHURRIED = 10;

const NOTHING: Look = {};

/** What is to be seen of proposals: made when somebody looks, and of the next one while nothing else is to be done. */
export class Looks {
  private readonly source: ReviewSource;
  private readonly onMade: () => void;
  private readonly made = new Map<string, Look>();
  private readonly making = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(source: ReviewSource, onMade: () => void) {
    this.source = source;
    this.onMade = onMade;
  }

  /** What there is of a proposal so far. */
  of({ id }: ReviewItem): Look {
    return this.made.get(id) ?? NOTHING;
  }

  /** Makes what the screen needs, and then what it will need next. */
  want(state: TerminalState): void {
    clearTimeout(this.timer);
    const item = currentOf(state);
    this.timer = setTimeout(() => {
      void this.diffs(item);
      if (state.hasCode) void this.codes(item);
      this.timer = setTimeout(() => this.prepare(state), IDLE);
    }, UNHURRIED);
  }

  /** Makes what is likely to be looked at next. */
  private prepare(state: TerminalState): void {
    const next = nextUndecided(state, shownIndexes(state), state.at);
    for (const index of new Set([next, state.at + 1])) {
      const other = index === undefined ? undefined : state.items[index];
      if (other !== undefined) void this.diffs(other);
    }
  }

  /** Makes nothing more. */
  stop(): void {
    clearTimeout(this.timer);
  }

  private keep(id: string, look: Look): void {
    this.made.delete(id);
    this.made.set(id, look);
    const [oldest] = this.made.keys();
    if (this.made.size > MOST_KEPT && oldest !== undefined) this.made.delete(oldest);
    this.onMade();
  }

  /** Does `act` unless it is being done, and notes what it comes to. */
  private async once(name: string, item: ReviewItem, act: () => Promise<Look>): Promise<void> {
    if (this.making.has(name)) return;
    this.making.add(name);
    try {
      const look = await act();
      this.keep(item.id, { ...this.of(item), ...look });
    } catch (error) {
      this.keep(item.id, { ...this.of(item), failure: `This cannot be shown: ${messageOf(error)}` });
    } finally {
      this.making.delete(name);
    }
  }

  private async diffs(item: ReviewItem): Promise<void> {
    const { diffs, failure } = this.of(item);
    if (diffs !== undefined || failure !== undefined) return;
    await this.once(`diffs ${item.id}`, item, async () => ({ diffs: await this.source.diffOf(item.id) }));
  }

  private async codes(item: ReviewItem): Promise<void> {
    const { codes, failure } = this.of(item);
    if (codes !== undefined || failure !== undefined) return;
    await this.once(`codes ${item.id}`, item, async () => {
      const found = new Map<string, ReviewCode>();
      for (const one of item.evidence) {
        const key = codeKey(one);
        if (key === undefined || one.path === undefined || one.line === undefined || found.has(key)) continue;
        const code = await this.source.codeAround(one.path, one.line);
        if (code !== undefined) found.set(key, code);
      }
      return { codes: found };
    });
  }
}
