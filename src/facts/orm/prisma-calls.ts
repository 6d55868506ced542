import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import {
  fact,
  isCut,
  isOpaque,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  TRANSACTION,
  withConstruction,
} from './chain.ts';

const READS = /^(?:find(?:Unique|First)(?:OrThrow)?|findMany|count|aggregate|groupBy|findRaw|aggregateRaw)$/;
const WRITES = /^(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert)$/;
const DELETES = /^(?:delete|deleteMany)$/;

/** What `where` may ask of a column; any other name in a nested object is a relation. */
const FILTERS =
  /^(?:AND|OR|NOT|equals|not|in|notIn|lte?|gte?|contains|startsWith|endsWith|mode|search|has|hasEvery|hasSome|isEmpty|isSet|path|string_\w+|array_\w+)$/;

/**
 * A filter without the keys of several columns, `userId_teamId: { userId: 1, teamId }`, which name no relation:
 * https://www.prisma.io/docs/orm/prisma-client/special-fields-and-types/working-with-composite-ids-and-constraints
 */
const withoutCompositeKeys = (where: string): string =>
  where.replace(/([\w$]+)\s*:\s*\{([^{}]*)\}/g, (property: string, name: string, inner: string) => {
    const columns = inner.split(',').flatMap((one) => /^\s*([\w$]+)/.exec(one)?.[1] ?? []);
    return columns.length > 1 && columns.join('_') === name ? '0: 0' : property;
  });

/** Whether the filter in `where` may look at other tables: in it the object of a column has only names of filters. */
function filtersRelations(where: string): boolean {
  if (!where.startsWith('{') || isCut(where) || where.includes('...')) return true;
  // The names in an object are columns, filters of a column, or something that is not looked at.
  const levels: ('columns' | 'filters' | 'other')[] = [];
  let key = '';
  const inner = (): 'columns' | 'filters' | 'other' => {
    const level = levels.at(-1) ?? 'columns';
    if (key === '' || level === 'other') return level;
    if (level === 'columns') return /^(?:AND|OR|NOT)$/.test(key) ? 'columns' : 'filters';
    return key === 'not' ? 'filters' : 'other';
  };
  const text = withoutCompositeKeys(where.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, '0'));
  for (const [token, name] of text.matchAll(/(?<=[{,]\s*)([\w$]+)\s*(?=[:,}])|[{}[\]()]/g)) {
    if (name !== undefined) {
      if (levels.at(-1) === 'filters' && !FILTERS.test(name)) return true;
      key = name;
    } else if (token === '{' || token === '[') {
      levels.push(inner());
      key = '';
    } else if (token === '(') levels.push('other');
    else {
      levels.pop();
      key = '';
    }
  }
  return false;
}

