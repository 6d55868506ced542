export function show(names: readonly string[], later: Promise<string>): Promise<void> {
  // safe: console.log → logger.info
  names.forEach((name) => console.log(name));
  // safe: console.log → logger.info
  return later.then((name: string) => console.log(name));
}
