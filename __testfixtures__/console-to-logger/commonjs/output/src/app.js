const { readFile } = require('node:fs/promises');
const logger = require('./logger');

async function load(path) {
  // safe: console.log → logger.info
  logger.info('loading');
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // safe: console.error → logger.error
    logger.error({ err: error }, 'failed to load');
    return undefined;
  }
}

module.exports = { load };
