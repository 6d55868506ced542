import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../../run/whole-file.ts';
import type { Outcome, Step } from '../outcome.ts';

/** What happened, and when. */
export type LogEntry = { readonly at: string } & (
  | { readonly event: 'start' }
  | { readonly event: 'stop' }
  | { readonly event: 'begin'; readonly repository: string }
  | { readonly event: 'step'; readonly repository: string; readonly step: Step }
  | { readonly event: 'end'; readonly repository: string; readonly state: Outcome['state'] }
  /** A job was stopped before its end. */
  | { readonly event: 'stopped'; readonly repository: string }
);

type Unstamped<T> = T extends unknown ? Omit<T, 'at'> : never;

/** What happened, without its time. */
export type LogEvent = Unstamped<LogEntry>;

const LOG = 'log.ndjson';

/** Adds a line to the log of a campaign. A line that a kill has cut off is closed first. */
export function append(state: string, event: LogEvent): void {
  const line = `${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`;
  appendFileSync(join(state, LOG), event.event === 'start' ? `\n${line}` : line);
}

/** What the log of a campaign says; lines that were cut off by a kill say nothing. */
export function readLog(state: string): LogEntry[] {
  let text: string;
  try {
    text = readFileSync(join(state, LOG), 'utf8');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      // Only this module writes it.
      return line === '' ? [] : [JSON.parse(line) as LogEntry];
    } catch {
      return [];
    }
  });
}
