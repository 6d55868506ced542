const { db } = require('./db')
const models = require('./models')

async function close (users) {
  for (const user of users) {
    // report: writes rows of `Order` in a turn
    const orders = await models.orders.query().where({ user_id: user.id, status: 'open' })
    if (orders.length > 1) await models.orders.query().patch({ status: 'closed' }).where('user_id', user.id)
  }
}

async function latest (users) {
  const all = []
  for (const user of users) {
    // report: takes the first row by its order
    const last = await models.orders.query().where('user_id', user.id).orderBy('id', 'desc').first()
    // report: `limit` limits the rows of each turn
    const three = await models.orders.query().where('user_id', user.id).orderBy('id', 'desc').limit(3)
    // report: `page` takes a part of the rows
    const page = await models.orders.query().where('user_id', user.id).orderBy('id').page(0, 10)
    all.push({ last, three, page })
  }
  return all
}

async function required (ids) {
  for (const id of ids) {
    // report: refuses where there is no row
    const user = await models.users.query().findById(id).throwIfNotFound()
    console.log(user.name)
  }
}

async function joined (orders) {
  for (const order of orders) {
    // report: `withGraphJoined` joins the rows of relations
    const user = await models.users.query().withGraphJoined('role').findById(order.userId)
    // report: its step `modify` is not understood
    const shown = await models.users.query().modify('onlyActive').where('users.id', order.userId)
    // report: what `modifyGraph` does is not understood
    const some = await models.users.query().where('id', order.userId).withGraphFetched('orders').modifyGraph('orders', builder => builder.limit(2))
    console.log(user.name, shown.length, some.length)
  }
}

async function fill () {
  const users = await models.users.query().where('name', 'Ann')
  for (const user of users) {
    // report: it fills the row in
    await user.$fetchGraph('role')
  }
  return users
}

async function otherClient (trx) {
  const users = await models.users.query(trx).orderBy('id').limit(10)
  const totals = []
  for (const user of users) {
    // safe: Order.where in a loop → one query
    const orders = await models.orders.query().where('user_id', user.id).orderBy('id')
    totals.push(orders.length)
  }
  return totals
}

async function declaredLater () {
  const people = await models.users.query().orderBy('id').limit(10)
  const statuses = await db('statuses').pluck('name')
  const [status] = statuses
  const totals = []
  for (const person of people) {
    // safe: Order.where in a loop → one query
    const orders = await models.orders.query().where('user_id', person.id).where('status', status).orderBy('id')
    totals.push(orders.length)
  }
  return totals
}

async function stocked (lines) {
  for (const line of lines) {
    // report: its model has a `query` of its own
    const stock = await models.stock.query().where('sku', line.sku)
    console.log(stock.length)
  }
}

async function unnamed (lines) {
  for (const line of lines) {
    // report: a mapper may give columns other names
    const same = await models.lines.query().where('old_sku', line.sku)
    console.log(same.length)
  }
}

module.exports = { close, latest, required, joined, fill, otherClient, declaredLater, stocked, unnamed }
