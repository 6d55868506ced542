const { Product } = require('./db');

// queries: 4 → 1
exports.run = async () => {
  const products = await Product.findAll({ order: ['sku'], include: ['User'] });
  const suppliers = {};
  for (const product of products) {
    // safe: User.findOne in a loop → eager loading
    const supplier = product.User;
    suppliers[product.sku] = supplier;
  }
  return suppliers;
};
