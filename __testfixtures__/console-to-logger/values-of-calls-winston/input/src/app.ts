// safe: console.warn → logger.warn
export const warn = (text: string) => console.warn(text);

export function stop(isDone: boolean): void {
  // review: nobody uses what the function returns, which is no longer undefined
  if (isDone) return console.log('done');
  // safe: console.log → logger.info
  setTimeout(() => console.log('later'), 10);
  // report: its value is used, and the logger returns another one
  const nothing = console.log('used');
  void nothing;
}
