export function show(texts: string[], level: 'log' | 'warn', take: (output: Console) => void): void {
  // report: `console.log` is handed on as a function, and what it will be called with is not known
  texts.forEach(console.log);
  // report: `console` itself is handed on, and a logger has other methods: hand on the logger
  const { log } = console;
  log('destructured');
  // report: which method is called is known only when it runs
  console[level]('chosen');
  // report: `console` itself is handed on, and a logger has other methods: hand on the logger
  take(console);
}
