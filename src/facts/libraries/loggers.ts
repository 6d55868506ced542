/** How one logging library wants to be called. */
export interface LoggerLibrary {
  /** The name of the package, or `own` for a logger of the project's own making. */
  readonly name: string;
}
