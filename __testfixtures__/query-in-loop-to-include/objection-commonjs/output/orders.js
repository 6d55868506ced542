// queries: 7 → 2
require('./db')
const { users, orders, lines } = require('./models')

exports.run = async () => {
  const people = await users.query().select('id', 'name').orderBy('name').limit(10)
  const report = []
  const userIds = people.map((person) => person.id)
  const allOrders = await orders.query().whereIn('user_id', userIds).orderBy('id')
  const ordersByUserId = new Map(userIds.map((id) => [id, []]))
  for (const order of allOrders) ordersByUserId.get(order.userId)?.push(order)
  for (let i = 0; i < people.length; i++) {
    // safe: Order.where in a loop → one query
    const bought = ordersByUserId.get(people[i].id) ?? []
    report.push(`${people[i].name}: ${bought.map(order => order.total).join(' ')}`)
  }
  return report
}
