/** A package: a folder with a `package.json`. */
export interface PackageFact {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly name: string | undefined;
  /** Whether `.js` files in it are ES modules. */
  readonly isModule: boolean;
  /** Names in dependencies, devDependencies, peerDependencies and optionalDependencies, its own and (in a workspace) its parents'. */
  readonly dependencies: ReadonlySet<string>;
  /** Absolute paths (without regard to build output) of the files that `bin` names. */
  readonly binaries: readonly string[];
  /** Every source file of the package, absolute, sorted; nested packages left out. Lazy. */
  readonly files: () => readonly string[];
}
