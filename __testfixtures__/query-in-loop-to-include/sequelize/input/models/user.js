const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define('User', {
  id: { type: DataTypes.INTEGER, primaryKey: true },
  name: { type: DataTypes.STRING, allowNull: false },
  email: { type: DataTypes.STRING, allowNull: false, unique: true },
  managerId: DataTypes.INTEGER,
});
