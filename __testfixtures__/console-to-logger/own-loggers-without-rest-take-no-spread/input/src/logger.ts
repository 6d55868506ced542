class Logger {
  info(message: string): void {
    process.stdout.write(message);
  }

  warn(message: string): void {
    process.stdout.write(message);
  }

  error(message: string): void {
    process.stderr.write(message);
  }
}

export const logger = new Logger();
