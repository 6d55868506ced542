const fs = require('fs-extra')
const path = require('path')
const yaml = require('js-yaml')
const pMap = require('p-map')

module.exports.targets = async function (root) {
  const folders = await fs.readdir(path.join(root, 'modules/storage'))
  // safe: await in a loop
  let targets = await pMap(
    folders,
    async (folder) => {
      const text = await fs.readFile(path.join(root, 'modules/storage', folder, 'definition.yml'), 'utf8')
      return yaml.safeLoad(text)
    },
    { concurrency: 10 },
  )
  return targets.map((target) => ({ ...target, isAvailable: false }))
}
