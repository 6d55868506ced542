export async function load(id: string, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  console.log('loading', id);
  try {
    await read();
  } catch (err) {
    // safe: console.error → logger.error
    console.error(err);
    // safe: console.error → logger.error
    console.error('failed', err);
    // safe: console.error → logger.error
    console.error(`failed ${id}:`, err);
    // report: `err` is an error inside an object, whose message and stack JSON leaves out
    console.error('failed', { id, err });
  }
}
