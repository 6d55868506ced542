import { createApp } from './app.js';
import { config } from './config.js';
import { startDatabase, stopDatabase } from './db.js';
import { runNightly } from './jobs/nightly.js';
import { logger } from './logger.js';
import { seed } from './seed.js';

const dayMs = 24 * 60 * 60 * 1000;

async function main(): Promise<void> {
  await startDatabase();
  await seed();

  const server = createApp().listen(config.port, config.host, (error) => {
    if (error) {
      console.error(`Cannot listen on port ${config.port}:`, error);
      process.exit(1);
    }
    console.log('===========================================');
    console.log(`  ${config.shopName} on http://${config.host}:${config.port}`);
    console.log('===========================================');
  });

  setInterval(() => {
    runNightly(new Date()).catch(console.error);
  }, dayMs).unref();

  const shutDown = (signal: string): void => {
    logger.info({ signal }, 'shutting down');
    server.close(() => {
      stopDatabase().then(
        () => process.exit(0),
        (error) => {
          console.error('The database did not stop', error);
          process.exit(1);
        },
      );
    });
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
}

process.on('uncaughtException', (error) => {
  console.error('Fatal:', error);
  process.exit(1);
});

await main();
