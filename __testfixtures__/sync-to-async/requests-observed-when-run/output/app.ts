import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { join } from 'node:path';
import { access, readFile } from 'node:fs/promises';

async function pageOf(folder: string, name: string): Promise<string> {
  // safe: functions become async)
  return readFile(join(folder, `${name}.html`), 'utf8');
}

export function appIn(folder: string): Express {
  const app = express();
  app.use(async (req: Request, res: Response, next: NextFunction) => {
    // safe: fs.existsSync → await
    if (await access(join(folder, 'closed')).then(() => true, () => false)) res.status(503).send('closed');
    else next();
  });
  app.get('/pages/:name', async (req: Request, res: Response) => {
    res.send(await pageOf(folder, `${req.params.name}`));
  });
  app.get('/either/:name', async (req: Request, res: Response) => {
    try {
      res.send(await pageOf(folder, `${req.params.name}`));
    } catch {
      res.send('none');
    }
  });
  app.use((error: Error, req: Request, res: Response, next: NextFunction) => {
    res.status(500).send(`${error.name}: ${error.message}`);
  });
  return app;
}
