const { DataTypes } = require('sequelize');
const sequelize = require('../connection');

const Account = sequelize.define('Account', {
  id: { type: DataTypes.INTEGER, primaryKey: true },
  userId: { type: DataTypes.INTEGER, allowNull: false },
  number: { type: DataTypes.STRING, allowNull: false },
});
Account.addHook('afterFind', (account) => {
  if (account && !Array.isArray(account)) account.number = account.number.replace(/.$/, '*');
});

module.exports = Account;
