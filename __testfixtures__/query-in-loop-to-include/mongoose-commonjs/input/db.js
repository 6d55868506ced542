const mongoose = require('mongoose');

module.exports = {
  connect: () => mongoose.connect(process.env.DATABASE_URL, { maxPoolSize: 1 }),
  disconnect: () => mongoose.disconnect(),
};
