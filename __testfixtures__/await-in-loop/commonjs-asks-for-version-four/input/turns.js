const { readFile } = require('fs/promises');

exports.texts = async (names) => {
  const paths = names.map((name) => `${name}.txt`);
  const texts = [];
  // review: version 4 is the last that `require` loads
  for (const path of paths) texts.push(await readFile(path, 'utf8'));
  return texts;
};
