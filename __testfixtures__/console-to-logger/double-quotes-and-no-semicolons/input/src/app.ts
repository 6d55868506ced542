export function show(id: number, count: number): void {
  // safe: console.log → logger.info
  console.log("it's", id)
  // safe: console.log → logger.info
  console.log('say "hi"', count, "now")
  // review: `one` is a number: JSON keeps it, but for NaN and infinities
  ;[id].forEach((one) => console.log("one", one))
}
