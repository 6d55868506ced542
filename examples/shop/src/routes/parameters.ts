import { badRequest } from '../errors.js';

/** A positive whole number from a path, a query or a body. Throws a 400 otherwise. */
export function positiveInteger(value: unknown, name: string): number {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 1) {
    throw badRequest(`${name} must be a positive whole number.`);
  }
  return number;
}

/** A text that is not empty. Throws a 400 otherwise. */
export function nonEmptyText(value: unknown, name: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw badRequest(`${name} must not be empty.`);
  return value.trim();
}
