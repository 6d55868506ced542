const { Sequelize, DataTypes, Model } = require('sequelize')

const sequelize = new Sequelize('sqlite::memory:')

class Progress extends Model {}
Progress.init({ userId: DataTypes.INTEGER, seconds: DataTypes.INTEGER }, { sequelize })

class Sessions {
  async syncOne(user, session) {
    const [progress] = await Progress.findOrCreate({ where: { userId: user.id } })
    progress.seconds = session.seconds
    await progress.save()
    return { id: session.id, success: true }
  }

  async syncAll(req, res) {
    const results = []
    // report: Each turn reads the table `Progress`
    for (const session of req.body.sessions || []) {
      console.log(`Syncing ${session.id}`)
      const result = await this.syncOne(req.user, session)
      results.push(result)
    }
    res.json({ results })
  }
}

module.exports = new Sessions()
