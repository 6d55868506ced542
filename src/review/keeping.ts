import type { Decisions } from '../run/plan-file/decisions.ts';
import { messageOf } from '../run/whole-file.ts';

/** Milliseconds after which a decision is kept at the latest: what a kill can cost. */
const KEPT_AFTER = 250;

/** Keeps decisions soon after they were made, one write after the other. */
export class Keeping {
  private readonly keep: (decisions: Decisions) => Promise<void>;
  private readonly onFailure: (reason: string) => void;
  private waiting: Decisions | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  /** Whether anything was to be kept since the start. */
  private isUsed = false;

  constructor(keep: (decisions: Decisions) => Promise<void>, onFailure: (reason: string) => void) {
    this.keep = keep;
    this.onFailure = onFailure;
  }

  /** Keeps decisions soon. */
  soon(decisions: Decisions): void {
    this.isUsed = true;
    this.waiting = decisions;
    this.timer ??= setTimeout(() => void this.flush(), KEPT_AFTER);
  }

  /** Keeps what waits now. Resolves when it is kept, or cannot be. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting !== undefined) this.writing = this.writing.then(() => this.write(waiting));
    await this.writing;
  }

  /** Puts back what there was at the start. */
  async restore(decisions: Decisions): Promise<void> {
    if (!this.isUsed) return;
    this.waiting = decisions;
    await this.flush();
  }

  private async write(decisions: Decisions): Promise<void> {
    try {
      await this.keep(decisions);
    } catch (error) {
      // The next flush tries again, unless something newer waits by then.
      this.waiting ??= decisions;
      this.onFailure(messageOf(error));
    }
  }
}
