import type { Spanned } from '../edits/edit.ts';
import type { LoggerFact } from './loggers.ts';
import type { PackageFact } from './packages.ts';
import type { TypeFact } from './types.ts';

/**
 * What is true of the program. Answers are plain data: no node of a tree crosses this border, so that answers can be
 * cached and sent between threads. Each is computed when it is first asked for.
 */
export interface Facts {
  /** The package that a file belongs to: its nearest `package.json` upwards, or the folder of the run. */
  packageOf(path: string): PackageFact;
  /** The logger that code in the file `path` should call, or why there is none. */
  loggerOf(path: string): LoggerFact;
  /** What the type checker knows of the value of an expression. Costs a program of the file: ask syntax first. */
  typeOf(path: string, expression: Spanned): TypeFact;
}
