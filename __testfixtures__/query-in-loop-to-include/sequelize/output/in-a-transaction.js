const { sequelize, Order, Product } = require('./db');

// queries: 5 → 3
exports.run = () =>
  sequelize.transaction(async (transaction) => {
    await Product.create({ sku: 'gear', name: 'Gear' }, { transaction });
    const orders = await Order.findAll({
      where: { country: ['DE', 'US', 'FR'] },
      order: [['id', 'ASC']],
      transaction,
      include: [{ association: 'lines', separate: true, order: [['sku', 'ASC']] }],
    });
    const report = [];
    for (const order of orders) {
      // safe: OrderLine.findAll in a loop → eager loading
      const lines = order.lines;
      report.push(`${order.id}: ${lines.map((line) => `${line.quantity} ${line.sku}`).join(', ')}`);
    }
    return report;
  });
