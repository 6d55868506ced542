import axios from 'axios';

export async function pricesOf(ids: string[]) {
  const prices = [];
  // safe: await in a loop → p-map
  for (const id of ids) {
    const { data } = await axios.get(`https://prices.example.com/${id}`);
    prices.push(data.price);
  }
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
