export async function load(name: string, read: () => Promise<void>): Promise<void> {
  // report: the file says "use client"
  console.log('loading', name);
  try {
    await read();
  } catch (err) {
    // report: the file says "use client"
    console.error('failed', err);
    // report: the file says "use client"
    console.error('failed', { name, err });
  }
}
