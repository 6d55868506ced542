const fs = require('fs');

module.exports = async function count(folder) {
  // safe: fs.readdirSync → await fs.promises.readdir
  return (await fs.promises.readdir(folder)).length;
};
