import type { Spanned } from '../edits/edit.ts';
import { readFileSync } from 'node:fs';
import { createLoggerFacts, type LoggerFact } from './loggers.ts';
import { createPackageFacts, type PackageFact } from './packages.ts';
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

/** What the facts are asked of. */
export interface FactsRequest {
  /** Files outside any package count as of this folder's. */
  readonly cwd: string;
  /** The text of a file in its current state, without a byte order mark; undefined: as it is on disk. */
  readonly readText: (path: string) => string | undefined;
}

/** Facts that hold memory until they are disposed of. */
export interface DisposableFacts extends Facts {
  dispose(): void;
}

export async function createFacts({ cwd, readText }: FactsRequest): Promise<DisposableFacts> {
  const packageOf = createPackageFacts(cwd);
  const readAny = (path: string): string | undefined => {
    const known = readText(path);
    if (known !== undefined) return known;
    try {
      return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return undefined;
    }
  };
  return {
    packageOf,
    loggerOf: createLoggerFacts({ packageOf }, readAny),
    typeOf: () => ({ kinds: new Set(['unknown' as const]), text: 'unknown' }),
    dispose: () => {},
  };
}
