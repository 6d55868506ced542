export function main() {
  // report: it may run in a browser: it is in `public`
  console.log('loaded');
}
