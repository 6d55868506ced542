export function later(work: () => Promise<void>): void {
  // report: the file says "use client"
  work().catch(console.error);
  void work()
    .then(() => undefined)
    // report: the file says "use client"
    .catch(console.warn);
  // report: `console.log` is handed on as a function, and what it will be called with is not known
  work().then(console.log);
}
