import pino from 'pino';

const SECRETS = [
  'password',
  'passwd',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
  'privateKey',
  'authorization',
  'cookie',
  'session',
  'sessionId',
  'credentials',
  'card',
  'cardNumber',
  'cvv',
  'ssn',
];

/** The logger of this project: one JSON object a line on stdout, at the level that LOG_LEVEL names. */
export const logger = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [...SECRETS, ...SECRETS.map((name) => `*.${name}`), 'req.headers.authorization', 'req.headers.cookie'],
    censor: '[redacted]',
  },
});
