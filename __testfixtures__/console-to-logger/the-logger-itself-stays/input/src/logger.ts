import pino from 'pino';
import { levelOf } from './settings.js';

export const logger = pino({ level: levelOf(process.env.LOG_LEVEL) });
