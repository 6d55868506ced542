import express from 'express';
import { readFileSync } from 'node:fs';
import { remember } from 'lru';

const app = express();

// All requests of a visitor find the same one.
class Session {
  private count = 0;

  next(): number {
    return this.count + 1;
  }

  become(count: number): void {
    this.count = count;
  }
}
const sessions = new Map<string, Session>();

app.get('/session/:id', (req, res) => {
  const session = sessions.get(req.params.id) ?? new Session();
  sessions.set(req.params.id, session);
  const next = session.next();
  // report: `Session.count`
  const text = readFileSync('session.txt', 'utf8');
  session.become(next);
  res.send(text);
});

// The class keeps the only one.
class Settings {
  private static only: Settings | undefined;
  private version = 0;

  next(): number {
    return this.version + 1;
  }

  become(version: number): void {
    this.version = version;
  }

  static get(): Settings {
    this.only ??= new Settings();
    return this.only;
  }
}

app.get('/settings', (req, res) => {
  const settings = Settings.get();
  const next = settings.next();
  // report: `Settings.version`
  const text = readFileSync('settings.txt', 'utf8');
  settings.become(next);
  res.send(text);
});

// A timer changes it.
class Progress {
  done = 0;
}

app.get('/progress', async (req, res) => {
  const progress = new Progress();
  const timer = setInterval(() => {
    progress.done += 1;
  }, 100);
  const before = progress.done;
  // report: the property `done`
  const text = readFileSync('progress.txt', 'utf8');
  progress.done = before + text.length;
  clearInterval(timer);
  res.json(progress.done);
});

// Several turns add to one.
class Total {
  private sum = 0;

  value(): number {
    return this.sum;
  }

  become(sum: number): void {
    this.sum = sum;
  }
}

function addFrom(total: Total, path: string): void {
  const before = total.value();
  // report: `Total.sum`
  const text = readFileSync(path, 'utf8');
  total.become(before + text.length);
}

app.get('/total', async (req, res) => {
  const total = new Total();
  await Promise.all(['a.txt', 'b.txt'].map(async (path) => addFrom(total, path)));
  res.json(total.value());
});

// Who saves it is still at work.
class Report {
  private state = 'new';

  is(): string {
    return this.state;
  }

  become(state: string): void {
    this.state = state;
  }
}

async function save(report: Report): Promise<void> {
  await fetch(`https://example.org/${report.is()}`);
  report.become('saved');
}

app.get('/report', async (req, res) => {
  const report = new Report();
  const saving = save(report);
  const before = report.is();
  // report: `Report.state`
  const text = readFileSync('report.txt', 'utf8');
  report.become(`${before} and read`);
  await saving;
  res.send(text);
});

// One is made for a handler, and not for each of its calls.
class Stats {
  calls = 0;
}

function counting(path: string): express.Handler {
  const stats = new Stats();
  return (req, res) => {
    const before = stats.calls;
    // report: the property `calls`
    const text = readFileSync(path, 'utf8');
    stats.calls = before + 1;
    res.send(text);
  };
}

app.get('/a', counting('a.txt'));

// An event may come at any time.
class Upload {
  state = 'open';
}

app.post('/upload', async (req, res) => {
  const upload = new Upload();
  req.on('aborted', () => {
    upload.state = 'aborted';
  });
  const before = upload.state;
  // report: the property `state`
  const text = readFileSync('upload.txt', 'utf8');
  upload.state = `${before}, read`;
  res.send(upload.state + text);
});

// A package may keep it.
class Item {
  private uses = 0;

  next(): number {
    return this.uses + 1;
  }

  become(uses: number): void {
    this.uses = uses;
  }
}

app.get('/item/:id', (req, res) => {
  const item: Item = remember(req.params.id, new Item());
  const next = item.next();
  // report: `Item.uses`
  const text = readFileSync('item.txt', 'utf8');
  item.become(next);
  res.send(text);
});

// An object that all turns share has it for a while.
class Job {
  step = 0;
}

class Desk {
  current: Job | undefined;

  take(job: Job): void {
    this.current = job;
  }

