import { exportFactOf, type CallbackFact } from '../libraries/callbacks.ts';
import type { PlaceOf } from './roles.ts';
import type { Use } from './uses.ts';

/** What is known of the files around the program. */
export interface Surroundings {
  /** Versions and dependencies of the package of a file. */
  readonly placeOf: PlaceOf;
  /** Whether edits may be made in the file: it is one of the run. */
  isInRun(path: string): boolean;
  /** The package that a file is in: its name, whether others than the repository's own can import it, and the files that they import it by. */
  packageOf(path: string): {
    readonly name: string | undefined;
    readonly isPrivate: boolean;
    readonly entries: readonly string[];
  };
  /** The text of a file; undefined where there is none. */
  textOf(path: string): string | undefined;
  /** What kind of code the file has by its name and folder: tests, or scripts that a person starts. */
  kindOf(path: string): 'test' | 'command' | undefined;
}

/** What a framework does with what a file exports. */
export const exportRole = (use: Use & { kind: 'export' }, around: Surroundings): CallbackFact | undefined => {
  const path = use.node.getSourceFile().fileName;
  return exportFactOf(path, use.name, { ...around.placeOf(path), parameters: 0 });
};
