import yargs from 'yargs';

export function usage(): void {
  // report: its output is what a command prints: it imports `yargs`
  console.log(yargs().help());
}
