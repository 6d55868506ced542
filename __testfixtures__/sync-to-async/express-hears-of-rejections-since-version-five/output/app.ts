import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';

const app = express();
const router = Router();

async function page(req: Request, res: Response): Promise<void> {
  // safe: fs.readFileSync → await readFile
  res.send(await readFile('page.html', 'utf8'));
}

async function guard(req: Request, res: Response, next: NextFunction): Promise<void> {
  // safe: fs.existsSync → await
  if (await access('closed').then(() => true, () => false)) res.status(503).end();
  else next();
}

async function failed(error: Error, req: Request, res: Response, next: NextFunction): Promise<void> {
  // safe: fs.readFileSync → await readFile
  res.status(500).send((await readFile('error.html', 'utf8')) + error.message);
}

class Pages {
  constructor() {
    router.get('/show', this.show);
    router.get('/bound', this.bound.bind(this));
  }

  show = async (req: Request, res: Response): Promise<void> => {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('show.html', 'utf8'));
  };

  async bound(req: Request, res: Response): Promise<void> {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('bound.html', 'utf8'));
  }
}

router.use(guard);
router.get('/page', guard, page);
router.route('/pages').get(page).post([guard, page]);
app.use('/pages', router);
app.use(failed);
new Pages();

// An error that is forwarded by hand is so afterwards too.
app.get('/forwarded', async (req, res, next) => {
  try {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('page.html', 'utf8'));
  } catch (error) {
    next(error);
  }
});

// When it listens nothing is served yet.
app.listen(3000, () => {
  // report: Nobody is served meanwhile
  console.log(readFileSync('banner.txt', 'utf8'));
});
