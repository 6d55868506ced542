declare const jest: { spyOn(target: object, method: string): void };

export function quiet(): void {
  // report: the file watches or replaces `console` with `spyOn`
  jest.spyOn(console, 'log');
  // report: the file watches or replaces `console` with `spyOn`
  console.log('watched');
}
