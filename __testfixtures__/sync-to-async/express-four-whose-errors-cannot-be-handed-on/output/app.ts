import express, { type NextFunction, type Request, type Response } from 'express';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const app = express();

// It has a `next` already, whatever it is called.
app.get('/next', async (req, res, done) => {
  try {
    if (req.query.skip === 'yes') {
      done();
      return;
    }
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('text.txt', 'utf8'));
  } catch (error) {
    done(error);
  }
});

async function page(req: Request, res: Response, next: NextFunction): Promise<void> {
  try {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile('page.html', 'utf8'));
  } catch (error) {
    next(error);
  }
}

app.get('/page', page);

async function failed(error: Error, req: Request, res: Response, next: NextFunction): Promise<void> {
  try {
    // safe: fs.readFileSync → await readFile
    res.status(500).send(await readFile('error.html', 'utf8'));
  } catch (error) {
    next(error);
  }
}

app.use(failed);

app.get('/parts', async ({ params }, res, next) => {
  try {
    // safe: fs.readFileSync → await readFile
    res.send(await readFile(`${params.name}.txt`, 'utf8'));
  } catch (error) {
    next(error);
  }
});

app.get('/other-next', (req, res) => {
  const next = 'a.txt';
  // report: something else is called `next` in it
  res.send(readFileSync(next, 'utf8'));
});

// Who else calls it hands over no `next`.
function shared(req: Request, res: Response): void {
  // report: it is called by others too
  res.send(readFileSync('shared.html', 'utf8'));
}

app.get('/shared', shared);
app.get('/also-shared', (req, res) => {
  shared(req, res);
});

class Pages {
  show(req: Request, res: Response): void {
    // report: it is a method, which others may call
    res.send(readFileSync('show.html', 'utf8'));
  }
}

app.get('/show', new Pages().show);
