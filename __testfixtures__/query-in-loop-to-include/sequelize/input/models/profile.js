const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define('Profile', {
  id: { type: DataTypes.INTEGER, primaryKey: true },
  userId: { type: DataTypes.INTEGER, allowNull: false, unique: true },
  bio: DataTypes.TEXT,
});
