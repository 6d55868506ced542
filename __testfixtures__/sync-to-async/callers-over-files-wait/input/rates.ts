import { readLines } from './storage.ts';

export function rateOf(country: string): number {
  const line = readLines('rates.csv').find((one) => one.startsWith(`${country},`));
  return line === undefined ? 0 : Number(line.split(',')[1]);
}

export const isTaxed = (country: string): boolean => rateOf(country) > 0;

export function rateLabel(country: string): string {
  return `${rateOf(country) * 100} %`;
}
