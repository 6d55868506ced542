exports.textOf = async (name) => {
  // safe: fs.readFileSync → require('fs').promises.readFile
  return require('fs').promises.readFile(`texts/${name}`, 'utf8');
};
