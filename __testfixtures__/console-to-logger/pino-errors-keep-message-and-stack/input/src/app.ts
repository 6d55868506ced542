export async function load(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (e) {
    // report: the file says "use client"
    console.error(e);
    // report: the file says "use client"
    console.error('failed', e);
    // report: the file says "use client"
    console.error('failed:', e);
    // report: the file says "use client"
    console.warn(`failed: ${e}`);
    // report: the file says "use client"
    console.error({ error: e }, 'x');
    // report: the file says "use client"
    console.error('failed', { error: e, at: 'load' });
    return undefined;
  }
}

export function raise(code: number): void {
  // report: the file says "use client"
  console.error('bad code', code, new Error('bad'));
}
