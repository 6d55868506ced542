export async function load(id: string, count: number, read: () => Promise<void>): Promise<void> {
  // report: the file says "use client"
  console.log('loading', id, count);
  // report: the file says "use client"
  console.log(`Loading ${id}`);
  try {
    await read();
  } catch (err) {
    // report: the file says "use client"
    console.error(err);
    // report: the file says "use client"
    console.error('failed', err);
    // report: the file says "use client"
    console.error(`failed ${id}:`, err);
    // report: the file says "use client"
    console.error('failed with', count, err);
    // report: the file says "use client"
    if (err instanceof Error) console.error('an error', err);
    // report: the file says "use client"
    console.trace('here');
  }
}
