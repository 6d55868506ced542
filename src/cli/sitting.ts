import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import { Keeping } from '../review/keeping.ts';
import type { Look } from '../review/terminal/proposal-rows.ts';
import { reduce, type Effect } from '../review/terminal/reduce.ts';
import { lookedAt, screenOf, type Screen } from '../review/terminal/screen.ts';
import { currentOf, type TerminalState } from '../review/terminal/state.ts';
import { editorOf, openInEditor } from './editor.ts';
import { Looks } from './looks.ts';
import type { ReviewSession } from './review-session.ts';
import type { Surroundings } from './surroundings.ts';
import type { TerminalDevice } from './terminal-device.ts';

/** How a sitting ended, and with what. */
export interface Ending {
  readonly kind: 'apply' | 'save' | 'discard';
  readonly state: TerminalState;
  /** Why decisions could not be kept, where the last try failed. */
  readonly unkept?: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const textAt = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** One sitting of a review: reads keys, draws, and keeps what is decided, until somebody stops. */
export class Sitting {
  private readonly session: ReviewSession;
  private readonly device: TerminalDevice;
  private readonly colors: Colors;
  private readonly env: Surroundings['env'];
  private readonly keeping: Keeping;
  private readonly looks: Looks;
  private state: TerminalState;
  private made: { readonly state: TerminalState; readonly look: Look; readonly screen: Screen } | undefined;
  private unkept: string | undefined;
  private isDrawing = false;
  private isOver = false;
  private end: (kind: Ending['kind']) => void = () => {};
  private fail: (error: unknown) => void = () => {};

  constructor(
    session: ReviewSession,
    device: TerminalDevice,
    state: TerminalState,
    { colors, env }: { readonly colors: Colors; readonly env: Surroundings['env'] },
  ) {
    this.session = session;
    this.device = device;
    this.state = state;
    this.colors = colors;
    this.env = env;
    this.looks = new Looks(session.source, () => this.redraw());
    this.keeping = new Keeping(
      async (decisions) => {
        await session.keep(decisions);
        this.unkept = undefined;
      },
      (reason) => {
        this.unkept = reason;
        this.change({ ...this.state, message: `What is decided cannot be kept: ${reason}` });
      },
    );
  }

  /** Shows the review until somebody stops it. The terminal is as before then, whatever happens. */
  async run(): Promise<Ending> {
    const { device } = this;
    const stop = (): void => this.end('save');
    const goOn = (): void => {
      device.enter();
      this.resize();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
    process.on('SIGCONT', goOn);
    const ended = new Promise<Ending['kind']>((resolveEnd, reject) => {
      this.end = (kind) => {
        this.isOver = true;
        resolveEnd(kind);
      };
      this.fail = reject;
    });
    const silence = device.listen(
      (key, isPasted) => this.guarded(() => this.press(key, isPasted)),
      () => this.guarded(() => this.resize()),
      stop,
    );
    try {
      await device.begin();
      this.guarded(() => this.resize());
      void this.askBlocked();
      const kind = await ended;
      if (kind === 'discard') await this.keeping.restore(this.state.began);
      else await this.keeping.flush();
      return { kind, state: this.state, ...(this.unkept === undefined ? {} : { unkept: this.unkept }) };
    } catch (error) {
      await this.keeping.flush();
      throw error;
    } finally {
      silence();
      this.looks.stop();
      device.leave();
      process.off('SIGCONT', goOn);
      for (const signal of SIGNALS) process.off(signal, stop);
    }
  }

  /** What goes wrong in a listener ends the sitting, instead of nobody knows what. */
  private guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.fail(error);
    }
  }

  private async askBlocked(): Promise<void> {
    try {
      const blocked = await this.session.blocked();
      // Keys may have come meanwhile.
      this.change({ ...this.state, blocked: blocked ?? '' });
    } catch (error) {
      this.fail(error);
    }
  }

  private press(key: string, isPasted: boolean): void {
    if (this.isOver) return;
    // Whoever pastes something into a review wants to decide nothing by it.
    if (isPasted && this.state.mode.kind !== 'prompt') return;
    const { measures } = this.screen();
    const { state, effect } = reduce(this.state, key, measures);
    if (state.deciding.decisions !== this.state.deciding.decisions)
      this.keeping.soon(state.deciding.decisions);
    this.change(state);
    if (effect !== undefined) this.carryOut(effect);
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'suspend':
        this.suspend();
        break;
      case 'redraw':
        this.device.clear();
        this.redraw();
        break;
      case 'edit':
        void this.edit();
        break;
      default:
        this.end(effect.kind);
    }
  }

  private suspend(): void {
    if (process.platform === 'win32') return;
    this.device.leave();
    // All that was started together, as the terminal does it itself.
    process.kill(0, 'SIGTSTP');
  }

  /** Opens the file that is looked at in the editor, and finds out whether it was changed. */
  private async edit(): Promise<void> {
    try {
      const { path, line } = lookedAt(this.state, this.looks.of(currentOf(this.state)));
      const absolute = resolve(this.session.root, path);
      await this.keeping.flush();
      const before = textAt(absolute);
      this.device.leave();
      const fault = openInEditor(editorOf(this.env), absolute, line, this.session.root);
      this.device.enter();
      const message = fault === undefined ? '' : `Nothing was opened: ${fault}.`;
      this.change({ ...this.state, size: this.device.size, message });
      if (textAt(absolute) === before) return;
      this.change({
        ...this.state,
        edited: new Set([...this.state.edited, path]),
        message: `${path} changed: what is proposed for it cannot be applied until the review begins anew.`,
      });
      await this.askBlocked();
    } catch (error) {
      this.fail(error);
    }
  }

  private resize(): void {
    this.device.clear();
    this.change({ ...this.state, size: this.device.size });
  }

  private change(state: TerminalState): void {
    this.state = state;
    this.redraw();
  }

  private screen(): Screen {
    const { state } = this;
    const look = this.looks.of(currentOf(state));
    // A key asks for what was drawn before it.
    if (this.made?.state !== state || this.made.look !== look)
      this.made = { state, look, screen: screenOf(state, look, this.colors) };
    return this.made.screen;
  }

  /** Draws once for all that happens at once. */
  private redraw(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    setImmediate(() => {
      this.isDrawing = false;
      this.guarded(() => {
        this.device.draw(this.screen());
        this.looks.want(this.state);
      });
    });
  }
}
