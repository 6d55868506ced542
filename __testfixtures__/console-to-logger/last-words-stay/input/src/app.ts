process.on('uncaughtException', (err) => {
  // report: it is the last word of the process, in its handler of `uncaughtException`
  console.error('uncaught', err);
});
process.on('SIGTERM', shutDown);

function shutDown(): void {
  // report: it is the last word of the process, in its handler of `SIGTERM`
  console.log('shutting down');
}

export function fail(reason: string): void {
  // report: `process.exit` follows
  console.error(reason);
  process.exit(1);
}

export function mayFail(isBad: boolean): void {
  if (isBad) {
    // report: `process.exit` follows
    console.error('bad');
    process.exit(1);
  }
  // safe: console.log → logger.info
  console.log('good');
}
