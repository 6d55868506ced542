/** The command line or the configuration asks for something that there is not: exit code 3, and no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
