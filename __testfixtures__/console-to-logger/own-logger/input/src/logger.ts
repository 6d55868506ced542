class Logger {
  info(...args: unknown[]): void {
    // report: it is named like a part of the logger, and a record that it writes could come back to it
    console.log('[info]', ...args);
  }

  warn(...args: unknown[]): void {
    // report: it is named like a part of the logger, and a record that it writes could come back to it
    console.warn('[warn]', ...args);
  }

  error(...args: unknown[]): void {
    // report: it is named like a part of the logger, and a record that it writes could come back to it
    console.error('[error]', ...args);
  }
}

export const logger = new Logger();
