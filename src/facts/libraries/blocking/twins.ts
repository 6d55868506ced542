import type { Argument, LibraryCall } from '../library.ts';
import type {
  ArgChange,
  ArgsChange,
  BlockedBy,
  BlockingCall,
  BlockingContext,
  BlockingTable,
  Difference,
  ResultChange,
  Twin,
  TwinImport,
  TwinPiece,
} from './blocking-call.ts';

/** What a row tells of a call: its twin, or why there is none. */
export type Told = Pick<BlockingCall, 'twin' | 'why' | 'isBrief'> & {
  readonly differences?: readonly Difference[];
};

/** One row of a table: the calls whose path matches, and what is told of them. Undefined: they do not block. */
export interface BlockingRow {
  readonly path: RegExp;
  /** What blocks, for a title. */
  readonly blocks: string;
  readonly tell: (call: LibraryCall, context: BlockingContext) => Told | undefined;
  /** The name in the id, where it is not the last one of the path. */
  readonly name?: string;
  /** Where it is not that of the table. */
  readonly resource?: BlockedBy;
  /** Where it is not that of the table. */
  readonly source?: string;
}

/** A table from its rows; the first that matches a call tells of it. */
export function blockingTable(table: {
  readonly packages: readonly string[];
  readonly resource: BlockedBy;
  readonly source: string;
  readonly rows: readonly BlockingRow[];
}): BlockingTable {
  const describe = (call: LibraryCall, context: BlockingContext): BlockingCall | undefined => {
    const row = table.rows.find(({ path }) => path.test(call.path));
    const told = row?.tell(call, context);
    if (row === undefined || told === undefined) return undefined;
    return {
      id: [call.package, row.name ?? nameOf(call)].filter((part) => part !== '').join('.'),
      resource: row.resource ?? table.resource,
      blocks: row.blocks,
      twin: told.twin,
      ...(told.why === undefined ? {} : { why: told.why }),
      differences: told.differences ?? [],
      ...(told.isBrief === true ? { isBrief: true } : {}),
      source: row.source ?? table.source,
    };
  };
  return { packages: table.packages, describe };
}

/** The members at the end of a path: `realpathSync.native` of `realpathSync.native()`, nothing of `()`. */
const nameOf = (call: LibraryCall): string => /([\w$.]*)\(\)$/.exec(call.path)?.[1]?.replace(/^\./, '') ?? '';

/**
 * The table of a package whose functions have twins with the same arguments and results: by the path of the blocking call, the name of its
 * twin in the package, `default` for the object that `sync` is a member of.
 */
export const renamings = (table: {
  readonly packages: readonly string[];
  readonly resource: BlockedBy;
  readonly source: string;
  readonly blocks: string;
  readonly twins: Readonly<Record<string, string>>;
  readonly differences?: readonly Difference[];
}): BlockingTable =>
  blockingTable({
    ...table,
    rows: Object.entries(table.twins).map(([path, name]) => ({
      path: new RegExp(`^${path.replace(/[.()]/g, '\\$&')}$`),
      blocks: table.blocks,
      tell: (call) => ({
        twin: promise(beside(call.package, name)),
        differences: table.differences ?? [],
      }),
    })),
  });

/** A call without a twin, and why. */
export const none = (why: string): Told => ({ twin: undefined, why });

/** A call that is not worth a twin, and why. */
export const brief = (why: string): Told => ({ ...none(why), isBrief: true });

/** A claim that the arguments prove, or that was measured. */
export const holds = (claim: string): Difference => ({ verdict: 'holds', claim });

/** A claim that the reader has to know. */
export const assumed = (claim: string): Difference => ({ verdict: 'assumed', claim });

/** A name of a module that is not where the blocking function is. */
export const of = (module: string, name: string): TwinImport => ({ module, name, isSameObject: false });

/** A name that stands beside the blocking function. */
export const beside = (module: string, name: string): TwinImport => ({ module, name, isSameObject: true });

interface Changes {
  readonly args?: ArgsChange | undefined;
  readonly result?: ResultChange | undefined;
}

const written = ({ args, result }: Changes): { args?: ArgsChange; result?: ResultChange } => ({
  ...(args === undefined || args.length === 0 ? {} : { args }),
  ...(result === undefined ? {} : { result }),
});

/** A twin that gives a promise. */
export const promise = (from: TwinImport, changes: Changes = {}): Twin => ({
  kind: 'promise',
  from,
  ...written(changes),
});

/** A twin that takes a callback. Promisified, it is called after its name: `scryptAsync`. */
export const callback = (from: TwinImport, changes: Changes = {}, promisified?: string): Twin => ({
  kind: 'callback',
  from,
  promisified: promisified ?? `${from.name}Async`,
  ...written(changes),
});

