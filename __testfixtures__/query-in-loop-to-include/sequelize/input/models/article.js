const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define(
  'Article',
  {
    id: { type: DataTypes.INTEGER, primaryKey: true },
    title: { type: DataTypes.STRING, allowNull: false },
    authorId: DataTypes.INTEGER,
    published: { type: DataTypes.BOOLEAN, allowNull: false },
    secret: DataTypes.STRING,
  },
  { defaultScope: { where: { published: true }, attributes: { exclude: ['secret'] } } },
);
