import express from 'express';
import { existsSync, readFileSync } from 'node:fs';
import { tool, runTools } from 'toolbox';
import { loadDraft, type Draft } from './draft.js';

const app = express();

app.post('/draft', async (req, res) => {
  const draft = await loadDraft(req.body.id);
  draft.add(req.body.text);
  // review: No other turn has the `Draft` that is made for each call
  const footer = readFileSync('footer.txt', 'utf8');
  draft.add(footer);
  res.send(draft.text());
});

// It is handed on, and back.
function sign(draft: Draft): Draft {
  draft.add('Yours');
  // review: No other turn has the `Draft` that is made for each call
  draft.add(readFileSync('name.txt', 'utf8'));
  return draft;
}

app.post('/signed', async (req, res) => {
  const draft = await loadDraft(req.body.id);
  const signed = sign(draft);
  res.send(signed.text());
});

// Another object that each request makes has it.
class Writer {
  constructor(private readonly draft: Draft) {}

  copy(path: string): void {
    this.draft.add(path);
    // review: No other turn has the `Draft` that is made for each call
    this.draft.add(readFileSync(path, 'utf8'));
  }
}

app.post('/written', async (req, res) => {
  const draft = await loadDraft(req.body.id);
  const writer = new Writer(draft);
  writer.copy('terms.txt');
  res.send(draft.text());
});

// What a library makes of a function that knows it is only used later.
app.post('/tools', async (req, res) => {
  const draft = await loadDraft(req.body.id);
  const tools = { note: tool({ run: (text: string) => draft.add(text) }) };
  draft.add('Notes');
  // review: `tool` does not run what it is handed
  if (existsSync('notes.txt')) draft.add('There are some');
  await runTools(tools);
  res.send(draft.text());
});

// All of one list are waited for before the next.
async function check(draft: Draft, word: string): Promise<void> {
  await fetch(`https://example.org/${word}`);
  draft.add(word);
}

app.post('/checked', async (req, res) => {
  const draft = await loadDraft(req.body.id);
  await Promise.all([check(draft, 'a'), check(draft, 'b')]);
  draft.add('Checked');
  // review: No other turn has the `Draft` that is made for each call
  draft.add(readFileSync('checked.txt', 'utf8'));
  res.send(draft.text());
});

// What knows it and runs by itself begins behind the wait.
app.post('/kept', async (req, res) => {
  const draft = await loadDraft(req.body.id);
  draft.add('Kept');
  // review: No other turn has the `Draft` that is made for each call
  draft.add(readFileSync('kept.txt', 'utf8'));
  const timer = setInterval(() => draft.add('still there'), 1000);
  setTimeout(() => clearInterval(timer), 5000);
  res.send(draft.text());
});
