const { readFile } = require('node:fs/promises');

async function load(path) {
  // report: the file says "use client"
  console.log('loading');
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // report: the file says "use client"
    console.error('failed to load', error);
    return undefined;
  }
}

module.exports = { load };
