import express, { type NextFunction, type Request, type Response } from 'express';
import { readFileSync } from 'node:fs';

const app = express();

// It has a `next` already, whatever it is called.
app.get('/next', (req, res, done) => {
  if (req.query.skip === 'yes') {
    done();
    return;
  }
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('text.txt', 'utf8'));
});

function page(req: Request, res: Response): void {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync('page.html', 'utf8'));
}

app.get('/page', page);

function failed(error: Error, req: Request, res: Response, next: NextFunction): void {
  // safe: fs.readFileSync → await readFile
  res.status(500).send(readFileSync('error.html', 'utf8'));
}

app.use(failed);

app.get('/parts', ({ params }, res) => {
  // safe: fs.readFileSync → await readFile
  res.send(readFileSync(`${params.name}.txt`, 'utf8'));
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
