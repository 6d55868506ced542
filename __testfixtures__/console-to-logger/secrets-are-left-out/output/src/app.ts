import { logger } from './logger';

interface Login {
  email: string;
  password: string;
  remember: boolean;
}

export function login(name: string, password: string, login: Login, apiKey: string, headers: Record<string, string>): void {
  // review: `password` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ password: '[redacted]' }, 'login');
  // review: `password` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ name, password: '[redacted]' }, 'login of {name} with {password}');
  // review: `password` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ name, password: '[redacted]' }, 'login');
  // review: `login.password` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ loginPassword: '[redacted]', loginRemember: login.remember }, 'login');
  // review: `apiKey` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ apiKey: '[redacted]' }, 'key');
  // review: `headers.authorization` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ headersAuthorization: '[redacted]' }, 'header');
  // review: `headers.cookie` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ headersCookie: '[redacted]' }, 'cookie');
  // review: `token` is named like a secret, so that "[redacted]" is logged in its place
  logger.info(JSON.stringify({ name, token: '[redacted]' }));
  // review: `cardNumber` is named like a secret, so that "[redacted]" is logged in its place
  logger.info({ cardNumber: '[redacted]', cvv: '[redacted]' }, 'card');
  // review: `login.email` is named like a personal datum, so that "[redacted]" is logged in its place
  logger.info({ loginEmail: '[redacted]' }, 'ssn');
}
