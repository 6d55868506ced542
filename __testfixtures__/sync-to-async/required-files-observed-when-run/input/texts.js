const fs = require('fs');
const { join } = require('path');

function textOf(folder, name) {
  // safe: in 2 files)
  return fs.readFileSync(join(folder, `${name}.txt`), 'utf8');
}

module.exports = { textOf, upper: (folder, name) => `${textOf(folder, name)}`.toUpperCase() };
