import type { Span } from '../../edits/edit.ts';
import type { Evidence, Site } from '../../evidence.ts';

/** A stretch of a file of the run. */
export interface Place {
  /** Absolute path. */
  readonly path: string;
  readonly span: Span;
}

/** A function that has to become asynchronous. */
export interface ConeFunction extends Place {
  /** What it is called in a sentence: `load`, `Store.load`, `the callback of map`. */
  readonly name: string;
  /** Where its body begins: one function may end where another one ends. */
  readonly body: number;
  readonly seenAt: Site;
}

/** An expression that has to be awaited, in a function that is asynchronous or becomes so. */
export interface ConeWait extends Place {
  /** The function that waits. */
  readonly in: string;
}

/** A method of an array whose callback becomes asynchronous. */
export interface ConeWalk extends Place {
  readonly method: 'map' | 'forEach' | 'flatMap' | 'filter' | 'some' | 'every' | 'find';
  /** The callback, where it is written there. */
  readonly callback: Place;
}

/** A handler of Express 4, which does not look at promises: its errors have to be handed to `next`. */
export interface ConeGuard extends ConeFunction {
  /** The name of the parameter that errors are handed to. */
  readonly next: string;
  /** Whether the parameter has to be added after the others. */
  readonly isAdded: boolean;
}

/** A declared type of what a function returns. */
export interface ConeType extends Place {
  /**
   * What becomes of it: `promise` → `Promise<T>`; `either` → `T | Promise<T>`, for the type of a callback that others still give a
   * synchronous function for; `comment` → `Promise<T>` in a comment.
   */
  readonly becomes: 'promise' | 'either' | 'comment';
}

/** How the code of a function comes to run. */
export interface Reach {
  /**
   * `request`, `message` and `job`: while others are served. `unknown`: by somebody outside of what is looked at. `start`: once, when a
   * module loads or the program starts; `command`: by a person at a terminal; `test`: by tests alone.
   */
  readonly by: 'request' | 'message' | 'job' | 'unknown' | 'start' | 'command' | 'test';
  /** One clause that says so: "the handler of `app.get('/invoice')` comes to it". */
  readonly how: string;
  readonly seenAt: Site;
}

/** What is known of a call that a cone is asked for. */
export interface Leaf {
  /** Whether it only waits, and touches nothing itself. */
  readonly isIdle?: boolean;
  /** Code before it in the same file that goes away with the change, so that it touches nothing any more. */
  readonly without?: Span;
}

/** Everything that has to change so that a call can be waited for: up the call graph to where somebody can wait. */
export interface Cone {
  /** The functions that become asynchronous, the one around the call first. */
  readonly functions: readonly ConeFunction[];
  /** The calls of those that have to be awaited; the call itself is not among them. */
  readonly waits: readonly ConeWait[];
  readonly walks: readonly ConeWalk[];
  readonly types: readonly ConeType[];
  readonly guards: readonly ConeGuard[];
  /** Whether the call itself has to be awaited; not where its promise is returned as it is. */
  readonly isAwaited: boolean;
  /** What was proved, taken for granted, or stands against it, at every place on the way. */
  readonly evidence: readonly Evidence[];
}
