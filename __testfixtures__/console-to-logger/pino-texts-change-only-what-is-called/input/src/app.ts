export function start(name: string): void {
  // safe: console.log → logger.info
  console.log('started');
  // safe: console.log → logger.info
  console.log("it's 100% up");
  // safe: console.log → logger.info
  console.log(name);
  // safe: console.info → logger.info
  console.info(
    'a long text',
  );
  // safe: console.warn → logger.warn
  name && console.warn('named');
  // safe: console.error → logger.error
  // safe: console.log → logger.info
  name === '' ? console.error('no name') : console.log('a name');
  // safe: console.log → logger.info
  if (name) console.log('again');
  // safe: console.log → logger.info
  else console.log('nothing');
}
