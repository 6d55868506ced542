import { emitKeypressEvents, type Key } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { ReadStream } from 'node:tty';
import type { Screen } from '../review/terminal/screen.ts';
import type { Size } from '../review/terminal/state.ts';
import type { Output, Surroundings } from './surroundings.ts';
import { UsageError } from '../errors.ts';

const ESCAPE = '\u001b[';

/** The other screen, no wrapping at its edge, no cursor, and pasted text told apart from keys. */
const ENTER = ['?1049h', '?7l', '?25l', '?2004h', '2J'].map((code) => ESCAPE + code).join('');
const LEAVE = ['0m', '?2004l', '?25h', '?7h', '?1049l'].map((code) => ESCAPE + code).join('');

/** So that a terminal shows a new picture at once, and not row by row, where it can. */
const BEGIN = `${ESCAPE}?2026h${ESCAPE}?25l`;
const END = `${ESCAPE}?2026l`;

const USUAL: Size = { columns: 80, rows: 24 };

/** Milliseconds in which what was typed before there was anything to see arrives. */
const TYPED_AHEAD = 50;

/** Keys that have a name instead of a character. */
const NAMED = new Set([
  'return',
  'escape',
  'backspace',
  'delete',
  'tab',
  'up',
  'down',
  'left',
  'right',
  'pageup',
  'pagedown',
  'home',
  'end',
]);

/** A key as a review knows it: its character, its name, or `ctrl-` and its letter. */
function keyOf(text: string | undefined, { name = '', ctrl = false, meta = false }: Key): string {
  if (name === 'enter') return 'return';
  if (NAMED.has(name)) return name;
  if (ctrl) return `ctrl-${name}`;
  return meta ? `meta-${name}` : (text ?? '');
}

/** A terminal that shows screens and gives keys. */
export class TerminalDevice {
  private readonly stdin: ReadStream;
  private readonly stdout: Output;
  private shown: readonly string[] = [];
  private isEntered = false;
  private isPasting = false;
  private isDeaf = false;
  private readonly leaveAtExit = (): void => this.leave();

  constructor(stdin: ReadStream, stdout: Output) {
    this.stdin = stdin;
    this.stdout = stdout;
  }

  get size(): Size {
    const { columns = 0, rows = 0 } = this.stdout;
    // A terminal that does not know says 0.
    return { columns: columns || USUAL.columns, rows: rows || USUAL.rows };
  }

  /** Takes the terminal over. */
  enter(): void {
    if (this.isEntered) return;
    this.isEntered = true;
    this.stdin.setRawMode(true);
    this.stdin.resume();
    this.stdout.write(ENTER);
    this.shown = [];
    process.on('exit', this.leaveAtExit);
  }

  /** Takes the terminal over, and drops what was typed before: nobody meant what was not to be seen. */
  async begin(): Promise<void> {
    this.isDeaf = true;
    this.enter();
    await setTimeout(TYPED_AHEAD);
    this.isDeaf = false;
  }

  /** Gives the terminal back as it was. */
  leave(): void {
    if (!this.isEntered) return;
    this.isEntered = false;
    process.off('exit', this.leaveAtExit);
    this.stdout.write(LEAVE);
    try {
      this.stdin.setRawMode(false);
    } catch {
      // It is gone, and with it what would be put right.
    }
    this.stdin.pause();
  }

  /** Draws what is not on the terminal already. */
  draw({ lines, cursor }: Screen): void {
    if (!this.isEntered) return;
    const rows = lines.map((line, index) =>
      // What was there is cleared first: behind a line that is as wide as the terminal that would take its last character.
      this.shown[index] === line ? '' : `${ESCAPE}${index + 1};1H${ESCAPE}2K${line}${ESCAPE}0m`,
    );
    const at = cursor === undefined ? '' : `${ESCAPE}${lines.length};${cursor + 1}H${ESCAPE}?25h`;
    this.stdout.write(BEGIN + rows.join('') + END + at);
    this.shown = lines;
  }

  /** Forgets what is on the terminal, so that all of it is drawn anew. */
  clear(): void {
    if (this.isEntered) this.stdout.write(`${ESCAPE}2J`);
    this.shown = [];
  }

  /** Calls `onKey` for each key that somebody presses, until the function that it returns is called; `onEnd` where no more can come. */
  listen(
    onKey: (key: string, isPasted: boolean) => void,
    onResize: () => void,
    onEnd: () => void,
  ): () => void {
    const keypress = (text: string | undefined, key: Key): void => {
      if (key.name === 'paste-start') this.isPasting = true;
      else if (key.name === 'paste-end') this.isPasting = false;
      else if (this.isEntered && !this.isDeaf) onKey(keyOf(text, key), this.isPasting);
    };
    emitKeypressEvents(this.stdin);
    this.stdin.on('keypress', keypress);
    this.stdin.on('end', onEnd);
    this.stdin.on('error', onEnd);
    this.stdout.on?.('resize', onResize);
    return () => {
      this.stdin.off('keypress', keypress);
      this.stdin.off('end', onEnd);
      this.stdin.off('error', onEnd);
      this.stdout.off?.('resize', onResize);
    };
  }
}

const isTerminal = (input: Readable): input is ReadStream => (input as Partial<ReadStream>).isTTY === true;

/**
 * The terminal that a review is shown in.
 * @throws {UsageError} where there is none, with what can be done instead.
 */
export function terminalOf({ stdin, stdout, env }: Surroundings): TerminalDevice {
  if (stdin !== undefined && isTerminal(stdin) && stdout.isTTY === true && env.TERM !== 'dumb')
    return new TerminalDevice(stdin, stdout);
  throw new UsageError(
    'A review in the terminal needs one for keys and screen. Instead, `hasten review --web` shows it in the browser, `hasten run --dry-run` prints the diff, and with `--plan plan.json` it can be reviewed later.',
  );
}
