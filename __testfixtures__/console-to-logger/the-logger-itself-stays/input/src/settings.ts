export function levelOf(name: string | undefined): string {
  // report: the logger in `src/logger.ts` itself depends on this file
  if (name === undefined) console.warn('no level');
  return name ?? 'info';
}
