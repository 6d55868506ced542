import { Router, type Request, type Response } from 'express';
import { readFile } from 'node:fs/promises';

export const router = Router();

class Pages {
  // A function that is declared to give nothing gives no promise.
  async show(req: Request, res: Response): Promise<void> {
    // safe: (2 functions become async)
    res.send(await readFile('arrow.html', 'utf8'));
  }
}

const pages = new Pages();
router.get('/show', async (req, res) => pages.show(req, res));
