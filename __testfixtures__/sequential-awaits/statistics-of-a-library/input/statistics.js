const books = require('./queries/books')

class Statistics {
  async ofLibrary(req, res) {
    const stats = {
      largest: await books.largest(req.library.id, 10)
    }

    if (req.library.kind === 'book') {
      // safe: 4 awaits in a row → Promise.all
      const authors = await books.mostWritten(req.library.id, 10)
      const genres = await books.genresOf(req.library.id)
      const sizes = await books.sizesOf(req.library.id)
      const largest = await books.largest(req.library.id, 10)

      stats.authors = authors
      stats.genres = genres.length
      stats.size = sizes.total
      stats.first = largest[0]
    } else {
      // safe: 3 awaits in a row → Promise.all
      const genres = await books.genresOf(req.library.id)
      const sizes = await books.sizesOf(req.library.id)
      const largest = await books.largest(req.library.id, 10)

      stats.genres = genres.length
      stats.size = sizes.total
      stats.first = largest[0]
    }
    res.json(stats)
  }

  async ofServer(req, res) {
    console.debug('asked for the statistics')
    // safe: 2 awaits in a row → Promise.all
    const sizes = await books.sizesOf(1)
    const genres = await books.genresOf(1)

    res.json({ ...sizes, genres })
  }
}

module.exports = new Statistics()
