import { load } from 'cheerio';

async function pageAt(address: string) {
  const response = await fetch(address);
  const text = load(await response.text()).text();
  return [{ address, text }];
}

export async function crawled(addresses: string[], limit: number) {
  const pages: { address: string; text: string }[] = [];
  // report: The hosts that the elements name are not ours to hurry
  for (const address of addresses.slice(0, limit)) {
    pages.push(...(await pageAt(address)));
  }
  return pages;
}
