const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define('Product', {
  sku: { type: DataTypes.STRING, primaryKey: true },
  name: { type: DataTypes.STRING, allowNull: false },
  supplierId: DataTypes.INTEGER,
});
