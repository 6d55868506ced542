/** The other package depends on this one by its path alone. */
export function dispatch(target: any, kind: string): number {
  return kind === 'size' ? target.load().length : 0;
}
