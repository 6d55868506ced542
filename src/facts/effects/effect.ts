import type { Site } from '../../evidence.ts';

/**
 * Something outside of a piece of code that the code may read or write. A name of `*` stands for any of its kind, where it
 * could not be told which.
 */
export type Resource =
  /** A table, model or collection, by the name that the code calls it by. */
  | { readonly kind: 'table'; readonly database: string; readonly name: string }
  /** A file or folder; `name` is a path that is written as a literal. */
  | { readonly kind: 'file'; readonly name: string }
  /** What answers over the network: the package that is the client of one service, or a host. */
  | { readonly kind: 'host'; readonly name: string }
  /** A key of a cache, a queue or another store of keys: `name` is the store. */
  | { readonly kind: 'store'; readonly name: string }
  /** A variable; `id` tells it from others of its name. */
  | { readonly kind: 'variable'; readonly id: string; readonly name: string }
  /**
   * A property of an object that other code can reach; `owner` is its class where that is known, or `variable …` for an object
   * that is made for a variable, with `only` before it where that variable is the only way to it.
   */
  | { readonly kind: 'field'; readonly owner: string; readonly name: string }
  /** This process and its children: environment, working directory, signals, exit. */
  | { readonly kind: 'process'; readonly name: string }
  | { readonly kind: 'time' }
  | { readonly kind: 'random' }
  | { readonly kind: 'log' };

export type Access = 'read' | 'write';

/** That code reads or writes something. */
export interface Effect {
  readonly access: Access;
  readonly resource: Resource;
  /** The call or expression that does it, as it is written there: `User.findOne`. */
  readonly by: string;
  readonly seenAt: Site;
  /** Whether it is known to, or taken to by the name of what is called. */
  readonly certainty: 'proved' | 'assumed';
}

/** What a call of which nothing is known looks like by its name. */
export type Guess = 'read' | 'write' | 'other';

/** A call of which nothing is known, and why. */
export interface Unknown {
  /** The callee as it is written: `this.mailer.send`. */
  readonly callee: string;
  /** One clause that says why: "its package has no table here", "no function with a body was found". */
  readonly why: string;
  readonly guess: Guess;
  /** Whether its result is waited for (or is a promise that is passed on): only then can it do more than compute. */
  readonly isAwaited: boolean;
  /** Whether its result is dropped, so that it is called for what it does. */
  readonly isDropped: boolean;
  readonly seenAt: Site;
}

/** Code that throws or rejects on purpose. */
export interface Thrown {
  /** What is thrown, as it is written, shortened. */
  readonly text: string;
  /** Whether it refuses something to somebody: a permission, a session, a role. */
  readonly isAuthorization: boolean;
  readonly seenAt: Site;
}

/** A client whose calls run one after the other, or in one unit of work. */
export interface SharedClient {
  readonly kind: 'transaction' | 'connection';
  /** The name of what stands for it in the code: `tx`, `queryRunner`, `session`. Calls with the same `id` share it. */
  readonly name: string;
  readonly id: string;
  readonly certainty: 'proved' | 'assumed';
  readonly seenAt: Site;
}

/** Why the order or the pace of calls is part of what the code does. */
export interface Pacing {
  readonly kind: 'lock' | 'rate-limit' | 'sleep' | 'prompt' | 'event';
  readonly by: string;
  readonly seenAt: Site;
}

/** What running a piece of code does, with everything that it calls. */
export interface CodeFact {
  readonly effects: readonly Effect[];
  readonly unknown: readonly Unknown[];
  readonly thrown: readonly Thrown[];
  readonly clients: readonly SharedClient[];
  readonly pacing: readonly Pacing[];
  /** Whether it waits for something outside of the process; `unknown` where only something unknown may. */
  readonly io: 'yes' | 'no' | 'unknown';
}

/** Code that does nothing. */
export const NOTHING: CodeFact = {
  effects: [],
  unknown: [],
  thrown: [],
  clients: [],
  pacing: [],
  io: 'no',
};

/** A call of a database's library. */
export interface DatabaseCall {
  /** The library, as the `database` of its tables: `prisma`, `typeorm`. */
  readonly database: string;
  /** The table or model that it is about, `*` where that is not known. */
  readonly table: string;
  /** What the client was made with, as it is written: `{ omit: { user: { password: true } } }`. */
  readonly madeWith: string;
  /** How its callee came from the package, as the tables of libraries match it: `Repository#.findOne()`. */
  readonly path: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Whether functions of the project may come between any query and its result: Prisma's `$use`, anywhere. */
  readonly isIntercepted: boolean;
  /** Whether it is known to run in a transaction, or on one connection. */
  readonly isInTransaction: boolean;
}
