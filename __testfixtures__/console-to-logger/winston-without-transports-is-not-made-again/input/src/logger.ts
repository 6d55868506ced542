import * as winston from 'winston';

const rawLogger = winston.createLogger();
rawLogger.add(new winston.transports.Console({ silent: true }));

function withPrefix(logger: winston.Logger): winston.Logger {
  return new Proxy(logger, {});
}

export const logger = withPrefix(rawLogger);
