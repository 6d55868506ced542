const Base = require('./base')

module.exports = class Stock extends Base {
  static get tableName () { return 'stock' }

  static get idColumn () { return ['sku', 'warehouse'] }

  static query (...args) {
    return super.query(...args).where('amount', '>', 0)
  }
}
