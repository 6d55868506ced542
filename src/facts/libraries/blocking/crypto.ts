import type { LibraryCall } from '../library.ts';
import type { BlockingTable } from './blocking-call.ts';
import {
  beside,
  blockingTable,
  brief,
  callback,
  none,
  optionAt,
  type BlockingRow,
  type Told,
} from './twins.ts';

const MODULE = 'node:crypto';

/**
 * The form with a callback, which a thread of the pool works on. It gives the same values and errors; `generateKeyPair` an object with
 * both keys: https://nodejs.org/docs/latest-v20.x/api/crypto.html#cryptogeneratekeypairtype-options-callback
 */
const pooled = (call: LibraryCall): Told => ({
  twin: callback(beside(MODULE, call.path.replace(/Sync\(\)$/, ''))),
});

/** Keys on curves are made in less time than a thread is woken in. */
const SHORT_KEYS = /^(?:ec|ed25519|ed448|x25519|x448)$/;

const keyPair = (call: LibraryCall): Told =>
  SHORT_KEYS.test(call.args[0]?.string ?? '')
    ? brief('a pair of keys on a curve is made in some 50 µs')
    : pooled(call);

/** As many random bytes take some 25 µs, less than it takes to ask another thread for them. */
const FEW_BYTES = 65_536;

function randomBytes(call: LibraryCall): Told | undefined {
  if (call.args.length !== 1) return undefined;
  const size = call.args[0]?.text ?? '';
  if (!/^\d[\d_]*$/.test(size))
    return brief('how many bytes it asks for is not written, and a few take microseconds');
  return Number(size.replaceAll('_', '')) <= FEW_BYTES
    ? brief('so few bytes take microseconds')
    : { twin: callback(beside(MODULE, 'randomBytes')) };
}

/** A prime that is checked by an option of its own: the number of bits decides how long it takes. */
function prime(call: LibraryCall): Told {
  const safe = optionAt(call, 1, 'safe');
  const bits = Number(/^\d+$/.exec(call.args[0]?.text ?? '')?.[0] ?? Number.POSITIVE_INFINITY);
  return bits <= 64 && safe.kind === 'absent'
    ? brief('so small a prime is found in microseconds')
    : pooled(call);
}

const ROWS: readonly BlockingRow[] = [
  { path: /^(?:pbkdf2Sync|scryptSync)\(\)$/, blocks: 'deriving a key', tell: pooled },
  { path: /^hkdfSync\(\)$/, blocks: 'deriving a key', tell: () => brief('it takes some 15 µs') },
  { path: /^generateKeyPairSync\(\)$/, blocks: 'making keys', tell: keyPair },
  { path: /^generateKeySync\(\)$/, blocks: 'making a key', tell: () => brief('it takes some 5 µs') },
  { path: /^generatePrimeSync\(\)$/, blocks: 'looking for a prime', tell: prime },
  { path: /^checkPrimeSync\(\)$/, blocks: 'testing a prime', tell: pooled },
  { path: /^(?:randomBytes|pseudoRandomBytes)\(\)$/, blocks: 'making random bytes', tell: randomBytes },
  {
    path: /^randomFillSync\(\)$/,
    blocks: 'making random bytes',
    tell: () => brief('how many bytes it asks for is not written, and a few take microseconds'),
  },
  {
    path: /^randomInt\(\)$/,
    blocks: 'making a random number',
    tell: (call) =>
      call.args.some(({ isFunction }) => isFunction) ? undefined : brief('it takes less than 1 µs'),
  },
  {
    path: /^argon2Sync\(\)$/,
    blocks: 'hashing a password',
    tell: pooled,
    source: 'https://nodejs.org/docs/latest-v24.x/api/crypto.html#cryptoargon2syncalgorithm-parameters',
  },
];

/**
 * The blocking functions of Node's `crypto`, and `pbkdf2`, which has one of them for browsers too:
 * https://github.com/browserify/pbkdf2
 */
export const BLOCKING_CRYPTO: readonly BlockingTable[] = [
  blockingTable({
    packages: ['crypto'],
    resource: 'cpu',
    source: 'https://nodejs.org/docs/latest-v20.x/api/crypto.html',
    rows: ROWS,
  }),
  blockingTable({
    packages: ['pbkdf2'],
    resource: 'cpu',
    source: 'https://github.com/browserify/pbkdf2#readme',
    rows: [
      {
        path: /^pbkdf2Sync\(\)$/,
        blocks: 'deriving a key',
        tell: (call) =>
          call.args.length === 5
            ? { twin: callback(beside('pbkdf2', 'pbkdf2')) }
            : none('its digest is not given, which the form with a callback wants'),
      },
    ],
  }),
];
