import axios from 'axios';
import pMap from 'p-map';

export async function pricesOf(ids: string[]) {
  // safe: await in a loop → p-map
  const prices = await pMap(
    ids,
    async (id) => {
      const { data } = await axios.get(`https://prices.example.com/${id}`);
      return data.price;
    },
    { concurrency: 10 },
  );
  return prices;
}

export async function allPages() {
  const found = [];
  let cursor: string | null = '';
  // report: it walks from page to page
  while (cursor !== null) {
    const { data } = await axios.get(`https://prices.example.com/all?cursor=${cursor}`);
    found.push(...data.items);
    cursor = data.next;
  }
  return found;
}
