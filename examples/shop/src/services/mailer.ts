import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { config } from '../config.js';
import { logger } from '../logger.js';

export interface Mail {
  /** Names the mail: one that is sent twice is delivered once. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

const attempts = 3;
const outbox = join(config.filesDir, 'outbox');

/** Puts a mail into the outbox, from where it is delivered. Tries again when the disk refuses. */
export async function sendMail(mail: Mail): Promise<void> {
  await mkdir(outbox, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      await writeFile(
        join(outbox, `${mail.id}.txt`),
        `To: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}\n`,
      );
      logger.info({ mailId: mail.id }, 'mail queued');
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      console.error(`Mail ${mail.id}: attempt ${attempt} of ${attempts} failed`, error);
      await wait(50 * attempt);
    }
  }
}

/** Everything in the outbox, by name. */
export async function readOutbox(): Promise<{ name: string; text: string }[]> {
  await mkdir(outbox, { recursive: true });
  const names = (await readdir(outbox)).sort();
  const mails = [];
  for (const name of names) {
    const text = await readFile(join(outbox, name), 'utf8');
    mails.push({ name, text });
  }
  return mails;
}
