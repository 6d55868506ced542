/** Visitors at a server: all of them at once, or one alone. */
import autocannon from 'autocannon';
import type { Server } from './server.ts';
import {
  newLoneVisitor,
  newVisitors,
  noteAnswer,
  requestOf,
  VISIT,
  visitOf,
  type Step,
  type Visitor,
} from './visits.ts';

/** How a server did under a load. */
export interface Load {
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** In milliseconds, by endpoint. */
  readonly latencies: ReadonlyMap<string, readonly number[]>;
}

/** How many connections a load has: each visitor waits for an answer before asking again. */
export const CONNECTIONS = newVisitors().length;

/** How long a visit by everybody may take; about a second is to be expected. */
const VISIT_LIMIT_MS = 30_000;

/** Requests of one visit by everybody. */
export const REQUESTS_OF_A_VISIT = CONNECTIONS * VISIT.length;

/** A visit as autocannon takes it: https://github.com/mcollina/autocannon#usage */
const asRequests = (
  visitor: Visitor,
  answered: (step: Step, status: number, body: string) => void,
): autocannon.Request[] =>
  visitOf(visitor).map((step) => ({
    setupRequest: (request) => {
      const { headers, ...rest } = requestOf(step, visitor);
      return { ...request, ...rest, headers: { ...request.headers, ...headers } };
    },
    onResponse: (status, body) => answered(step, status, body),
  }));

/**
 * Has every visitor visit a server a number of times, all of them at once. What is asked depends on that number only, so that two
 * servers can be asked the same.
 * @throws {Error} where an answer is not the right one, or does not come.
 */
export function visitTogether({ url }: Pick<Server, 'url'>, times: number): Promise<Load> {
  const amount = times * REQUESTS_OF_A_VISIT;
  const waiting = newVisitors();
  const latencies = new Map<string, number[]>();
  let answers = 0;

  return new Promise((resolve, reject) => {
    const start = performance.now();
    let instance: autocannon.Instance | undefined;
    const fail = (error: unknown): void => {
      clearTimeout(limit);
      instance?.stop();
      reject(error);
    };
    const giveUp = (): void => fail(new Error(`${url} gave ${answers} answers to ${amount} requests.`));
    const limit = setTimeout(giveUp, times * VISIT_LIMIT_MS);
    const note = (endpoint: string, milliseconds: number): void => {
      const own = latencies.get(endpoint);
      if (own === undefined) latencies.set(endpoint, [milliseconds]);
      else own.push(milliseconds);
      answers++;
      if (answers < amount) return;
      clearTimeout(limit);
      resolve({ seconds: (performance.now() - start) / 1000, latencies });
    };
    const setUp = (client: autocannon.Client): void => {
      const visitor = waiting.pop();
      if (visitor === undefined) return;
      let now: Step | undefined;
      const answered = (step: Step, status: number, body: string): void => {
        try {
          noteAnswer(step, visitor, status, body);
          now = step;
        } catch (error) {
          fail(error);
        }
      };
      client.setRequests(asRequests(visitor, answered));
      // It comes right after the answer was handed to `answered`.
      client.on('response', (_status, _bytes, milliseconds) => {
        if (now !== undefined) note(now.endpoint, milliseconds);
      });
    };
    const ended = (error: unknown): void => {
      if (error !== null) fail(error);
      else if (answers < amount) giveUp();
    };
    instance = autocannon({ url, amount, connections: CONNECTIONS, setupClient: setUp }, ended);
    instance.on('reqError', fail);
  });
}

/** What one request cost while nobody else was there. */
export interface Cost {
  readonly endpoint: string;
  readonly milliseconds: number;
  /** Statements that went to the database. */
  readonly statements: number;
}

/**
 * Has one visitor visit a server once, with nobody else there.
 * @throws {Error} where an answer is not the right one.
 */
export async function visitAlone(server: Server): Promise<Cost[]> {
  const costs: Cost[] = [];
  const visitor = newLoneVisitor();
  for (const step of VISIT) {
    const { path, ...request } = requestOf(step, visitor);
    await server.watch();
    const start = performance.now();
    const response = await fetch(server.url + path, request);
    const body = await response.text();
    const milliseconds = performance.now() - start;
    noteAnswer(step, visitor, response.status, body);
    const { statements } = await server.reading();
    costs.push({ endpoint: step.endpoint, milliseconds, statements });
  }
  return costs;
}
