export async function load(id: string, read: () => Promise<void>): Promise<void> {
  // report: the file says "use client"
  console.log('loading', id);
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
    console.error('failed', { id, err });
  }
}
