const Base = require('./base')

module.exports = class Role extends Base {
  static get tableName () { return 'roles' }

  static get jsonSchema () {
    return {
      type: 'object',
      required: ['title'],
      properties: {
        id: { type: 'integer' },
        title: { type: 'string' },
        archived: { type: 'boolean' }
      }
    }
  }
}
