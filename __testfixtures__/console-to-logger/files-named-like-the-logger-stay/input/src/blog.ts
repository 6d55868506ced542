export function post(): void {
  // report: the file says "use client"
  console.log('posted');
}
