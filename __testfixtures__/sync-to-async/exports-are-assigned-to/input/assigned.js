Object.assign(exports, { count: require('./count') });
