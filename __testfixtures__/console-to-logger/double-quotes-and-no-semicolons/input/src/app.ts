export function show(id: number, count: number): void {
  // report: the file says "use client"
  console.log("it's", id)
  // report: the file says "use client"
  console.log('say "hi"', count, "now")
  // report: the file says "use client"
  ;[id].forEach((one) => console.log("one", one))
}
