exports.textOf = async (name) => {
  const fs = require('fs');
  // safe: fs.readFileSync → fs.promises.readFile
  return fs.promises.readFile(`texts/${name}`, 'utf8');
};
