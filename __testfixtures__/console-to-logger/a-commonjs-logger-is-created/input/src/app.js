'use strict';

const express = require('express');

function show() {
  // report: the file says "use client"
  console.log('shown');
}

module.exports = { show, express };
