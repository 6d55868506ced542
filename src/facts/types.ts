/** What a value may be, for who writes it into a record or compares it. */
export type ValueKind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'symbol'
  | 'null'
  | 'undefined'
  | 'function'
  | 'error'
  | 'date'
  | 'map-or-set'
  | 'promise'
  | 'array'
  | 'object'
  | 'unknown';

/** What the type checker knows of a value. */
export interface TypeFact {
  /** Every kind that the value may be; `unknown` among them where the checker cannot tell (`any`, `unknown`, unresolved). */
  readonly kinds: ReadonlySet<ValueKind>;
  /** The type as TypeScript prints it. */
  readonly text: string;
}
