import { Worker } from 'bullmq';
import { Kafka } from 'kafkajs';
import { readFileSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import cron from 'node-cron';
import { WebSocketServer } from 'ws';

// What goes wrong in them ends the process, before and after.
createServer((req, res) => {
  // review: may end the process as an unhandled rejection
  res.end(readFileSync('page.html', 'utf8'));
}).listen(3000);

setInterval(() => {
  // review: No two runs of the timer are at work at once
  console.log(readFileSync('state.txt', 'utf8'));
}, 1000);

setTimeout(() => {
  // review: may end the process as an unhandled rejection
  console.log(readFileSync('later.txt', 'utf8'));
}, 1000).unref();

cron.schedule('* * * * *', () => {
  // review: No two runs of the job are at work at once
  unlinkSync('old.txt');
});

new WebSocketServer({ port: 3001 }).on('connection', (socket) => {
  // review: Events that come while one is still at work
  socket.send(readFileSync('hello.txt', 'utf8'));
});

// It waits for each message, and hears of errors.
new Worker('pages', (job) => {
  // safe: fs.readFileSync → await readFile
  return { text: readFileSync(`pages/${job.id}.html`, 'utf8') };
});

const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'pages' });

await consumer.run({
  eachMessage: async ({ topic }) => {
    // safe: fs.readFileSync → await readFile
    console.log(readFileSync(`topics/${topic}.txt`, 'utf8'));
  },
});

// Nothing is waited for once the process ends.
process.on('exit', () => {
  // report: uses what it returns at once
  unlinkSync('running.pid');
});

process.on('SIGTERM', () => {
  // report: Nobody is served meanwhile
  unlinkSync('running.pid');
  process.exit(0);
});
