export async function load(id: string, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  console.log('loading', id);
  try {
    await read();
  } catch (err) {
    // review: console.error → logger.error
    console.error(err);
    // review: console.error → logger.error
    console.error('failed', err);
    // review: console.error → logger.error
    console.error(`failed ${id}:`, err);
    // report: `err` is an error inside an object, whose message and stack JSON leaves out
    console.error('failed', { id, err });
  }
}
