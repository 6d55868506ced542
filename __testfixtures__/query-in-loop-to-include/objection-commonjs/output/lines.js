// queries: 7 → 2
require('./db')
const models = require('./models')

exports.run = async () => {
  const orders = await models.orders.query().orderBy('id').limit(50)
  const orderIds = orders.map((order) => order.id)
  const allLines = await models.lines.query().whereIn('order_id', orderIds).orderBy('sku')
  const linesByOrderId = new Map(orderIds.map((id) => [id, []]))
  for (const line of allLines) linesByOrderId.get(line.orderId)?.push(line)
  const listed = orders.map(order => {
    // review: Line.where in a loop → one query
    const lines = linesByOrderId.get(order.id) ?? []
    return { ...order, lines: lines.map(line => `${line.quantity} ${line.sku}`) }
  })
  return listed
}
