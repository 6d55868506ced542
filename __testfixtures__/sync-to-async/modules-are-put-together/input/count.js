const fs = require('fs');

module.exports = function count() {
  // safe: in 2 files)
  return fs.readdirSync('pages').length;
};
