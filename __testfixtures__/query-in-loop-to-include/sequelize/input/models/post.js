const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define(
  'Post',
  {
    id: { type: DataTypes.INTEGER, primaryKey: true },
    title: { type: DataTypes.STRING, allowNull: false },
    price: DataTypes.DECIMAL(10, 2),
    status: { type: DataTypes.STRING, allowNull: false },
    authorId: DataTypes.INTEGER,
    editorId: DataTypes.INTEGER,
  },
  {
    scopes: { published: { where: { status: 'published' } }, newest: { order: [['id', 'DESC']], limit: 1 } },
  },
);
