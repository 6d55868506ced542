const _ = require('lodash')
const fs = require('fs-extra')
const models = require('./models')

module.exports = {
  async exportAll(kinds, outputPath, settings) {
    for (const kind of kinds) {
      switch (kind) {
        case 'settings': {
          // review: `...settings` may read the elements of a list or map at another moment
          const config = {
            ...settings,
            modules: {
              analytics: await models.Analytics.query(),
              authentication: (await models.Authentication.query()).map(a => ({
                ...a,
                domains: _.get(a, 'domains.v', [])
              })),
              storage: await models.Storage.query()
            },
            apiKeys: await models.ApiKey.query().where('isRevoked', false)
          }
          await fs.outputJSON(outputPath, config, { spaces: 2 })
          break
        }
      }
    }
  }
}
