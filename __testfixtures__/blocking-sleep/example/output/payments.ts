import express from 'express';
import { isPaid } from './bank.js';
import { setTimeout as sleep } from 'node:timers/promises';

const app = express();

app.post('/payments/:id', async (request, response) => {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (isPaid(request.params.id)) break;
    // safe: child_process.execSync → await sleep
    await sleep(1000);
  }
  response.send(isPaid(request.params.id) ? 'paid' : 'open');
});
