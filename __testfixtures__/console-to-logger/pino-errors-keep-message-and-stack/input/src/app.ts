export async function load(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (e) {
    // safe: console.error → logger.error
    console.error(e);
    // safe: console.error → logger.error
    console.error('failed', e);
    // safe: console.error → logger.error
    console.error('failed:', e);
    // safe: console.warn → logger.warn
    console.warn(`failed: ${e}`);
    // safe: console.error → logger.error
    console.error({ error: e }, 'x');
    // safe: console.error → logger.error
    console.error('failed', { error: e, at: 'load' });
    return undefined;
  }
}

export function raise(code: number): void {
  // safe: console.error → logger.error
  console.error('bad code', code, new Error('bad'));
}
