const { Price } = require('./db');

const basket = [
  { sku: 'nut', country: 'DE' },
  { sku: 'bolt', country: 'US' },
  { sku: 'nut', country: 'US' },
  { sku: 'gear', country: 'US' },
];

// queries: 4 → 1
exports.run = async () => {
  const amounts = [];
  const skus = [...new Set(basket.map((item) => item.sku))];
  const countries = [...new Set(basket.map((item) => item.country))];
  const allPrices = await Price.findAll({ where: { sku: skus, country: countries } });
  const pricesBySku = new Map(skus.map((key) => [key, []]));
  for (const price of allPrices) pricesBySku.get(price.sku)?.push(price);
  for (const item of basket) {
    // review: `item.sku` is a string, as `sku` is in rows
    const price = pricesBySku.get(item.sku)?.find((price) => price.country === item.country) ?? null;
    amounts.push(price ? price.amount : 'none');
  }
  return amounts;
};
