/** Something that this toolkit refuses or cannot do, told by its message: no fault in it. */
export class HastenError extends Error {
  override readonly name: string = 'HastenError';
}

/** A request, a command line or a configuration asks for something that there is not, or that does not go together. */
export class UsageError extends HastenError {
  override readonly name: string = 'UsageError';
}

/** A baseline that cannot be used although it was asked for rightly. */
export class BaselineError extends HastenError {
  override readonly name = 'BaselineError';
}

/** Why nothing may be written or undone, or nothing is known of it: a sentence about `path`, as in a failure. */
export class JournalError extends HastenError {
  override readonly name = 'JournalError';
  /** Absolute path. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}

/** Another process holds the lock. */
export class HeldError extends JournalError {}

/** Shards that do not make a whole: some are missing or double, they are not of one run, or the files are others here. */
export class MergeError extends UsageError {
  override readonly name = 'MergeError';
}
