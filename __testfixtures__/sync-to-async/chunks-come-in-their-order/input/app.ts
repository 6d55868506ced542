import express from 'express';
import { appendFileSync, createReadStream } from 'node:fs';

const app = express();

// What is written for each chunk would be written in any order, and after `end`.
app.post('/upload', (req, res) => {
  req.on('data', (chunk) => {
    // report: may not wait for it
    appendFileSync('upload.bin', chunk);
  });
  req.on('end', () => res.end());
});

app.post('/copy', (req, res) => {
  createReadStream('from.bin')
    .on('data', (chunk) => {
      // report: may not wait for it
      appendFileSync('to.bin', chunk);
    })
    .on('end', () => res.end());
});
