import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { HttpError } from './errors.js';
import { logger } from './logger.js';
import { customersRouter } from './routes/customers.js';
import { ordersRouter } from './routes/orders.js';
import { productsRouter } from './routes/products.js';
import { reportsRouter } from './routes/reports.js';
import { systemRouter } from './routes/system.js';

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  // Express's body parser marks what the client did wrong.
  if (error instanceof Error && 'expose' in error && error.expose === true && 'status' in error) {
    return Number(error.status);
  }
  return 500;
}

export function createApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.use((req, res, next) => {
    res.on('finish', () =>
      logger.info({ method: req.method, url: req.originalUrl, status: res.statusCode }, 'answered'),
    );
    next();
  });

  app.use('/orders', ordersRouter);
  app.use('/products', productsRouter);
  app.use('/customers', customersRouter);
  app.use('/reports', reportsRouter);
  app.use('/', systemRouter);

  app.use((req, res) => {
    console.warn(`Nothing answers ${req.method} ${req.path}`);
    res.status(404).json({ error: 'There is nothing here.' });
  });

  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    const status = statusOf(error);
    if (status === 500) console.error('Request failed:', req.method, req.originalUrl, error);
    res.status(status).json({
      error: status < 500 && error instanceof Error ? error.message : 'Something went wrong.',
    });
  });
  return app;
}
