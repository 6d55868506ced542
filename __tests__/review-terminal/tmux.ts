import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND_LINE } from '../command-line.ts';

/** Whether there is a tmux to drive. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The shell waits for a command line. */
export const PROMPT = /^% *$/m;

/** Milliseconds that a machine under load may take until something is on the screen. */
const PATIENCE = 40_000;

/** A terminal of its own in which commands run, and which can be looked at. */
export class Tmux {
  private readonly folder = mkdtempSync(join(tmpdir(), 'hasten-tmux-'));
  private readonly socket = join(this.folder, 'socket');

  constructor(cwd: string, { columns, rows }: { readonly columns: number; readonly rows: number }) {
    const size = ['-x', String(columns), '-y', String(rows)];
    // A shell that says nothing but its prompt, whoever the user of this machine is.
    this.tmux(
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-s',
      'review',
      ...size,
      '-c',
      cwd,
      'env PS1="% " ENV= sh',
    );
  }

  private tmux(...words: readonly string[]): string {
    return execFileSync('tmux', ['-u', '-S', this.socket, ...words], { encoding: 'utf8' });
  }

  /** What tmux knows of the terminal by a name of its own. */
  about(name: string): string {
    return this.tmux('display-message', '-p', '-t', 'review', `#{${name}}`).trim();
  }

  /** Types a command line into the shell. */
  async run(line: string): Promise<void> {
    await this.waitFor(PROMPT);
    this.tmux('send-keys', '-t', 'review', '-l', `clear; ${line}`);
    this.tmux('send-keys', '-t', 'review', 'Enter');
  }

  /** Puts a terminal right that a killed process left as it had made it, and empties it. */
  async mend(): Promise<void> {
    this.type("stty sane; printf '\\033[?1049l\\033[?25h\\033[?7h'; clear");
    // As things are, Enter ends no line.
    this.press('C-j');
    await this.waitFor(/^%\s*$/);
  }

  /** Runs hasten, and says how it ended when it did. */
  async hasten(words: readonly string[], before = ''): Promise<void> {
    const line = [process.execPath, ...COMMAND_LINE, ...words].map(quoted).join(' ');
    await this.run(`${before} ${line}; echo "ended with $?"`);
  }

  /** Presses keys, by the names that tmux has for them. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.tmux('send-keys', '-t', 'review', key);
  }

  type(text: string): void {
    this.tmux('send-keys', '-t', 'review', '-l', text);
  }

  paste(text: string): void {
    this.tmux('set-buffer', text);
    this.tmux('paste-buffer', '-p', '-t', 'review');
  }

  resize(columns: number, rows: number): void {
    this.tmux('resize-window', '-t', 'review', '-x', String(columns), '-y', String(rows));
  }

  /** What is on the screen; with `isColored` as it was sent. */
  screen(isColored = false): string {
    return this.tmux('capture-pane', '-p', ...(isColored ? ['-e'] : []), '-t', 'review');
  }

  /** Waits until the screen is as `wanted` says, and gives it back. */
  async waitFor(wanted: RegExp | ((screen: string) => boolean)): Promise<string> {
    const isThere = typeof wanted === 'function' ? wanted : (screen: string) => wanted.test(screen);
    const end = Date.now() + PATIENCE;
    for (;;) {
      const screen = this.screen();
      if (isThere(screen)) return screen;
      if (Date.now() > end) throw new Error(`The screen never became ${String(wanted)}:\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** The id of the process that hasten runs in. */
  hastenPid(): number {
    const shell = this.about('pane_pid');
    return Number(execFileSync('pgrep', ['-P', shell, '-f', 'main.ts'], { encoding: 'utf8' }).split('\n')[0]);
  }

  close(): void {
    spawnSync('tmux', ['-S', this.socket, 'kill-server']);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
