export function later(work: () => Promise<void>): void {
  // safe: console.error → logger.error
  work().catch(console.error);
  void work()
    .then(() => undefined)
    // safe: console.warn → logger.warn
    .catch(console.warn);
  // report: `console.log` is handed on as a function, and what it will be called with is not known
  work().then(console.log);
}
