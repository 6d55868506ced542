const express = require('express');
const count = require('./count');
const Folder = require('./folder');
const sizes = require('./sizes');
const { linesOf, textOf: read } = require('./texts');
const all = require('./index');

const app = express();

app.get('/texts/:path', async (req, res) => {
  const { path } = req.params;
  res.json([await read(path), await linesOf(path), await require('./texts').lengthOf(path), await all.texts.textOf(path)]);
});

app.get('/sizes/:path', async (req, res) => {
  const { path } = req.params;
  const { isLarge } = require('./sizes');
  res.json([await sizes.sizeOf(path), await isLarge(path), await sizes.isSmall(path), await all.sizeOf(path)]);
});

app.get('/folders/:path', async (req, res) => {
  res.json([await count(req.params.path), await new Folder('pages').names()]);
});
