import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function pageOf(folder: string, name: string): string {
  // safe: functions become async)
  return readFileSync(join(folder, `${name}.html`), 'utf8');
}

export function appIn(folder: string): Express {
  const app = express();
  app.use((req: Request, res: Response, next: NextFunction) => {
    // safe: fs.existsSync → await
    if (existsSync(join(folder, 'closed'))) res.status(503).send('closed');
    else next();
  });
  app.get('/pages/:name', (req: Request, res: Response) => {
    res.send(pageOf(folder, `${req.params.name}`));
  });
  app.get('/either/:name', (req: Request, res: Response) => {
    try {
      res.send(pageOf(folder, `${req.params.name}`));
    } catch {
      res.send('none');
    }
  });
  app.use((error: Error, req: Request, res: Response, next: NextFunction) => {
    res.status(500).send(`${error.name}: ${error.message}`);
  });
  return app;
}
