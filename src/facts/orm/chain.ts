import type { Resource } from '../effects/effect.ts';
import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import { effectsOfSql, isTransactionControl } from './sql.ts';

/** One link of a chain: `.name`, `.name(…)`, `(…)` with an empty name, `#` after a name, or a class of the project. */
export interface Link {
  readonly kind: 'member' | 'call' | 'instance' | 'subclass';
  readonly name: string;
  readonly args: readonly Argument[];
  readonly typeArguments: readonly string[];
}

/** The steps of a call as links: a member and the call of it are one. */
export function linksOf(call: LibraryCall): Link[] {
  const links: Link[] = [];
  for (const step of call.steps) {
    if (step.kind === 'member' || step.kind === 'subclass') {
      links.push({ kind: step.kind, name: step.name, args: [], typeArguments: [] });
      continue;
    }
    const before = links.at(-1);
    const isNamed = before?.kind === 'member';
    if (isNamed) links.pop();
    const { kind, args, typeArguments } = step;
    links.push({ kind, name: isNamed ? before.name : '', args, typeArguments });
  }
  return links;
}

/** The last call of a name in a chain. */
export const lastCall = (links: readonly Link[], name: RegExp): Link | undefined =>
  links.findLast((link) => link.kind === 'call' && name.test(link.name));

/** Whether a text was shortened, so that it does not tell everything. */
export const isCut = (text: string): boolean => text.length >= 200 || text.endsWith('…');

/** Whether an argument may hold more than its text tells: it is no literal object, or it is cut or spread into. */
export const isOpaque = (argument: Argument): boolean =>
  argument.keys === undefined || isCut(argument.text) || argument.text.includes('...');

/** Whether one of the arguments is an object with a key. */
export const hasKey = (args: readonly Argument[], key: RegExp): boolean =>
  args.some((argument) => argument.keys?.some((name) => key.test(name)) ?? false);

/** The text of the value of a key in the last argument that has it. */
export const valueOf = (args: readonly Argument[], key: string): string | undefined =>
  args.findLast((argument) => argument.keys?.includes(key))?.values?.[key];

const TRANSACTION_NAME =
  /^(?:tx|trx|txn|t|transaction|session|.*(?:Tx|Trx|Txn|Transaction)|(?:tx|trx|transaction)[A-Z_].*)$/;

/** Whether an argument is named as transactions are, or is an object that has one. */
export const isTransaction = (argument: Argument): boolean =>
  (argument.name !== undefined && TRANSACTION_NAME.test(argument.name)) ||
  (argument.keys?.some((key) => /^(?:transaction|transacting|session|trx)$/.test(key)) ?? false);

/** Whether a call is given a transaction to run in. */
export const takesTransaction = (args: readonly Argument[]): boolean => args.some(isTransaction);

/** A table of a database. */
export const table = (database: string, name: string): Resource => ({ kind: 'table', database, name });

const withoutDoubles = (resources: readonly Resource[]): readonly Resource[] => [
  ...new Map(resources.map((resource) => [JSON.stringify(resource), resource])).values(),
];

/** What a call does, with what is not told left out. */
export function fact(
  does: Partial<Omit<LibraryFact, 'on' | 'throws' | 'opensTransactionIn'>> & {
    readonly on?: LibraryFact['on'] | undefined;
    readonly throws?: string | undefined;
    readonly opensTransactionIn?: number | undefined;
  },
): LibraryFact {
  const { on, throws, opensTransactionIn, reads = [], writes = [], ...rest } = does;
  return {
    io: true,
    fresh: 'deep',
    ...rest,
    reads: withoutDoubles(reads),
    writes: withoutDoubles(writes),
    ...(on === undefined ? {} : { on }),
    ...(throws === undefined ? {} : { throws }),
    ...(opensTransactionIn === undefined ? {} : { opensTransactionIn }),
  };
}

/**
 * `describe`, which also knows that making an instance of a class of the package does nothing: connections are opened by the first
 * call, or by a call of their own.
 */
