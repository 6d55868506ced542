import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import { config, root } from '../config.js';
import { sequelize } from '../db.js';

export const systemRouter = Router();

function currentCommit(): string {
  try {
    return execSync('git rev-parse --short HEAD', {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch (err) {
    console.warn('Not in a git repository', err);
    return 'unknown';
  }
}

function storedKilobytes(): number {
  mkdirSync(config.filesDir, { recursive: true });
  const output = execFileSync('du', ['-sk', config.filesDir], { encoding: 'utf8' });
  return Number.parseInt(output, 10);
}

systemRouter.get('/version', (_req, res) => {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  res.json({ name, version, commit: currentCommit() });
});

systemRouter.get('/health', async (_req, res) => {
  try {
    await sequelize.authenticate();
    res.json({ database: 'up', storedKilobytes: storedKilobytes() });
  } catch (error) {
    console.error(error);
    res.status(503).json({ database: 'down' });
  }
});
