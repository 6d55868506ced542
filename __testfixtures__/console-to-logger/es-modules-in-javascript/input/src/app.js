export function show() {
  // safe: console.log → logger.info
  console.log('shown');
}
