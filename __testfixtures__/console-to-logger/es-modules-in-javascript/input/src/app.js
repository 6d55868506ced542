export function show() {
  // report: the file says "use client"
  console.log('shown');
}
