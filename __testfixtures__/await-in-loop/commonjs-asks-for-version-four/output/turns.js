const { readFile } = require('fs/promises');
const pMap = require('p-map');

exports.texts = async (names) => {
  const paths = names.map((name) => `${name}.txt`);
  // review: version 4 is the last that `require` loads
  const texts = await pMap(
    paths,
    async (path) => readFile(path, 'utf8'),
    { concurrency: 10 },
  );
  return texts;
};
