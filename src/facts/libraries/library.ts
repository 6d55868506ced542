import type { Resource } from '../effects/effect.ts';

/** An argument of a call of a library, as far as its text tells. */
export interface Argument {
  /** Its text, shortened to 200 characters. */
  readonly text: string;
  /** Its value where it is a literal text or a template without holes (or a constant that is bound to one). */
  readonly string?: string;
  /** The last name in it, where it is an identifier or a member: `User` in `models.User`. */
  readonly name?: string;
  /** The names of its properties, where it is an object literal. */
  readonly keys?: readonly string[];
  /** The texts of the values of those properties, by name. */
  readonly values?: Readonly<Record<string, string>>;
  /** Whether it is a function, or the name of one. */
  readonly isFunction: boolean;
}

/** One step of how a value came from a package. */
export type Step =
  /** `.name`; also an import by name, and a destructured property. The default export is no step. */
  | { readonly kind: 'member'; readonly name: string }
  /** `(…)`; a tagged template is a call whose first argument has the text of the template in `string` (holes as `?`). */
  | { readonly kind: 'call'; readonly args: readonly Argument[]; readonly typeArguments: readonly string[] }
  /** `new …(…)`, or a variable, parameter or field that is declared to be of that type. */
  | {
      readonly kind: 'instance';
      readonly args: readonly Argument[];
      readonly typeArguments: readonly string[];
    }
  /** A class of the project that extends what came before, or an instance of it (then an `instance` step follows). */
  | { readonly kind: 'subclass'; readonly name: string };

/** A value that came from a package. */
export interface LibraryValue {
  /** As it is imported: `node:fs` is `fs`, `fs/promises` keeps its path. Globals are of the package `global`. */
  readonly package: string;
  readonly steps: readonly Step[];
}

/** A call of something that came from a package: the last step is the call. */
export interface LibraryCall extends LibraryValue {
  /**
   * The steps in short, to match by a regular expression: members joined by `.`, `()` for a call, `#` for an instance, `<Name>`
   * for a subclass. `PrismaClient#.user.findMany()`, `Model<User>.findAll()`, `createConnection().query()`, `readFile()`, and `()`
   * where the default export itself is called.
   */
  readonly path: string;
  /** The arguments of the call itself. */
  readonly args: readonly Argument[];
}

/** What a call of a library does. */
export interface LibraryFact {
  readonly reads: readonly Resource[];
  readonly writes: readonly Resource[];
  /** Whether its result has to be waited for because it goes outside of the process or to a thread of its own. */
  readonly io: boolean;
  /**
   * Whether the result is made for this call alone: `deep` where nothing in it is shared with anybody, `shallow` where only
   * the outermost object is new, `no` where it may be shared.
   */
  readonly fresh: 'deep' | 'shallow' | 'no';
  /** The places of arguments that are functions which the call runs before it is done. Undefined: every function among them. */
  readonly runs?: readonly number[];
  /** The place of the argument that it changes, as `Object.assign` does. */
  readonly changes?: number;
  /** What it refuses or throws on purpose, as `findOrThrow` does: a clause for the evidence. */
  readonly throws?: string;
  /** It makes the caller wait on purpose, or in turn. */
  readonly pacing?: 'lock' | 'rate-limit' | 'sleep' | 'prompt' | 'event';
  /**
   * It runs on one connection or in one transaction, so that its calls do not overlap anyhow. For `transaction` opened by a
   * callback the parameter of the callback is the client: give the place of the callback in `opensTransactionIn`.
   */
  readonly on?: 'transaction' | 'connection';
  /** The place of the argument that is a callback whose parameters are a transaction's client. */
  readonly opensTransactionIn?: number;
}

/** What is known of the calls of some packages. */
export interface LibraryTable {
  /** The packages, as they are imported; `@aws-sdk/*` stands for all that begin so. */
  readonly packages: readonly string[];
  /** Where these facts are documented. */
  readonly source: string;
  /** What the call does; undefined where this table does not know it. */
  describe(call: LibraryCall): LibraryFact | undefined;
}

/** A call that only computes, and gives something new. */
export const PURE: LibraryFact = { reads: [], writes: [], io: false, fresh: 'shallow' };

/** A call that only computes, and may give back what it was given, or a part of it. */
export const PASSED_ON: LibraryFact = { ...PURE, fresh: 'no' };

/** A call that changes its first argument, and may give it back. */
export const CHANGES_FIRST: LibraryFact = { ...PASSED_ON, changes: 0 };

/** A call that reads `resources` outside of the process and gives something new. */
export const readsOf = (...resources: readonly Resource[]): LibraryFact => ({
  reads: resources,
  writes: [],
  io: true,
  fresh: 'deep',
});

/** A call that writes `resources` outside of the process. */
export const writesOf = (...resources: readonly Resource[]): LibraryFact => ({
  reads: [],
  writes: resources,
  io: true,
  fresh: 'deep',
});

/** One row of a table: the calls whose path matches, and what they do. */
export type Row = readonly [
  path: RegExp,
  does: LibraryFact | ((call: LibraryCall) => LibraryFact | undefined),
];

/** What the first of `rows` that matches says. */
export function describeBy(rows: readonly Row[]): LibraryTable['describe'] {
  return (call) => {
    for (const [path, does] of rows) {
      if (!path.test(call.path)) continue;
      const fact = typeof does === 'function' ? does(call) : does;
      if (fact !== undefined) return fact;
    }
    return undefined;
  };
}
