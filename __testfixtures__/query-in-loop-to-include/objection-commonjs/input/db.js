const knex = require('knex')
const { Model } = require('objection')

const db = knex({
  client: 'pg',
  connection: process.env.DATABASE_URL,
  pool: { min: 0, max: 1 }
})

Model.knex(db)

module.exports = { db, disconnect: () => db.destroy() }
