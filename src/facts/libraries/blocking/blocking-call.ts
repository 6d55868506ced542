import type { LibraryCall } from '../library.ts';

/** A name that a twin is called by. */
export interface TwinImport {
  /** The module that has it, without regard of how the file writes its imports: `node:fs/promises`, `fs-extra`. */
  readonly module: string;
  /** The exported name; `default` for the default export. */
  readonly name: string;
  /**
   * Whether the twin stands beside the blocking function, on the same object: `bcrypt.hash` beside `bcrypt.hashSync`, `dir.read` beside
   * `dir.readSync`. Where the blocking function was imported by name, so is its twin, from `module`; `default` is that object itself:
   * `spawn` beside `spawn.sync`.
   */
  readonly isSameObject: boolean;
  /** The local name to prefer, where the exported one tells too little or hides a global: `sleep` for `setTimeout`. */
  readonly local?: string;
}

/** One change of the arguments of a call. Places count the arguments as they are written before any change. */
export type ArgChange =
  /** The argument goes away. It is a literal, so that nothing is left undone. */
  | { readonly kind: 'drop'; readonly at: number }
  /** A text stands in place of an argument, or after the last one where `at` is the number of arguments. */
  | { readonly kind: 'replace'; readonly at: number; readonly text: string }
  /** The argument with a text before and after it: `Buffer.from(` and `)`. */
  | { readonly kind: 'wrap'; readonly at: number; readonly before: string; readonly after: string }
  /**
   * A property of an object literal is added at its end, or its value replaced. Where `at` is the number of arguments, an object with this
   * property is added.
   */
  | { readonly kind: 'set'; readonly at: number; readonly property: string; readonly value: string }
  /** A property of an object literal goes away. Its value is a literal. */
  | { readonly kind: 'unset'; readonly at: number; readonly property: string };

/** How the arguments of the twin differ from those of the blocking call, all changes made at once. */
export type ArgsChange = readonly ArgChange[];

/** How the awaited value has to be read to be what the blocking call gave. */
export type ResultChange =
  /** A property of it: `(await exec(command)).stdout`. */
  | { readonly kind: 'member'; readonly name: string }
  /** What a text before and after it make of it: `Buffer.from(` and `)`. */
  | { readonly kind: 'wrap'; readonly before: string; readonly after: string };

/** A part of an expression: its text as it stands, the call's argument at a place, all its arguments, or the local name of an import. */
export type TwinPiece =
  string | { readonly arg: number } | { readonly args: 'all' } | { readonly import: number };

/** How the result of a blocking call is had without blocking. */
export type Twin =
  /** The same call under another name of a module, awaited: `await readFile(path)`. Arguments stay as they are unless `args` says otherwise. */
  | {
      readonly kind: 'promise';
      readonly from: TwinImport;
      readonly args?: ArgsChange;
      readonly result?: ResultChange;
    }
  /** A function with a callback that has to be promisified once in the module: `const scryptAsync = promisify(crypto.scrypt)`. */
  | {
      readonly kind: 'callback';
      readonly from: TwinImport;
      /** The local name to prefer: `scryptAsync`. */
      readonly promisified: string;
      readonly args?: ArgsChange;
      readonly result?: ResultChange;
    }
  /**
   * An expression of its own around the arguments: `access(path).then(() => true, () => false)`. It is a chain of calls, so that `await`
   * may stand before it without parentheses, and it runs each argument that it names once, in their order.
   */
  | {
      readonly kind: 'expression';
      readonly imports: readonly TwinImport[];
      readonly pieces: readonly TwinPiece[];
    };

/** A sentence about the blocking call and its twin that could be false. */
export interface Difference {
  /** `holds` where the arguments prove it or it was measured, `assumed` where the reader has to know it, `fails` where it is false here. */
  readonly verdict: 'holds' | 'assumed' | 'fails';
  readonly claim: string;
}

/** What a call keeps busy while it blocks. */
export type BlockedBy = 'file' | 'process' | 'cpu' | 'sleep';

/** A call that lets nothing else run until it is done. */
export interface BlockingCall {
  /** Module and function: `fs.readFileSync`. */
  readonly id: string;
  readonly resource: BlockedBy;
  /** What blocks, for a title: `reading a file`. */
  readonly blocks: string;
  /** How it is done without blocking; undefined where there is no way, or none in this form. */
  readonly twin: Twin | undefined;
  /** Why it cannot be rewritten in this form, where there is no twin: one clause. */
  readonly why?: string;
  /** What differs between the call and its twin, or was found not to. Empty where both are the same. */
  readonly differences: readonly Difference[];
  /** Whether nothing is to be gained: it takes microseconds, or the other form does the same work on the same thread. */
  readonly isBrief?: boolean;
  /** Where the fact is documented. */
  readonly source: string;
}

/** What is known around a call. Only `isResultUsed` has to be; where one of the others says nothing, the answer is the careful one. */
export interface BlockingContext {
  /** Whether anything is done with what the call gives. */
  readonly isResultUsed: boolean;
  /** The properties that are read off the result, where nothing else is done with it: `['status']`. */
  readonly resultMembers?: readonly string[] | undefined;
  /** The properties that are read off what the call throws, where nothing else is done with it; empty where nobody catches it. */
  readonly thrownMembers?: readonly string[] | undefined;
  /** The range of a package's versions in package.json: `^8.0.1`. */
  versionOf?(name: string): string | undefined;
  /** Whether the argument at a place is a number, as far as its type tells: a descriptor is, a path is not. */
  isNumber?(at: number): boolean | undefined;
  /** The call of a library that gave the argument at a place, where it is known to be that alone: `bcryptjs.genSaltSync()`. */
  madeBy?(at: number): string | undefined;
}

/** What is known of the blocking calls of some packages. */
export interface BlockingTable {
  /** The packages, as they are imported, without `node:`. */
  readonly packages: readonly string[];
  /** What is known of a call; undefined where it does not block, or this table does not know it. */
  describe(call: LibraryCall, context: BlockingContext): BlockingCall | undefined;
}
