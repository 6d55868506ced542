const Base = require('./base')

module.exports = class Order extends Base {
  static get tableName () { return 'orders' }

  static get jsonSchema () {
    return {
      type: 'object',
      required: ['status'],
      properties: {
        id: { type: 'integer' },
        userId: { type: ['integer', 'null'] },
        total: { type: 'string' },
        status: { type: 'string' }
      }
    }
  }
}
