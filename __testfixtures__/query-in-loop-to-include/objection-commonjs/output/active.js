// queries: 9 → 3
require('./db')
const models = require('./models')

exports.run = async () => {
  const users = await models.users.query()
    .where('is_active', true)
    .orWhere('id', 2)
    .orderBy('id')
    .limit(100)
    .withGraphFetched('orders')
    .modifyGraph('orders', (builder) => builder.where('status', 'open').orderBy('id'))
  const open = []
  for (const user of users) {
    // safe: Order.where in a loop → eager loading
    const orders = user.orders
    if (orders.length > 0) open.push(`${user.name} ${orders[0].total}`)
  }
  const named = []
  const names = ['Bob', 'Nobody']
  const users2 = await models.users.query().whereIn('name', [...new Set(names)])
  const userByName = new Map(users2.map((user) => [user.name, user]))
  for (const name of names) {
    // review: No two rows of `User` that it finds have the same `name`
    const user = userByName.get(name)
    named.push(user && user.id)
  }
  return { open, named }
}
