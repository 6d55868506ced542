const express = require('express');
const assigned = require('./assigned');
const count = require('./count');

const app = express();

app.get('/count', (req, res) => {
  res.json([count()]);
});

app.get('/assigned', (req, res) => {
  res.json([assigned.count()]);
});
