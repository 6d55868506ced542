import express from 'express';
import { count } from './hooks.js';
import { allSkills } from './skills.js';

const app = express();

app.get('/skills', async (req, res) => {
  res.json([await allSkills(), count()]);
});
