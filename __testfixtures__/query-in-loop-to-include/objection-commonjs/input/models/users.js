const Base = require('./base')

module.exports = class User extends Base {
  static get tableName () { return 'users' }

  static get jsonSchema () {
    return {
      type: 'object',
      required: ['name', 'isActive'],
      properties: {
        id: { type: 'integer' },
        name: { type: 'string' },
        roleId: { type: ['integer', 'null'] },
        isActive: { type: 'boolean' }
      }
    }
  }

  static get relationMappings () {
    return {
      role: {
        relation: Base.BelongsToOneRelation,
        modelClass: require('./roles'),
        join: { from: 'users.role_id', to: 'roles.id' }
      },
      orders: {
        relation: Base.HasManyRelation,
        modelClass: require('./orders'),
        join: { from: 'users.id', to: 'orders.user_id' }
      }
    }
  }
}
