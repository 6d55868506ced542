import type { NodeName, Path, t } from './ast.ts';

/** What introduced a name. */
export type BindingKind =
  | 'import'
  | 'const'
  | 'let'
  | 'var'
  | 'using'
  | 'function'
  | 'class'
  | 'parameter'
  | 'catch'
  | 'enum'
  | 'namespace'
  | 'type';

/** One name in one scope. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The identifier that declares it (the first one, where it is declared more than once). */
  readonly identifier: Path<t.Identifier>;
  /** The declarator, parameter, specifier, function, class, … that holds the identifier. */
  readonly declaration: Path;
  /** Identifiers that read it. */
  readonly reads: readonly Path[];
  /** Identifiers that write it after its declaration: assignments, `++`, `for (x of …)`, `delete`. */
  readonly writes: readonly Path[];
}

/** The lexical scopes of one file. */
export interface Scopes {
  /** What `name` means at `path`; undefined where the file does not declare it: a global. */
  lookup(path: Path, name: string): Binding | undefined;
  /** Every name that is visible at `path` or declared in a scope below it: a new name must be none of these. */
  namesAround(path: Path): ReadonlySet<string>;
  /** The nearest function (or the file) around `path`. */
  functionAround(path: Path): Path;
  /** The nearest ancestor of one of the types, itself excluded. */
  ancestor<K extends NodeName>(path: Path, ...types: readonly K[]): Path | undefined;
}
