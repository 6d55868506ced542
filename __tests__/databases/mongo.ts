import { createServer, type Socket } from 'node:net';
import mongoose from 'mongoose';
import { createDocuments, type Fields } from './mongo-documents.ts';
import { createCommands, Refusal } from './mongo-commands.ts';

const { BSON } = mongoose.mongo;

/** A server that speaks MongoDB's protocol, which clients reach over TCP. */
export interface Mongo {
  /** Where a client connects to. */
  readonly url: string;
  /** The commands that count, of all clients, as they came over the wire since the last reset. */
  readonly statements: readonly string[];
  /** Turns every client out and leaves nothing but what `seed` holds: documents in extended JSON by their collection. */
  reset(seed: string): Promise<void>;
  /** The documents of each collection that has any, as extended JSON, in an order of their own. */
  dump(): ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

/**
 * Starts a server that does as one member of a replica set would, on documents in memory. What it does not do:
 * - transactions: they are accepted, but nothing is kept from others and nothing is taken back;
 * - plans: it reads all documents in the order of their insertion, so that what is found without a sort comes in that order, while MongoDB
 *   may give it in the order of an index; `hint` is ignored, there is no `explain`;
 * - indexes other than unique ones (sparse or with a partial filter too); none for texts, places or a time to live;
 * - kinds of numbers: each comes back as the smallest that holds it (1.0 as an int), and Decimal128 can be found by equality only;
 * - collations, `let`, `$slice` and `$meta` in projections, `$out` and `$merge`: it refuses them;
 * - change streams, users, validation, capped collections, views, limits of size and time, reads and writes with a concern: these have no effect;
 * - operators that mingo has not, or has otherwise: https://github.com/kofrasa/mingo.
 */
export async function startMongo(): Promise<Mongo> {
  const documents = createDocuments();
  const statements: string[] = [];
  const sockets = new Set<Socket>();
  let address = '';
  const run = createCommands(documents, () => address);

  const answer = (command: Fields): Fields => {
    const [name = ''] = Object.keys(command);
    if (COUNTED.has(name)) statements.push(textOf(command));
    return run(name, command);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on(
      'data',
      messageReader((message) => socket.write(replyTo(message, answer))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  address = `127.0.0.1:${bound.port}`;

  return {
    url: `mongodb://${address}/test?directConnection=true`,
    statements,
    async reset(seed) {
      for (const socket of sockets) socket.destroy();
      await forgetModels();
      documents.fill('test', seed);
      statements.length = 0;
    },
    dump: () => documents.dump('test'),
    async close() {
      await forgetModels();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * The commands that count: those that read or write. What makes collections and indexes, greets, and ends sessions, transactions and cursors
 * is up to the client and not to the program.
 */
const COUNTED = new Set([
  'find',
  'getMore',
  'insert',
  'update',
  'delete',
  'aggregate',
  'count',
  'distinct',
  'findAndModify',
]);

/** A command as text, without what tells the session. */
const textOf = (command: Fields): string =>
  BSON.EJSON.stringify(Object.fromEntries(Object.entries(command).filter(([key]) => !OF_SESSION.has(key))));

const OF_SESSION = new Set([
  'lsid',
  '$db',
  '$clusterTime',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'readConcern',
  '$readPreference',
]);

/**
 * Makes the models of a program unknown to Mongoose, which keeps them for all programs of a process, and closes its connections.
 * @see https://mongoosejs.com/docs/api/mongoose.html#Mongoose.prototype.deleteModel()
 */
async function forgetModels(): Promise<void> {
  await mongoose.disconnect();
  mongoose.deleteModel(/^/);
}

interface Message {
  readonly id: number;
  /** The number of the kind of message. */
  readonly kind: number;
  readonly body: Buffer;
}

/** The kinds of messages: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;

/** A reader of what a client sends, which calls `onMessage` for each message when all of it has come. */
function messageReader(onMessage: (message: Message) => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= HEADER && pending.length >= pending.readInt32LE(0)) {
      const end = pending.readInt32LE(0);
      const [id, kind] = [pending.readInt32LE(4), pending.readInt32LE(12)];
      onMessage({ id, kind, body: pending.subarray(HEADER, end) });
      pending = pending.subarray(end);
    }
  };
}

function replyTo(message: Message, answer: (command: Fields) => Fields): Buffer {
  const isLegacy = message.kind === OP_QUERY;
  if (!isLegacy && message.kind !== OP_MSG)
    throw new Error(`Messages of kind ${message.kind} are not known.`);
  const reply = BSON.serialize(
    answerOrRefusal(isLegacy ? legacyCommandIn(message.body) : commandIn(message.body), answer),
  );
  // Before the document: no flags and the kind of the section, or for the old reply its flags, cursor, start and number of documents.
  const before = isLegacy ? Buffer.alloc(20) : Buffer.alloc(5);
  if (isLegacy) before.writeInt32LE(1, 16);
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + before.length + reply.length, 0);
  header.writeInt32LE(message.id, 8);
  header.writeInt32LE(isLegacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, before, reply]);
}

function answerOrRefusal(asked: Fields, answer: (command: Fields) => Fields): Fields {
  try {
    return { ...answer(asked), ok: 1 };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Refusal ? error.code : FAILED_TO_PARSE;
    return { ok: 0, errmsg: message, code, codeName: 'Refused' };
  }
}

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const FAILED_TO_PARSE = 9;

/** The command of an `OP_QUERY`, which drivers still greet with: after the flags, the name of the collection and two numbers. */
const legacyCommandIn = (body: Buffer): Fields =>
  BSON.deserialize(body.subarray(body.indexOf(0, 4) + 1 + 8), READING);

/** The command of an `OP_MSG`: a document, and lists of documents that belong to a key of it. */
function commandIn(body: Buffer): Fields {
  let result: Fields = {};
  const lists: Fields = {};
  for (let at = 4; at < body.length;) {
    const isList = body[at++] === 1;
    const end = at + body.readInt32LE(at);
    if (isList) {
      const nameEnd = body.indexOf(0, at + 4);
      lists[body.toString('utf8', at + 4, nameEnd)] = documentsIn(body.subarray(nameEnd + 1, end));
    } else result = BSON.deserialize(body.subarray(at, end), READING);
    at = end;
  }
  return { ...result, ...lists };
}

function documentsIn(bytes: Buffer): Fields[] {
  const found: Fields[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + bytes.readInt32LE(at);
    found.push(BSON.deserialize(bytes.subarray(at, end), READING));
    at = end;
  }
  return found;
}

const READING = { promoteBuffers: false };
