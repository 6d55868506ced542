import { parentPort } from 'node:worker_threads';
import { resize } from './resize.ts';
import { logger } from './logger.ts';

parentPort?.on('message', (size: number) => {
  // review: the logger is set up in the worker or child process too
  logger.info('resizing');
  resize(size);
});
