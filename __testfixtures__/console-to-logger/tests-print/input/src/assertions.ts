import { expect } from 'vitest';

export function check(value: unknown): void {
  // report: it is test code: it imports `vitest`
  console.log('checking');
  expect(value).toBe(1);
}
