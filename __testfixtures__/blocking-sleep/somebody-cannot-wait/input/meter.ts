import { execSync } from 'node:child_process';
import express from 'express';

// report: Nobody is served meanwhile
execSync('sleep 1');

class Meter {
  private readonly first: number;

  constructor() {
    // report: A constructor cannot wait
    execSync('sleep 1');
    this.first = Date.now();
  }

  get value(): number {
    // report: A getter cannot wait
    execSync('sleep 1');
    return Date.now() - this.first;
  }
}

const app = express();

app.get('/', (_request, response) => {
  response.send(String(new Meter().value));
});