/** Whether the argument of a call that reads may make it look at other tables. */
function readsRelations(argument: Argument): boolean {
  if (isOpaque(argument) || /\b(?:include|_count)\b/.test(argument.text)) return true;
  const select = argument.values?.['select'];
  if (select !== undefined && (!select.startsWith('{') || /\{[^]*\{/.test(select))) return true;
  const order = argument.values?.['orderBy'];
  if (order !== undefined && /\{[^{}]*\{/.test(order) && !/^\{\s*\w+\s*:\s*\{\s*(?:sort|nulls)\b/.test(order))
    return true;
  const where = argument.values?.['where'];
  return argument.keys?.includes('where') === true && filtersRelations(where ?? '');
}

/** What in the object of a column makes a call write another table. */
const NESTED_WRITE =
  /\b(?:create|createMany|connect|connectOrCreate|disconnect|delete|deleteMany|set|upsert|update|updateMany)\s*:/;

/** Whether the argument of a call that writes may make it write other tables. */
const writesRelations = (argument: Argument): boolean =>
  argument.keys === undefined ||
  /^\{\s*\.\.\.|\}\s*,\s*\.\.\.\w+\s*\}$/.test(argument.text) ||
  ['data', 'create', 'update'].some((key) => {
    const value = argument.values?.[key] ?? '';
    return isCut(value) || value.includes('...') || NESTED_WRITE.test(value);
  });

/** The effect of a method of the model `model`. */
function modelFact(
  model: string,
  method: string,
  args: readonly Argument[],
  on: LibraryFact['on'],
): LibraryFact | undefined {
  const own = table('prisma', model);
  const any = table('prisma', '*');
  if (READS.test(method)) {
    return fact({
      reads: args.some(readsRelations) ? [own, any] : [own],
      on,
      throws: method.endsWith('OrThrow') ? `\`${method}\` rejects where there is no such row` : undefined,
    });
  }
  if (DELETES.test(method)) return fact({ writes: [own, any], on });
  if (!WRITES.test(method)) return undefined;
  // Only these two cannot write other tables: https://www.prisma.io/docs/orm/reference/prisma-client-reference#createmany
  const isFlat = method.startsWith('createMany') || method.startsWith('updateMany');
  const reads = args.some((argument) => /\b(?:include|select)\b/.test(argument.text)) ? [any] : [];
  return fact({ reads, writes: !isFlat && args.some(writesRelations) ? [own, any] : [own], on });
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The effect of a method of the client itself; undefined where it has no such method. */
function clientFact(call: LibraryCall, method: string, on: LibraryFact['on']): LibraryFact | undefined {
  switch (method) {
    case '$transaction':
      return call.args[0]?.isFunction === true || call.args[0]?.text.startsWith('[') === false
        ? opensTransaction(call)
        : TRANSACTION;
    // A statement that returns rows may still write.
    case '$queryRaw':
    case '$queryRawUnsafe':
    case '$queryRawTyped':
      return sqlFact('prisma', sqlOf(call.args[0]), { known: false, on });
    case '$executeRaw':
    case '$executeRawUnsafe': {
      const does = sqlFact('prisma', sqlOf(call.args[0]), { known: false, on });
      return { ...does, writes: [table('prisma', '*')] };
    }
    case '$runCommandRaw':
      return fact({ reads: [table('prisma', '*')], writes: [table('prisma', '*')], on });
    case '$connect':
    case '$disconnect':
      return fact({ writes: [table('prisma', '*')] });
    case '$extends':
      return { ...PURE, fresh: 'no' };
    default:
      return undefined;
  }
}

const CLIENT = /^(?:\w*PrismaClient\w*|TransactionClient|DefaultPrismaClient|)$/;

/** Whether a link leads to a client again. */
const leadsToClient = (link: Link): boolean =>
  (link.kind === 'instance' && CLIENT.test(link.name)) ||
  link.kind === 'subclass' ||
  (link.kind === 'call' && /^(?:\$extends|\$transaction|\$on|\$use)$/.test(link.name)) ||
  (link.kind === 'member' && /^(?:Prisma|\w*PrismaClient\w*|TransactionClient)$/.test(link.name));

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  if (
    /^(?:Prisma\.)?(?:sql|join|raw|empty|validator|defineExtension|getExtensionContext)\(\)/.test(call.path)
  )
    return PURE;
  if (!links.some((link) => link.kind === 'instance')) return undefined;
  const on = /(?:TransactionClient#|\.\$transaction\(\))/.test(call.path) ? 'transaction' : undefined;
  const delegate = /^(\w+)Delegate$/.exec(links[links.length - 1]?.name ?? '')?.[1];
  if (delegate !== undefined && links[links.length - 1]?.kind === 'instance')
    return modelFact(lowerFirst(delegate), last.name, last.args, on);
  if (links.every(leadsToClient)) return clientFact(call, last.name, on);
  const at = links.findIndex((link) => !leadsToClient(link));
  const model = links[at];
  if (model?.kind !== 'member') return undefined;
  const before = links[at + 1];
  if (before === undefined) return modelFact(model.name, last.name, last.args, on);
  // `user.findUnique(…).posts()` reads the rows of a relation.
  if (
    links.length !== at + 2 ||
    before.kind !== 'call' ||
    !/^find(?:Unique|First)(?:OrThrow)?$/.test(before.name)
  )
    return undefined;
  if (/^(?:then|catch|finally)$/.test(last.name)) return undefined;
  return fact({ reads: [table('prisma', model.name), table('prisma', '*')], on });
}

/** What calls of a Prisma client do. The model is named as in the code: `user`. */
export const PRISMA_CALLS: LibraryTable = {
  packages: ['@prisma/client', '@prisma/client/*', '.prisma/client', '.prisma/client/*'],
  source: 'https://www.prisma.io/docs/orm/reference/prisma-client-reference',
  describe: withConstruction(describe),
};
