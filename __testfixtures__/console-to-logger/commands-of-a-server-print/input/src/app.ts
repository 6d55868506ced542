export function serve(): void {
  // safe: console.log → logger.info
  console.log('serving');
}
