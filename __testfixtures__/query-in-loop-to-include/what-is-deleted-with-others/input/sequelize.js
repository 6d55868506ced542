const { DataTypes, Sequelize } = require('sequelize');

const sequelize = new Sequelize(process.env.DATABASE_URL);

const Shelf = sequelize.define('Shelf', { id: { type: DataTypes.INTEGER, primaryKey: true } });
const Book = sequelize.define('Book', {
  id: { type: DataTypes.INTEGER, primaryKey: true },
  shelfId: { type: DataTypes.INTEGER, allowNull: false },
});
Shelf.hasMany(Book, { as: 'books', foreignKey: 'shelfId', onDelete: 'CASCADE' });

/** A hall that is destroyed is only marked. */
const Hall = sequelize.define('Hall', { id: { type: DataTypes.INTEGER, primaryKey: true } }, { paranoid: true });
const Door = sequelize.define('Door', {
  id: { type: DataTypes.INTEGER, primaryKey: true },
  hallId: { type: DataTypes.INTEGER, allowNull: false },
});
Hall.hasMany(Door, { as: 'doors', foreignKey: 'hallId', onDelete: 'CASCADE' });

async function booksOf(ids) {
  const counts = [];
  for (const shelfId of ids) {
    // report: `Shelf.destroy` deletes rows of `Shelf` in a turn
    const books = await Book.findAll({ where: { shelfId }, order: [['id', 'ASC']] });
    counts.push(books.length);
    await Shelf.destroy({ where: { id: shelfId + 1 } });
  }
  return counts;
}

async function doorsOf(ids) {
  const counts = [];
  for (const hallId of ids) {
    // review: `Hall.destroy` writes nothing that `Door.findAll` looks at in a later turn
    const doors = await Door.findAll({ where: { hallId }, order: [['id', 'ASC']] });
    counts.push(doors.length);
    await Hall.destroy({ where: { id: hallId + 1 } });
  }
  return counts;
}

module.exports = { booksOf, doorsOf };
