// report: the file says "use client"
export const warn = (text: string) => console.warn(text);

export function stop(isDone: boolean): void {
  // report: the file says "use client"
  if (isDone) return console.log('done');
  // report: the file says "use client"
  setTimeout(() => console.log('later'), 10);
  // report: the file says "use client"
  const nothing = console.log('used');
  void nothing;
}
