const fs = require('fs');

function textOf(path) {
  // safe: (4 functions become async, in 2 files)
  return fs.readFileSync(path, 'utf8');
}

const linesOf = (path) => textOf(path).split('\n');

module.exports = { textOf, linesOf, lengthOf: (path) => textOf(path).length };
