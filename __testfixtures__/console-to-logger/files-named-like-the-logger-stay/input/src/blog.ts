export function post(): void {
  // safe: console.log → logger.info
  console.log('posted');
}
