import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';

export const app = express();

// Whoever comes meanwhile reads the same.
let robots = '';

app.get('/robots.txt', (_request, response) => {
  if (!robots) {
    const file = process.env['ROBOTS'] ?? path.join(import.meta.dirname, 'robots.txt');
    // review: It does not matter that several turns may fill the variable `robots` at once (line 16)
    if (existsSync(file)) {
      // review: It does not matter that several turns may fill the variable `robots` at once (line 16)
      robots = readFileSync(file).toString().trim();
    } else {
      response.status(404).json({ message: 'Not found' });
      return;
    }
  }
  response.send(robots);
});

let texts: { title: string } | undefined;

function textsOf(): { title: string } {
  // review: several turns may fill the variable `texts` at once
  texts ??= JSON.parse(readFileSync('texts.json', 'utf8')) as { title: string };
  return texts;
}

app.get('/title', (_request, response) => {
  response.send(textsOf().title);
});

// What one request asks for is not what another one does.
let page: string | undefined;

app.get('/page', (request, response) => {
  const name = String(request.query['name']);
  // report: one could change the variable `page`
  if (!page) page = readFileSync(name, 'utf8');
  response.send(page);
});

// What is made of it may be open.
let pool: Pool | undefined;

class Pool {
  readonly options: string;

  constructor(options: string) {
    this.options = options;
  }
}

app.get('/pool', (_request, response) => {
  // report: one could change the variable `pool`
  pool ??= new Pool(readFileSync('pool.json', 'utf8'));
  response.send(pool.options);
});

// Something else is done once.
let license: string | undefined;
let starts = 0;

app.get('/license', (_request, response) => {
  if (license === undefined) {
    starts += 1;
    // report: one could change the variable `license`
    license = readFileSync('license.txt', 'utf8');
  }
  response.send([license, String(starts)].join());
});

// It is emptied, and filled anew with something else.
let news: string | undefined;

app.get('/news', (_request, response) => {
  // report: one could change the variable `news`
  if (!news) news = readFileSync('news.txt', 'utf8');
  response.send(news);
});

app.delete('/news', (_request, response) => {
  news = undefined;
  response.end();
});

// It is there before all of it is read.
let build: { sha: string } | undefined;

app.get('/build', (_request, response) => {
  if (!build) {
    build = { sha: '' };
    // report: see or change the variable `build`
    build.sha = readFileSync('SHA', 'utf8');
  }
  response.send(build.sha);
});

// It is no cache, but lets one in.
let first: { at: number } | undefined;

app.get('/first', (_request, response) => {
  if (!first) {
    // report: one could change the variable `first`
    const text = readFileSync('first.txt', 'utf8');
    first = { at: Date.now() };
    response.send(text);
    return;
  }
  response.end();
});

// Where it is read from is known to all, but not the same for all.
let folder = 'a';
let shown: string | undefined;

app.get('/shown', (request, response) => {
  folder = String(request.query['folder']);
  // report: one could change the variable `shown`
  if (!shown) shown = readFileSync(folder, 'utf8');
  response.send(shown);
});

// Who holds it may go on.
let holder: { by: string } | undefined;

function takenBy(id: string): boolean {
  if (!holder) {
    // report: one could change the variable `holder`
    const text = readFileSync('holder.txt', 'utf8');
    holder = { by: id + text };
    return true;
  }
  return false;
}

app.get('/taken', (request, response) => {
  response.send(String(takenBy(String(request.query['id']))));
});

// A function of the project reads it, and does nothing else.
const versionOf = (): string => {
  // review: several turns may fill the variable `version` at once
  return readFileSync('version.txt', 'utf8').trim();
};
let version: string | undefined;

app.get('/version', (_request, response) => {
  version ??= versionOf();
  response.send(version);
});

// What fills it counts how often it did.
let fills = 0;
const noteOf = (): string => {
  fills += 1;
  // report: the variable `counted`
  return `${fills} ${readFileSync('note.txt', 'utf8')}`;
};
let counted: string | undefined;

app.get('/counted', (_request, response) => {
  counted ??= noteOf();
  response.send(counted);
});

// Only tests empty it.
let skills: readonly string[] | null = null;

function skillsOf(): readonly string[] {
  if (!skills) {
    // review: several turns may fill the variable `skills` at once
    skills = readFileSync('skills.txt', 'utf8').split(',');
  }
  return skills;
}

export function forgetSkillsForTests(): void {
  skills = null;
}

app.get('/skills', (_request, response) => {
  response.json(skillsOf());
});
