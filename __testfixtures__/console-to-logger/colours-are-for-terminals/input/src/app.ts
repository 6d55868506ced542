import chalk from 'chalk';

export function show(count: number): void {
  // report: the file says "use client"
  console.log(chalk.green('done'), count);
  // report: the file says "use client"
  console.log('\x1b[32mready\x1b[0m');
}
