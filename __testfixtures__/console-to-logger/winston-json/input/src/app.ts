export async function load(id: string, count: number, read: () => Promise<void>): Promise<void> {
  // safe: console.log → logger.info
  console.log('loading', id, count);
  // safe: console.log → logger.info
  console.log(`Loading ${id}`);
  try {
    await read();
  } catch (err) {
    // review: console.error → logger.error
    console.error(err);
    // review: `err` is an Error: winston appends its message and keeps its stack
    console.error('failed', err);
    // review: `err` is an Error: winston appends its message and keeps its stack
    console.error(`failed ${id}:`, err);
    // review: `err` is an Error: winston appends its message and keeps its stack
    console.error('failed with', count, err);
    // review: console.error → logger.error
    if (err instanceof Error) console.error('an error', err);
    // review: the level `trace` is written where this was read: `console.trace` always writes
    console.trace('here');
  }
}
