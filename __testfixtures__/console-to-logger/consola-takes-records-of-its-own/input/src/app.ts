export function show(id: number, value: object): void {
  // review: is no plain object with `message` or `args`, which consola takes for a record of its own
  console.log({ message: 'm', level: 9, extra: id });
  // review: `value` is no plain object with `message` or `args`
  console.log(value);
  // safe: console.log → logger.info
  console.log({ id });
  // safe: console.log → logger.info
  console.log('value', value);
}
