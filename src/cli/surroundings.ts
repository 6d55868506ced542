import type { Readable } from 'node:stream';

/** Where results or messages go. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  /** True once the reader has gone away. */
  readonly destroyed?: boolean | undefined;
  /** Of a terminal: tells when it is resized. */
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

/** What the command line has around it; tests give their own. */
export interface Surroundings {
  /** Absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly stdout: Output;
  /** Everything else. */
  readonly stderr: Output;
  /** Where keys or lists of paths come from; nowhere unless told. */
  readonly stdin?: Readable;
  /** The folder of this package: its `package.json` and `docs`. */
  readonly packageRoot: string;
  /** The day on which ignore comments are read, as `2027-01-31`; that of the clock unless told. */
  readonly today?: string;
}

/** 0 fine · 1 findings or changes where asked to fail · 2 something could not be done · 3 bad usage or no file matched. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Writes `chunks` as long as somebody reads them. */
export function send(output: Output, chunks: Iterable<string>): void {
  for (const chunk of chunks) {
    if (output.destroyed === true) return;
    output.write(chunk);
  }
}
