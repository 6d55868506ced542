const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

module.exports = sequelize.define('Order', {
  id: { type: DataTypes.BIGINT, primaryKey: true },
  customerId: { type: DataTypes.INTEGER, allowNull: false },
  country: { type: DataTypes.STRING, allowNull: false },
});
