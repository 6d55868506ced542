export async function load(name: string, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  console.log('loading', name);
  try {
    await read();
  } catch (err) {
    // safe: console.error → logger.error
    console.error('failed', err);
    // safe: console.error → logger.error
    console.error('failed', { name, err });
  }
}
