const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define('Price', {
  sku: { type: DataTypes.STRING, primaryKey: true },
  country: { type: DataTypes.STRING, primaryKey: true },
  amount: { type: DataTypes.DECIMAL(10, 2), allowNull: false },
});
