import winston from 'winston';

const { combine, errors, json, timestamp } = winston.format;

export const logger = winston.createLogger({
  level: 'info',
  format: combine(errors({ stack: true }), timestamp(), json()),
  transports: [new winston.transports.Console()],
});
