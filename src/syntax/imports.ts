/** A binding that new code needs. */
export interface ImportRequest {
  /** The module: a package's name, or an absolute path, which is written relative to the file. */
  readonly from: string;
  /** The exported name, `default`, or `*` for the namespace. */
  readonly name: string;
  /** The local name that is wished for; another is taken where it clashes. */
  readonly as?: string;
  /** Whether only its type is needed. */
  readonly typeOnly?: boolean;
}
