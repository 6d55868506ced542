import { execSync } from 'node:child_process';
import express from 'express';
import { isPaid } from './bank.js';

const app = express();

app.post('/payments/:id', (request, response) => {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (isPaid(request.params.id)) break;
    // safe: child_process.execSync → await sleep
    execSync('sleep 1');
  }
  response.send(isPaid(request.params.id) ? 'paid' : 'open');
});
