import { readFileSync } from 'node:fs';
import express from 'express';

export const app = express();

const ctx = { user: '', locale: 'en' };

app.use((req: any, res, next) => {
  req.ctx = ctx;
  ctx.user = String(req.headers.user);
  next();
});

// Another request has set its own user when this one goes on.
app.get('/after', (req: any, res) => {
  // review: No other turn changes what `ctx` holds, which `req.ctx` may be (line 6 of `app.ts`): line 10 of `app.ts` changes it, line 18 uses it
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + req.ctx.user);
});

app.get('/around', (req: any, res) => {
  const { ctx: own } = req;
  const before = own.user;
  // review: No other turn changes what `ctx` holds, which `own` may be
  const text = readFileSync('page.txt', 'utf8');
  res.send(before + text + own.user);
});

const userOf = (req: any): string => req.ctx.user;

app.get('/helper', (req: any, res) => {
  // review: No other turn changes what `ctx` holds, which `req.ctx` may be
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + userOf(req));
});

// That property is never changed.
app.get('/locale', (req: any, res) => {
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + req.ctx.locale);
});

const visits = new Map<string, number>();

class Session {
  private user = '';

  enter(user: string): void {
    this.user = user;
  }

  who(): string {
    return this.user;
  }
}

const session = new Session();

app.use((req: any, res, next) => {
  res.locals.visits = visits;
  session.enter(String(req.headers.user));
  req.set('session', session);
  next();
});

app.get('/visits', (req: any, res) => {
  const count = res.locals.visits.get(req.ip) ?? 0;
  // review: No other turn changes what `visits` holds, which `res.locals.visits` may be
  const text = readFileSync('page.txt', 'utf8');
  res.locals.visits.set(req.ip, count + 1);
  res.send(text + count);
});

app.get('/session', (req: any, res) => {
  // review: No other turn changes what `session` holds, which `req.get('session')` may be
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + req.get('session').who());
});

// Each request has one of its own, or what is carried is another thing by its type.
app.use((req: any, res, next) => {
  const trace = { id: '' };
  req.trace = trace;
  trace.id = String(req.headers.trace);
  next();
});

app.get('/trace', (req: any, res) => {
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + req.trace.id);
});

interface Job {
  readonly ctx: { readonly user: number };
}

app.get('/typed', (req, res) => {
  const job: Job = JSON.parse(String(req.query.job));
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  res.send(text + job.ctx.user);
});

// A mark between parts is no name, and a logger only logs.
class Log {
  private last = '';

  warn(text: string): void {
    this.last = text;
  }
}

const logger = new Log();

app.set('/', visits);
app.use((req: any, res, next) => {
  req.logger = logger;
  next();
});

app.get('/parts/:path', (req: any, res) => {
  const parts = req.params.path.split('/');
  req.logger.warn('begins');
  // safe: fs.readFileSync → await readFile
  const text = readFileSync('page.txt', 'utf8');
  parts.pop();
  req.logger.warn('ends');
  res.send(text + parts.length);
});
