export function pick(obj: Record<string, unknown>, key: string): unknown {
  return obj[key];
}
