/**
 * The text of a new module that makes a pino logger: its level from `LOG_LEVEL`, ISO timestamps, errors whole, and the usual
 * names of secrets hidden at the top of a record and one level down, which is as deep as a path of pino's `redact` says.
 * Source: https://getpino.io/#/docs/redaction
 */
export function newLoggerModule({
  name,
  isModule,
}: {
  readonly name: string;
  readonly isModule: boolean;
}): string {
  const isDefault = name === 'default';
  const local = isDefault ? 'logger' : name;
  const opening = isModule
    ? `import pino from 'pino';\n`
    : `'use strict';\n\nconst pino = require('pino');\n`;
  const closing = isDefault
    ? isModule
      ? `\nexport default ${local};\n`
      : `\nmodule.exports = ${local};\n`
    : isModule
      ? ''
      : `\nmodule.exports = { ${local} };\n`;
  return `${opening}
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
${isModule && !isDefault ? 'export ' : ''}const ${local} = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [...SECRETS, ...SECRETS.map((name) => \`*.\${name}\`), 'req.headers.authorization', 'req.headers.cookie'],
    censor: '[redacted]',
  },
});
${closing}`;
}
