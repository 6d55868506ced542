export async function load(id: string, options: object, read: () => Promise<void>): Promise<void> {
  // report: the file says "use client"
  console.log('loading', id);
  // report: the file says "use client"
  console.log('with', options);
  // report: the file says "use client"
  console.log(`Loading ${id}`);
  try {
    await read();
  } catch (err) {
    // report: the file says "use client"
    console.error(err);
    // report: the file says "use client"
    console.error(`failed ${id}:`, err);
  }
}
