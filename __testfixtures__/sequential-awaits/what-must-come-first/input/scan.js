const fs = require('node:fs/promises')
const { Sequelize, DataTypes, Model } = require('sequelize')

const sequelize = new Sequelize('sqlite::memory:')

class Item extends Model {}
Item.init({ path: DataTypes.STRING, changedAt: DataTypes.DATE }, { sequelize })

class Scan {
  constructor(path) {
    this.path = path
  }

  async check(item) {
    const found = await fs.stat(this.path)
    if (found.mtimeMs === item.changedAt) return false
    item.changedAt = found.mtimeMs
    await item.save()
    return true
  }
}

module.exports.rescan = async function (id) {
  const item = await Item.findByPk(id)
  const scan = new Scan(item.path)

  // report: writes the property `changedAt`, which `item.changedAt` reads after it
  let isChanged = await scan.check(item)

  const { length } = await describe(item, scan)
  return isChanged && length > 0
}

async function describe(item, scan) {
  const text = await fs.readFile(scan.path, 'utf8')
  return { length: text.length, since: item.changedAt }
}
