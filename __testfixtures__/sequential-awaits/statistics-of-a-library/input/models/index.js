const { Sequelize, DataTypes, Model } = require('sequelize')

const sequelize = new Sequelize({ dialect: 'sqlite', storage: 'library.db' })

class Author extends Model {}
Author.init({ name: DataTypes.STRING }, { sequelize })

class Book extends Model {}
Book.init({ title: DataTypes.STRING, size: DataTypes.INTEGER, genre: DataTypes.STRING }, { sequelize })

class Session extends Model {}
Session.init({ userId: DataTypes.INTEGER, seconds: DataTypes.INTEGER }, { sequelize })

module.exports = { sequelize, Author, Book, Session }
