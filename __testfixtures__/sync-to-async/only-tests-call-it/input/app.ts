import express from 'express';
import { count } from './hooks.js';
import { allSkills } from './skills.js';

const app = express();

app.get('/skills', (req, res) => {
  res.json([allSkills(), count()]);
});
