const _ = require('lodash')
const fs = require('fs-extra')
const models = require('./models')

module.exports = {
  async exportAll(kinds, outputPath, settings) {
    for (const kind of kinds) {
      switch (kind) {
        case 'settings': {
          // review: `...settings` may read the elements of a list or map at another moment
          const [analytics, authentication, storage, apiKeys] = await Promise.all([
            models.Analytics.query(),
            models.Authentication.query(),
            models.Storage.query(),
            models.ApiKey.query().where('isRevoked', false)
          ])
          const config = {
            ...settings,
            modules: {
              analytics,
              authentication: authentication.map(a => ({
                ...a,
                domains: _.get(a, 'domains.v', [])
              })),
              storage
            },
            apiKeys
          }
          await fs.outputJSON(outputPath, config, { spaces: 2 })
          break
        }
      }
    }
  }
}
