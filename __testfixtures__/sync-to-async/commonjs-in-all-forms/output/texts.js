const fs = require('fs');

async function textOf(path) {
  // safe: (4 functions become async, in 2 files)
  return fs.promises.readFile(path, 'utf8');
}

const linesOf = async (path) => (await textOf(path)).split('\n');

module.exports = { textOf, linesOf, lengthOf: async (path) => (await textOf(path)).length };
