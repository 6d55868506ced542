export const overrides: string[] = [];

export function setting(name: string): string {
  const value = process.env[name] ?? '';
  overrides.push(name);
  return value;
}
