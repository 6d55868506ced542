'use strict';

const express = require('express');

function show() {
  // review: `pino`, which the new logger module imports, is a dependency of the package (it is not yet: `npm install pino`)
  console.log('shown');
}

module.exports = { show, express };
