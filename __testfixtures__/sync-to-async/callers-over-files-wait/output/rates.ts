import { readLines } from './storage.ts';

export async function rateOf(country: string): Promise<number> {
  const line = (await readLines('rates.csv')).find((one) => one.startsWith(`${country},`));
  return line === undefined ? 0 : Number(line.split(',')[1]);
}

export const isTaxed = async (country: string): Promise<boolean> => (await rateOf(country)) > 0;

export async function rateLabel(country: string): Promise<string> {
  return `${(await rateOf(country)) * 100} %`;
}
