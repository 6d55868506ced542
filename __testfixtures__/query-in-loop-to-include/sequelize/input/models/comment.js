const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define(
  'Comment',
  {
    id: { type: DataTypes.BIGINT, primaryKey: true },
    postId: { type: DataTypes.INTEGER, allowNull: false },
    userId: DataTypes.INTEGER,
    body: { type: DataTypes.TEXT, allowNull: false },
  },
  { timestamps: true, createdAt: false, updatedAt: false, paranoid: true },
);
