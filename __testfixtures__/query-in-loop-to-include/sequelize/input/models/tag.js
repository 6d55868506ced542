const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define('Tag', {
  id: { type: DataTypes.INTEGER, primaryKey: true },
  name: { type: DataTypes.STRING, allowNull: false, unique: true },
});
