const Base = require('./base')

module.exports = class Line extends Base {
  static get tableName () { return 'order_lines' }

  static get relationMappings () {
    return {
      order: {
        relation: Base.BelongsToOneRelation,
        modelClass: require('./orders'),
        join: { from: 'order_lines.order_id', to: 'orders.id' }
      }
    }
  }
}
