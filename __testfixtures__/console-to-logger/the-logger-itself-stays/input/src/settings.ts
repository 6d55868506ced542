export function levelOf(name: string | undefined): string {
  // report: the file says "use client"
  if (name === undefined) console.warn('no level');
  return name ?? 'info';
}
