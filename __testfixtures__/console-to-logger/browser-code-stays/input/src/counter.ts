'use client';

export function count(): void {
  // report: it runs in a browser: it says "use client"
  console.log('counting');
}
