export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (err) {
    // report: the file says "use client"
    console.log(err);
    // report: the file says "use client"
    console.log('unreadable', err);
    // report: the file says "use client"
    console.log('unreadable', (err as Error).message);
    // report: the file says "use client"
    console.log('giving up');
    // report: the file says "use client"
    console.info('unreadable', err);
    return undefined;
  }
}
