import express from 'express';
import { pinoHttp } from 'pino-http';
import { logger } from './logger.js';

const app = express();
app.use(pinoHttp({ logger }));

app.get('/', (req, res) => {
  // safe: console.log → req.log.info
  console.log('asked');
  res.end();
});

app.listen(3000, () => {
  // safe: console.log → logger.info
  console.log('listening');
});
