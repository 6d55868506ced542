const express = require('express');
const all = require('./index');

const app = express();

app.get('/count', (req, res) => {
  res.json([all.count(), all.counted(), require('./more').counted()]);
});
