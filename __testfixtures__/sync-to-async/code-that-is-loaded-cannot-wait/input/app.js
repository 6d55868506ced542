const express = require('express');
const { banner, textOf } = require('./texts');

const app = express();

app.get('/texts/:path', (req, res) => {
  res.send(banner + textOf(req.params.path));
});
