const fsp = require('fs').promises;

exports.textOf = async (name) => {
  const names = await fsp.readdir('texts');
  // safe: fs.readFileSync → await fsp.readFile
  return names.length + (await fsp.readFile(`texts/${name}`, 'utf8'));
};
