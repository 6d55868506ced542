const { Model } = require('objection')

class Analytics extends Model {
  static get tableName() { return 'analytics' }
}

class Authentication extends Model {
  static get tableName() { return 'authentication' }
}

class Storage extends Model {
  static get tableName() { return 'storage' }
}

class ApiKey extends Model {
  static get tableName() { return 'apiKeys' }
}

module.exports = { Analytics, Authentication, Storage, ApiKey }
