import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Decision, Decisions } from '../run/plan-file/decisions.ts';
import type { PageSource } from './source.ts';

/** How long decisions wait for the next one before they are sent. */
const WAIT = 150;

/** Whether everything that was decided is kept, or why not. */
export type Kept = 'kept' | 'keeping' | { readonly trouble: string };

/** What is to be said so that `from` becomes `to`. */
export function changesBetween(from: Decisions, to: Decisions): Record<string, Decision | null> {
  const changes: Record<string, Decision | null> = {};
  for (const [id, decision] of to) if (from.get(id) !== decision) changes[id] = decision;
  for (const id of from.keys()) if (!to.has(id)) changes[id] = null;
  return changes;
}

/** Sends what changed, one request after the other. */
class Keeper {
  private readonly source: PageSource;
  private readonly tell: (kept: Kept) => void;
  private sent: Decisions;
  private wanted: Decisions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private underWay: Promise<void> = Promise.resolve();

  constructor(source: PageSource, decisions: Decisions, tell: (kept: Kept) => void) {
    this.source = source;
    this.tell = tell;
    this.sent = decisions;
    this.wanted = decisions;
  }

  want(decisions: Decisions): void {
    if (decisions === this.wanted || this.source.keep === undefined) return;
    this.wanted = decisions;
    this.tell('keeping');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), WAIT);
  }

  /** Sends at once what was not sent yet; false where that went wrong. `isLast`: the page goes away. */
  async flush(isLast = false): Promise<boolean> {
    clearTimeout(this.timer);
    if (!isLast) await this.underWay;
    const { keep } = this.source;
    const next = this.wanted;
    const changes = changesBetween(this.sent, next);
    if (keep === undefined || Object.keys(changes).length === 0) {
      this.tell('kept');
      return true;
    }
    let isKept = true;
    this.underWay = keep(changes, isLast).then(
      () => {
        this.sent = next;
        if (this.wanted === next) this.tell('kept');
      },
      (error: unknown) => {
        isKept = false;
        this.tell({ trouble: error instanceof Error ? error.message : String(error) });
      },
    );
    await this.underWay;
    return isKept;
  }
}

/** Keeps decisions as they are made; `flush` does so at once. */
export function useKeeping(
  source: PageSource,
  first: Decisions,
  decisions: Decisions,
): { kept: Kept; flush: () => Promise<boolean> } {
  const [kept, setKept] = useState<Kept>('kept');
  const keeper = useMemo(() => new Keeper(source, first, setKept), [source, first]);
  useEffect(() => keeper.want(decisions), [keeper, decisions]);
  useEffect(() => {
    const leave = (): void => void keeper.flush(true);
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [keeper]);
  return { kept, flush: () => keeper.flush() };
}
