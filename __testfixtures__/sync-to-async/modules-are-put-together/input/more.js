exports.counted = require('./count');
