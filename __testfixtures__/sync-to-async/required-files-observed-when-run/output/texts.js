const fs = require('fs');
const { join } = require('path');

async function textOf(folder, name) {
  // safe: in 2 files)
  return fs.promises.readFile(join(folder, `${name}.txt`), 'utf8');
}

module.exports = { textOf, upper: async (folder, name) => `${await textOf(folder, name)}`.toUpperCase() };
