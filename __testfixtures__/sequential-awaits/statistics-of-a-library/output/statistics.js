const books = require('./queries/books')

class Statistics {
  async ofLibrary(req, res) {
    const stats = {
      largest: await books.largest(req.library.id, 10)
    }

    if (req.library.kind === 'book') {
      // safe: 4 awaits in a row → Promise.all
      const [authors, genres, sizes, largest] = await Promise.all([
        books.mostWritten(req.library.id, 10),
        books.genresOf(req.library.id),
        books.sizesOf(req.library.id),
        books.largest(req.library.id, 10)
      ])

      stats.authors = authors
      stats.genres = genres.length
      stats.size = sizes.total
      stats.first = largest[0]
    } else {
      // safe: 3 awaits in a row → Promise.all
      const [genres, sizes, largest] = await Promise.all([
        books.genresOf(req.library.id),
        books.sizesOf(req.library.id),
        books.largest(req.library.id, 10)
      ])

      stats.genres = genres.length
      stats.size = sizes.total
      stats.first = largest[0]
    }
    res.json(stats)
  }

  async ofServer(req, res) {
    console.debug('asked for the statistics')
    // safe: 2 awaits in a row → Promise.all
    const [sizes, genres] = await Promise.all([
      books.sizesOf(1),
      books.genresOf(1)
    ])

    res.json({ ...sizes, genres })
  }
}

module.exports = new Statistics()
