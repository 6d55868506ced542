import { readFileSync } from 'node:fs';

// By its name it is a command, of whatever that is handed over.
export function extend(program: any): void {
  program.command('show').action(() => {
    // report: Nobody is served meanwhile: it runs in the callback of `program.command('show').action`
    console.log(readFileSync('settings.json', 'utf8'));
  });
}
