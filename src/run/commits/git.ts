import { execFile } from 'node:child_process';
import { gitEnvironment } from '../git-list.ts';

/** How a command of git ended. */
export interface GitOutcome {
  readonly isDone: boolean;
  readonly stdout: string;
  /** Of git and of the hooks that it ran. */
  readonly stderr: string;
}

/** Runs a command of git in the work tree at `top`, with `input` for it to read. Never throws: what went wrong is in `stderr`. */
export function runGit(top: string, words: readonly string[], input = ''): Promise<GitOutcome> {
  return new Promise((done) => {
    const options = { cwd: top, env: { ...gitEnvironment(), LC_ALL: 'C' }, maxBuffer: Infinity };
    const child = execFile('git', ['--literal-pathspecs', ...words], options, (error, stdout, stderr) =>
      done({
        isDone: error === null,
        stdout,
        stderr: stderr === '' && error !== null ? error.message : stderr,
      }),
    );
    // A command that ends without reading is no fault of its own.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