export const withConstruction =
  (describe: LibraryTable['describe']): LibraryTable['describe'] =>
  (call) =>
    call.steps.at(-1)?.kind === 'instance' ? { ...PURE, fresh: 'no' } : describe(call);

/** Each of `names` as a table, without doubles. */
export const tables = (database: string, names: readonly string[]): Resource[] =>
  [...new Set(names)].map((name) => table(database, name));

/** A call that takes part in the life of a transaction, and touches no table by itself. */
export const TRANSACTION: LibraryFact = fact({ on: 'transaction' });

/** A call that opens a transaction for the function among its arguments, the last one. */
export function opensTransaction(call: LibraryCall): LibraryFact {
  const at = call.args.findLastIndex((argument) => argument.isFunction);
  return fact({ on: 'transaction', opensTransactionIn: at < 0 ? undefined : at });
}

/** The table that a text names, as SQL does: `public.users as u` is `users`. In lower case, as the names in SQL texts are. */
export function nameInSql(text: string | undefined): string {
  const name = text
    ?.trim()
    .split(/\s+/)[0]
    ?.split('.')
    .at(-1)
    ?.replace(/["`[\]]/g, '')
    .toLowerCase();
  return name === undefined || name === '' || !/^[\p{L}_][\p{L}\p{N}_$-]*$/u.test(name) ? '*' : name;
}

/** The text of a template that is tagged, with holes as `?`, where an argument is one. */
export function taggedSql(argument: Argument | undefined): string | undefined {
  if (argument === undefined || isCut(argument.text)) return undefined;
  const template =
    /^(?:[\w$]+\.)*(?:sql|SQL|Prisma\.sql|raw)(?:\.\w+(?:\([^`]*\))?)?\s*(?:<[^`]*>)?\s*`([^`]*)`$/.exec(
      argument.text,
    )?.[1];
  return template === undefined ? undefined : withHoles(template);
}

/** A template's text with its holes as `?`; undefined where a hole does not end. */
function withHoles(template: string): string | undefined {
  let text = '';
  let at = 0;
  while (at < template.length) {
    if (!template.startsWith('${', at)) {
      text += template[at++];
      continue;
    }
    let depth = 0;
    do {
      if (template[at] === '{') depth++;
      if (template[at] === '}') depth--;
      at++;
    } while (at < template.length && (depth > 0 || template[at - 1] === '$'));
    if (depth > 0) return undefined;
    text += '?';
  }
  return text;
}

/** The text of SQL in an argument: a text, `{ text }` or `{ sql }`, or a tagged template. */
export function sqlOf(argument: Argument | undefined): string | undefined {
  if (argument === undefined) return undefined;
  if (argument.string !== undefined) return argument.string;
  for (const key of ['text', 'sql', 'query']) {
    const value = argument.values?.[key];
    const quoted =
      value === undefined || isCut(value) ? null : /^(?:'([^'\\]*)'|"([^"\\]*)"|`([^`$\\]*)`)$/.exec(value);
    if (quoted !== null) return quoted[1] ?? quoted[2] ?? quoted[3];
  }
  return taggedSql(argument);
}

/**
 * What running a text of SQL does, in a database. `known`: whether its tables are called in the code as they are in the database;
 * otherwise each is `*`, since a model may have another name than its table.
 */
export function sqlFact(
  database: string,
  text: string | undefined,
  { known = true, io = true, on }: { known?: boolean; io?: boolean; on?: LibraryFact['on'] } = {},
): LibraryFact {
  if (text !== undefined && isTransactionControl(text)) return fact({ on: 'transaction', io });
  const effects = text === undefined ? undefined : effectsOfSql(text);
  const named = (names: readonly string[]): Resource[] =>
    tables(database, known ? names : names.map(() => '*'));
  return fact({
    reads: effects === undefined ? [table(database, '*')] : named(effects.reads),
    writes: effects === undefined ? [table(database, '*')] : named(effects.writes),
    io,
    on,
  });
}
