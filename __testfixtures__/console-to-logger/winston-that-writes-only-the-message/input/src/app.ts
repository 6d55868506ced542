export async function load(id: string, options: object, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  console.log('loading', id);
  // safe: console.log → logger.info
  console.log('with', options);
  // safe: console.log → logger.info
  console.log(`Loading ${id}`);
  try {
    await read();
  } catch (err) {
    // safe: console.error → logger.error
    console.error(err);
    // safe: console.error → logger.error
    console.error(`failed ${id}:`, err);
  }
}
