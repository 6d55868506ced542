import { pino } from 'pino';

export const logger = pino({ name: 'shop', level: process.env.LOG_LEVEL ?? 'info' });
