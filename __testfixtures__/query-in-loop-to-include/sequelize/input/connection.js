const { Sequelize } = require('sequelize');

module.exports = new Sequelize(process.env.DATABASE_URL, {
  logging: false,
  pool: { max: 1 },
  define: { timestamps: false, underscored: true },
});
