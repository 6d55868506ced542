const { readFile } = require('node:fs/promises');

async function load(path) {
  // safe: console.log → logger.info
  console.log('loading');
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // safe: console.error → logger.error
    console.error('failed to load', error);
    return undefined;
  }
}

module.exports = { load };
