#!/usr/bin/env node
import { PACKAGE_ROOT } from '../api/package-root.ts';
import { runCli } from './cli.ts';

let isFaulty = false;
// A reader that has seen enough, as `head`, closes the pipe: that is no fault, and the exit code still counts.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    isFaulty = true;
    process.exitCode = 2;
    if (output === process.stdout)
      process.stderr.write(`hasten: the output cannot be written: ${error.message}\n`);
  });
}

// A timer or a promise that a codemod or a configuration left behind: every file is whole, but not all may be done.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    isFaulty = true;
    process.exitCode = 2;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`hasten: what a transform or the configuration left running failed: ${reason}\n`);
  });
}

const code = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  packageRoot: PACKAGE_ROOT,
});
// Set and not `process.exit`, which would cut off output that a slow reader has not taken yet.
process.exitCode = isFaulty ? 2 : code;