  hurry(): void {
    if (this.current !== undefined) this.current.step += 10;
  }
}
const desk = new Desk();

app.get('/job', async (req, res) => {
  const job = new Job();
  desk.take(job);
  const before = job.step;
  // report: the property `step`
  const text = readFileSync('job.txt', 'utf8');
  job.step = before + 1;
  res.send(text);
});

app.get('/hurry', (req, res) => {
  desk.hurry();
  res.end();
});

// Its own timer calls its methods.
class Poll {
  last = '';
  turns = 0;

  start(): void {
    setInterval(() => this.look(), 1000);
  }

  look(): void {
    const before = this.turns;
    // report: `Poll.turns`
    this.last = readFileSync('poll.txt', 'utf8');
    this.turns = before + 1;
  }
}

app.get('/poll', (req, res) => {
  const poll = new Poll();
  poll.start();
  res.end();
});

// It is made by another name of the class.
class Ticket {
  private seen = 0;

  next(): number {
    return this.seen + 1;
  }

  become(seen: number): void {
    this.seen = seen;
  }
}
const kinds = { ticket: Ticket };
const open = new kinds.ticket();

app.get('/ticket', (req, res) => {
  const own = new Ticket();
  const ticket = req.query.own ? own : open;
  const next = ticket.next();
  // report: `Ticket.seen`
  const text = readFileSync('ticket.txt', 'utf8');
  ticket.become(next);
  res.send(text);
});

// A function that knows it is kept for all.
class Page {
  views = 0;
}
const watchers: (() => void)[] = [];

app.get('/page', async (req, res) => {
  const page = new Page();
  watchers.push(() => {
    page.views += 1;
  });
  const before = page.views;
  // report: the property `views`
  const text = readFileSync('page.txt', 'utf8');
  page.views = before + 1;
  res.send(text);
});

app.get('/watch', (req, res) => {
  for (const watcher of watchers) watcher();
  res.end();
});

// A timer asks a method of it.
class Heart {
  private beats = 0;

  beat(): void {
    this.beats += 1;
  }

  count(): number {
    return this.beats;
  }

  become(beats: number): void {
    this.beats = beats;
  }
}

function beating(): Heart {
  const heart = new Heart();
  setInterval(() => heart.beat(), 100);
  return heart;
}

app.get('/heart', async (req, res) => {
  const heart = beating();
  const before = heart.count();
  // report: `Heart.beats`
  const text = readFileSync('heart.txt', 'utf8');
  heart.become(before + text.length);
  res.json(heart.count());
});

// The turns of the walk are at work on one at once.
class Score {
  private points = 0;

  value(): number {
    return this.points;
  }

  become(points: number): void {
    this.points = points;
  }
}

app.get('/score', async (req, res) => {
  const score = new Score();
  const all = ['a.txt', 'b.txt'].map(async (path) => {
    const before = score.value();
    // report: `Score.points`
    const text = readFileSync(path, 'utf8');
    score.become(before + text.length);
  });
  await Promise.all(all);
  res.json(score.value());
});

// It is at work on its own, under a name of which nothing is known.
class Batch {
  private done = 0;

  async run(): Promise<void> {
    await fetch('https://example.org/');
    const before = this.done;
    // report: `Batch.done`
    const text = readFileSync('batch.txt', 'utf8');
    this.done = before + text.length;
  }
}

app.get('/batch', async (req, res) => {
  const batch = new Batch();
  const any: any = batch;
  any.run().catch(() => undefined);
  await batch.run();
  res.end();
});

// A getter gives it, and so it is found.
class Guest {
  private visits = 0;

  get self(): Guest {
    return this;
  }

  next(): number {
    return this.visits + 1;
  }

  become(visits: number): void {
    this.visits = visits;
  }
}
const guests: Guest[] = [];

app.get('/guest', (req, res) => {
  const guest = new Guest();
  const other = guest.self;
  guests.push(other);
  const next = guest.next();
  // report: `Guest.visits`
  const text = readFileSync('guest.txt', 'utf8');
  guest.become(next);
  res.send(text);
});

app.get('/guests', (req, res) => {
  for (const guest of guests) guest.become(0);
  res.end();
});
