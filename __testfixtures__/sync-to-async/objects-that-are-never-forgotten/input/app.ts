import express from 'express';
import { agents, copyOf, general } from './agents.js';
import { all } from './lost.js';
import { pick } from './pick.js';
import { parts } from './registry.js';
import { registry } from './tools.js';

const app = express();

app.get('/agents/:kind', async (req, res) => {
  const agent = agents[req.params.kind] ?? copyOf(general);
  res.json([await agent.prompt('a.txt'), pick({ a: 1 }, req.params.kind)]);
});

app.get('/lost', (req, res) => {
  res.json(all());
});

app.get('/tools/:kind', (req, res) => {
  const named = registry as any;
  // @ts-expect-error: nothing says that there is such a part
  const part = parts[req.params.kind];
  res.json([
    pick(named[req.params.kind], 'tool'),
    pick(part, 'part'),
    registry.hammer.use('a.txt'),
    parts.wheel.fit('a.txt'),
  ]);
});
