const fs = require('fs');

module.exports = function count(folder) {
  // safe: fs.readdirSync → await fs.promises.readdir
  return fs.readdirSync(folder).length;
};