/** A twin that is an expression. */
export const expression = (imports: readonly TwinImport[], ...pieces: readonly TwinPiece[]): Twin => ({
  kind: 'expression',
  imports,
  pieces,
});

/** Whether an argument is a list that is spread into the call. */
export const isSpread = (argument: Argument): boolean => argument.text.startsWith('...');

/** Whether a list is spread into a call, so that the places of its arguments are not known. */
export const hasSpread = ({ args }: LibraryCall): boolean => args.some(isSpread);

/** What is known of an option of a call. */
export type Option =
  /** It is not given. */
  | { readonly kind: 'absent' }
  /** It is given, as this text. */
  | { readonly kind: 'given'; readonly text: string }
  /** The options are no object that is written out. */
  | { readonly kind: 'unknown' };

/** An option in the argument at a place. */
export function optionAt(call: LibraryCall, at: number, name: string): Option {
  if (call.args.slice(0, at + 1).some(isSpread)) return { kind: 'unknown' };
  const argument = call.args[at];
  if (argument === undefined || argument.text === 'undefined' || argument.text === 'null')
    return { kind: 'absent' };
  if (argument.keys === undefined)
    return argument.string !== undefined || /^\d/.test(argument.text)
      ? { kind: 'absent' }
      : { kind: 'unknown' };
  const text = argument.values?.[name];
  if (text !== undefined) return { kind: 'given', text };
  return isWrittenOut(argument) ? { kind: 'absent' } : { kind: 'unknown' };
}

/** The change that takes an option out of an object that is written out; the object too, where it holds nothing else. */
export function withoutOption(call: LibraryCall, at: number, property: string): ArgChange {
  const isAlone = call.args[at]?.keys?.length === 1 && at === call.args.length - 1;
  return isAlone ? { kind: 'drop', at } : { kind: 'unset', at, property };
}

/** Whether all properties of an object are written in it, and its text is whole. */
export const isWrittenOut = (argument: Argument): boolean =>
  argument.keys !== undefined && argument.text.length < 200 && !/\.\.\.|(?:^\{|,)\s*\[/.test(argument.text);

/** The text of a literal that is written as a string: `utf8` of `'utf8'`. */
export const unquoted = (text: string): string | undefined =>
  /^(?:'([^'\\]*)'|"([^"\\]*)"|`([^`\\$]*)`)$/
    .exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);

/** Whether a text is a literal that runs nothing: it may be left out or written twice. */
export const isLiteral = (text: string): boolean =>
  /^(?:true|false|null|undefined|-?\d[\d_.]*n?)$/.test(text) || unquoted(text) !== undefined;

/** An argument in a claim: as it is written, or `the first argument` where it is long. */
export function named(call: LibraryCall, at: number): string {
  const text = call.args[at]?.text;
  const place = ['first', 'second', 'third', 'fourth', 'fifth'][at] ?? 'last';
  return text === undefined || text.length > 40 || /[\n`]/.test(text)
    ? `the ${place} argument`
    : `\`${text}\``;
}

/** What is told of a call that depends on the major version of its package; nothing can be said where it is not known. */
export const byMajor =
  (tell: (major: number, call: LibraryCall, context: BlockingContext) => Told | undefined) =>
  (call: LibraryCall, context: BlockingContext): Told | undefined => {
    const major = majorOf(call, context);
    return major === undefined
      ? none(`which version of \`${call.package}\` it is of is not known, and they differ`)
      : tell(major, call, context);
  };

/** The argument at a place as a text that means it times a factor. */
export function times(text: string, factor: number): string {
  if (/^\d+(?:\.\d+)?$/.test(text)) return String(Math.round(Number(text) * factor * 1e6) / 1e6);
  const operand = /^[\w$.]+$/.test(text) ? text : `(${text})`;
  return factor < 1 ? `${operand} / ${1 / factor}` : `${operand} * ${factor}`;
}

/**
 * The major version in a range that allows one only: 8 in `^8.0.1`, `~8.1`, `8`, `8.x`. Undefined for every other range, and for none.
 */
export function majorOf(call: LibraryCall, context: BlockingContext): number | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(call.package)?.[0] ?? call.package;
  const range = context.versionOf?.(name)?.trim();
  const major = /^(?:npm:(?:@[^/]+\/)?[^@]+@|workspace:)?[\^~=v]*(\d+)(?:\.[\w.*+-]*)?$/.exec(
    range ?? '',
  )?.[1];
  return major === undefined ? undefined : Number(major);
}
