export function clean(): void {
  // report: it is in the folder `commands` of a package with a `bin`
  console.log('cleaned');
}
