import type { Outcome, Step } from '../outcome.ts';

/** The steps that talk to other machines in ways that may be repeated. */
const REMOTE: ReadonlySet<Step | undefined> = new Set<Step>(['clone', 'push']);

/** What git, curl and ssh say where it is the network or the host that fails, and not what was asked for. */
const OF_NETWORK = [
  /could not resolve host/i,
  /temporary failure in name resolution/i,
  /failed to connect to/i,
  /couldn't connect to server/i,
  /connection (?:timed out|refused|reset|was reset|closed by)/i,
  /operation timed out/i,
  /network is unreachable/i,
  /no route to host/i,
  /early eof/i,
  /unexpected disconnect/i,
  /the remote end hung up unexpectedly/i,
  /rpc failed/i,
  /(?:returned error:|http) (?:408|425|429|5\d\d)\b/i,
  /kex_exchange_identification/i,
  /\b(?:gnutls|ssl|tls)\b.*(?:reset|eof|terminated|timed out|syscall)/i,
  /not done after \d+ s/,
];

/** Whether an outcome is a failure that may be none another time: then it is no outcome yet. */
export const mayPass = ({ state, step, reason = '' }: Outcome): boolean =>
  state === 'failed' && REMOTE.has(step) && OF_NETWORK.some((pattern) => pattern.test(reason));
