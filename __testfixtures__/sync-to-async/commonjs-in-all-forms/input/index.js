exports.texts = require('./texts');
exports.sizeOf = require('./sizes').sizeOf;
