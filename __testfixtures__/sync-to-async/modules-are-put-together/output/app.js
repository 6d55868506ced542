const express = require('express');
const all = require('./index');

const app = express();

app.get('/count', async (req, res) => {
  res.json([await all.count(), await all.counted(), await require('./more').counted()]);
});
