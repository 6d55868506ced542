const crypto = require('crypto');
const { gzip } = require('zlib');
const { promisify } = require('util');

const gzipAsync = promisify(gzip);
const scryptAsync = promisify(crypto.scrypt);

exports.keyOf = async (password, salt) => {
  // safe: crypto.scryptSync → await scryptAsync
  return (await scryptAsync(password, salt, 64)).toString('hex');
};

exports.packed = async (text) => {
  // safe: zlib.gzipSync → gzipAsync
  return gzipAsync(text);
};
