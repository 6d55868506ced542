export function title(): void {
  // report: it may run in a browser: it uses `document`
  console.log('title', document.title);
}
