const _ = require('lodash')
const fs = require('fs-extra')
const models = require('./models')

module.exports = {
  async exportAll(kinds, outputPath, settings) {
    for (const kind of kinds) {
      switch (kind) {
        case 'settings': {
          // safe: 4 awaits in a row → Promise.all
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
