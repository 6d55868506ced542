module.exports = { count: require('./count'), ...require('./more') };
