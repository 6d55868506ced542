import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { existsSync, readFileSync } from 'node:fs';

const app = express();
const router = Router();

function page(req: Request, res: Response): void {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('page.html', 'utf8'));
}

function guard(req: Request, res: Response, next: NextFunction): void {
  // safe: fs.existsSync → await
  if (existsSync('closed')) res.status(503).end();
  else next();
}

function failed(error: Error, req: Request, res: Response, next: NextFunction): void {
  // safe: fs.readFileSync → await readFile
  res.status(500).send(readFileSync('error.html', 'utf8') + error.message);
}

class Pages {
  constructor() {
    router.get('/show', this.show);
    router.get('/bound', this.bound.bind(this));
  }

  show = (req: Request, res: Response): void => {
    // safe: fs.readFileSync → await readFile
    res.send(readFileSync('show.html', 'utf8'));
  };

  bound(req: Request, res: Response): void {
    // safe: fs.readFileSync → await readFile
    res.send(readFileSync('bound.html', 'utf8'));
  }
}

router.use(guard);
router.get('/page', guard, page);
router.route('/pages').get(page).post([guard, page]);
app.use('/pages', router);
app.use(failed);
new Pages();

// An error that is forwarded by hand is so afterwards too.
app.get('/forwarded', (req, res, next) => {
  try {
    // safe: fs.readFileSync → await readFile
    res.send(readFileSync('page.html', 'utf8'));
  } catch (error) {
    next(error);
  }
});

// When it listens nothing is served yet.
app.listen(3000, () => {
  // report: Nobody is served meanwhile
  console.log(readFileSync('banner.txt', 'utf8'));
});
