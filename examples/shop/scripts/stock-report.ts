#!/usr/bin/env -S node --import tsx
// Prints the stock as a table: npm run stock-report [-- --low]
import { config } from '../src/config.js';
import { startDatabase, stopDatabase } from '../src/db.js';
import { Product } from '../src/models/index.js';
import { seed } from '../src/seed.js';

const onlyLow = process.argv.includes('--low');

await startDatabase();
try {
  await seed();
  const products = await Product.findAll({ order: [['name', 'ASC']] });
  const shown = onlyLow ? products.filter((product) => product.stock < config.lowStockBelow) : products;
  for (const product of shown) {
    console.log(`${product.name.padEnd(20)}${String(product.stock).padStart(6)}`);
  }
  console.log(`${shown.length} products`);
} finally {
  await stopDatabase();
}
