const { Author, Book, Session } = require('../models')

module.exports = {
  async mostWritten(libraryId, limit) {
    return Author.findAll({ where: { libraryId }, limit })
  },

  async genresOf(libraryId) {
    const rows = await Book.findAll({ where: { libraryId }, attributes: ['genre'], group: ['genre'], raw: true })
    return rows.map((row) => ({ genre: row.genre }))
  },

  async sizesOf(libraryId) {
    const total = await Book.sum('size', { where: { libraryId } })
    return { total }
  },

  async largest(libraryId, limit) {
    return Book.findAll({ where: { libraryId }, order: [['size', 'DESC']], limit })
  },

  async sessionsOf(userId, year) {
    return Session.findAll({ where: { userId, year } })
  },

  async finishedBy(userId, year) {
    return Book.findAll({ where: { finishedBy: userId, year } })
  },

  async yearOf(userId, year) {
    // safe: 2 awaits in a row → Promise.all
    const [sessions, finished] = await Promise.all([
      this.sessionsOf(userId, year),
      this.finishedBy(userId, year)
    ])

    let seconds = 0
    for (const session of sessions) seconds += session.seconds
    return { seconds, finished: finished.length }
  }
}
