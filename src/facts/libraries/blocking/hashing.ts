import type { LibraryCall } from '../library.ts';
import type { ArgsChange, BlockingContext, BlockingTable, Difference } from './blocking-call.ts';
import {
  assumed,
  beside,
  blockingTable,
  brief,
  hasSpread,
  holds,
  named,
  none,
  promise,
  renamings,
  type BlockingRow,
  type Told,
} from './twins.ts';

const twinOf = (call: LibraryCall, args: ArgsChange = []): NonNullable<Told['twin']> =>
  promise(beside(call.package, call.path.replace(/Sync\(\)$/, '')), { args });

const COMPARE: BlockingRow = {
  path: /^compareSync\(\)$/,
  blocks: 'comparing a password with its hash',
  tell: (call) => ({ twin: twinOf(call) }),
};

/** A salt is made in microseconds, but is made for a hash, whose function has to wait anyway. */
const SALT: BlockingRow = {
  path: /^genSaltSync\(\)$/,
  blocks: 'making a salt',
  tell: (call) => ({
    twin: twinOf(call),
    differences: [holds('a salt takes microseconds: it is waited for as the hash is that it is made for')],
  }),
};

/** What `bcryptjs` does differently from `bcrypt`: it is written in JavaScript, and has no thread. */
const IN_TURNS: Difference = holds(
  '`bcryptjs` works on the same thread, in parts of 100 ms with turns of others between them',
);

/** The rounds that `hashSync` of `bcryptjs` takes where none are given, and `hash` refuses to go without. */
const ROUNDS = '10';

/** `hashSync` of `bcryptjs`: https://github.com/dcodeIO/bcrypt.js#hashsyncpassword-salt */
function hashInTurns(call: LibraryCall, context: BlockingContext): Told {
  if (hasSpread(call)) return none('a list is spread into its arguments');
  const rounds = call.args[1];
  if (rounds === undefined || rounds.text === 'undefined')
    return {
      twin: twinOf(call, [{ kind: 'replace', at: 1, text: ROUNDS }]),
      differences: [holds(`without rounds both take ${ROUNDS}, which \`hash\` has to be told`), IN_TURNS],
    };
  const isGiven =
    /^\d+$|^(?:Number|parseInt|Number\.parseInt)\(/.test(rounds.text) ||
    rounds.string !== undefined ||
    /^bcryptjs\.genSalt(?:Sync)?\(\)$/.test(context.madeBy?.(1) ?? '') ||
    context.isNumber?.(1) === true;
  const claim = `${named(call, 1)} is never \`undefined\`, for which \`hashSync\` takes ${ROUNDS} rounds and \`hash\` fails`;
  return { twin: twinOf(call), differences: isGiven ? [IN_TURNS] : [assumed(claim), IN_TURNS] };
}

const SAME_THREAD =
  'its form with a callback does the same work on the same thread, so that nothing is gained';

/** Packages that hash passwords and sign tokens. Of `argon2` and `sharp` every function gives a promise. */
export const BLOCKING_HASHING: readonly BlockingTable[] = [
  blockingTable({
    packages: ['bcrypt'],
    resource: 'cpu',
    source: 'https://github.com/kelektiv/node.bcrypt.js#api',
    rows: [
      { path: /^hashSync\(\)$/, blocks: 'hashing a password', tell: (call) => ({ twin: twinOf(call) }) },
      COMPARE,
      SALT,
    ],
  }),
  blockingTable({
    packages: ['bcryptjs'],
    resource: 'cpu',
    source: 'https://github.com/dcodeIO/bcrypt.js#api',
    rows: [
      { path: /^hashSync\(\)$/, blocks: 'hashing a password', tell: hashInTurns },
      { ...COMPARE, tell: (call) => ({ twin: twinOf(call), differences: [IN_TURNS] }) },
      SALT,
    ],
  }),
  renamings({
    packages: ['@node-rs/bcrypt', '@node-rs/argon2'],
    resource: 'cpu',
    source: 'https://github.com/napi-rs/node-rs/tree/main/packages',
    blocks: 'hashing a password',
    twins: {
      'hashSync()': 'hash',
      'hashRawSync()': 'hashRaw',
      'compareSync()': 'compare',
      'verifySync()': 'verify',
      'genSaltSync()': 'genSalt',
    },
  }),
  renamings({
    packages: ['@node-rs/jsonwebtoken'],
    resource: 'cpu',
    source: 'https://github.com/napi-rs/node-rs/tree/main/packages/jsonwebtoken',
    blocks: 'signing or verifying a token',
    twins: { 'signSync()': 'sign', 'verifySync()': 'verify' },
  }),
  blockingTable({
    packages: ['jsonwebtoken'],
    resource: 'cpu',
    source: 'https://github.com/auth0/node-jsonwebtoken#usage',
    rows: [
      {
        path: /^(?:sign|verify)\(\)$/,
        blocks: 'signing or verifying a token',
        // With a callback it blocks as well, but gives its result to somebody else.
        tell: (call) =>
          call.args.at(-1)?.isFunction === true && call.args.length > 2 ? undefined : brief(SAME_THREAD),
      },
    ],
  }),
];
