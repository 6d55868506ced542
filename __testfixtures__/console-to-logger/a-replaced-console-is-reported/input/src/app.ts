export function mute(): void {
  // report: the file replaces `console.log`
  console.log = () => undefined;
}

export function show(): void {
  // report: the file replaces `console.log`
  console.log('muted');
}
