const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define('OrderLine', {
  id: { type: DataTypes.INTEGER, primaryKey: true },
  orderId: { type: DataTypes.BIGINT, allowNull: false },
  sku: { type: DataTypes.STRING, allowNull: false },
  quantity: { type: DataTypes.INTEGER, allowNull: false },
});
