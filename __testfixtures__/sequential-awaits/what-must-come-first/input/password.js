const mongoose = require('mongoose')

const User = mongoose.model('User', new mongoose.Schema({ password: String }))
const Token = mongoose.model('Token', new mongoose.Schema({ user: String, type: String }))

async function updateUser(id, changes) {
  const user = await User.findById(id)
  if (!user) throw new Error('There is no such user')
  Object.assign(user, changes)
  await user.save()
  return user
}

module.exports.resetPassword = async (id, password) => {
  try {
    // report: `updateUser` is a guard
    await updateUser(id, { password })
    await Token.deleteMany({ user: id, type: 'reset' })
  } catch {
    throw new Error('The password was not reset')
  }
}
