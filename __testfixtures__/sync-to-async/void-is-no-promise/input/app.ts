import { Router, type Request, type Response } from 'express';
import { readFileSync } from 'node:fs';

export const router = Router();

class Pages {
  // A function that is declared to give nothing gives no promise.
  show(req: Request, res: Response): void {
    // safe: (2 functions become async)
    res.send(readFileSync('arrow.html', 'utf8'));
  }
}

const pages = new Pages();
router.get('/show', (req, res) => pages.show(req, res));
