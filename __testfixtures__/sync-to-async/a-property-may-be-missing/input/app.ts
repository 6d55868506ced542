import express from 'express';
import { statSync } from 'node:fs';

const app = express();

class Sizes {
  sizeOf(path: string): number {
    // safe: (3 functions become async)
    return statSync(path).size;
  }
}

const sizes: Sizes | undefined = process.env.SIZES === 'yes' ? new Sizes() : undefined;

app.get('/called', (req, res) => {
  res.json({ size: sizes?.sizeOf('a.json') ?? 0 });
});

// What follows in the chain is not read where there is nothing to wait for.
app.get('/read', (req, res) => {
  res.json({ size: sizes?.sizeOf('a.json').toFixed(2), other: sizes?.sizeOf?.('b.json').toString().length });
});
