const { readFile } = require('fs/promises');

exports.textOf = async (name) => {
  // safe: fs.readFileSync → readFile
  return readFile(`texts/${name}`, 'utf8');
};
