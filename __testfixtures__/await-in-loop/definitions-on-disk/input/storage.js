const fs = require('fs-extra')
const path = require('path')
const yaml = require('js-yaml')

module.exports.targets = async function (root) {
  const folders = await fs.readdir(path.join(root, 'modules/storage'))
  let targets = []
  // safe: await in a loop
  for (let folder of folders) {
    const text = await fs.readFile(path.join(root, 'modules/storage', folder, 'definition.yml'), 'utf8')
    targets.push(yaml.safeLoad(text))
  }
  return targets.map((target) => ({ ...target, isAvailable: false }))
}
