export function show(id: number, count: number): void {
  // safe: console.log → logger.info
  console.log("it's", id)
  // safe: console.log → logger.info
  console.log('say "hi"', count, "now")
  // safe: console.log → logger.info
  ;[id].forEach((one) => console.log("one", one))
}
