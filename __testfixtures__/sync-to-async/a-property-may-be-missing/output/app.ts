import express from 'express';
import { stat } from 'node:fs/promises';

const app = express();

class Sizes {
  async sizeOf(path: string): Promise<number> {
    // safe: (3 functions become async)
    return (await stat(path)).size;
  }
}

const sizes: Sizes | undefined = process.env.SIZES === 'yes' ? new Sizes() : undefined;

app.get('/called', async (req, res) => {
  res.json({ size: (await sizes?.sizeOf('a.json')) ?? 0 });
});

// What follows in the chain is not read where there is nothing to wait for.
app.get('/read', async (req, res) => {
  res.json({ size: (await sizes?.sizeOf('a.json'))?.toFixed(2), other: (await sizes?.sizeOf?.('b.json'))?.toString().length });
});
