const crypto = require('crypto');
const { gzipSync } = require('zlib');

exports.keyOf = async (password, salt) => {
  // safe: crypto.scryptSync → await scryptAsync
  return crypto.scryptSync(password, salt, 64).toString('hex');
};

exports.packed = async (text) => {
  // safe: zlib.gzipSync → gzipAsync
  return gzipSync(text);
};
