'use strict';

const path = require('node:path');
const fs = require('node:fs');

exports.textOf = async (name) => {
  // safe: fs.readFileSync → fs.promises.readFile
  return fs.readFileSync(path.join('texts', name), 'utf8');
};
