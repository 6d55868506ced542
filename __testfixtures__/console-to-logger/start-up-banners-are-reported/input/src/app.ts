// report: it runs while modules are loaded, before the logger is set up: log it where the program starts
console.log('starting');

export function run(): void {
  // safe: console.log → logger.info
  console.log('running');
}
