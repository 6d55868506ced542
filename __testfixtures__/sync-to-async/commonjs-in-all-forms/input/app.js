const express = require('express');
const count = require('./count');
const Folder = require('./folder');
const sizes = require('./sizes');
const { linesOf, textOf: read } = require('./texts');
const all = require('./index');

const app = express();

app.get('/texts/:path', (req, res) => {
  const { path } = req.params;
  res.json([read(path), linesOf(path), require('./texts').lengthOf(path), all.texts.textOf(path)]);
});

app.get('/sizes/:path', (req, res) => {
  const { path } = req.params;
  const { isLarge } = require('./sizes');
  res.json([sizes.sizeOf(path), isLarge(path), sizes.isSmall(path), all.sizeOf(path)]);
});

app.get('/folders/:path', (req, res) => {
  res.json([count(req.params.path), new Folder('pages').names()]);
});
