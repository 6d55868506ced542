export function load(read: () => void, later: Promise<void>): void {
  try {
    read();
  } catch (e) {
    // safe: console.log → logger.error
    console.log(e);
    // safe: console.error → logger.error
    if (e instanceof Error) console.error(e);
  }
  try {
    read();
  } catch (err) {
    // safe: console.error → logger.error
    console.error(err);
  }
  // review: `error`, which is kept under `err`, is an Error or loses nothing as JSON
  later.then(() => (error: unknown) => console.error(error));
}
