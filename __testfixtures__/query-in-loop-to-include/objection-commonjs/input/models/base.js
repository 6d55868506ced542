const { Model, snakeCaseMappers } = require('objection')

module.exports = class Base extends Model {
  static get columnNameMappers () {
    return snakeCaseMappers()
  }
}
