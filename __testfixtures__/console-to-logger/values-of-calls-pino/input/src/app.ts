// safe: console.warn → logger.warn
export const warn = (text: string) => console.warn(text);

export function stop(isDone: boolean): void {
  // safe: console.log → logger.info
  if (isDone) return console.log('done');
  // safe: console.log → logger.info
  setTimeout(() => console.log('later'), 10);
}
