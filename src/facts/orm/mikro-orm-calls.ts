import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import {
  fact,
  hasKey,
  isOpaque,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  takesTransaction,
  TRANSACTION,
  withConstruction,
} from './chain.ts';

const READS = /^(?:find|findOne|findOneOrFail|findAndCount|findAll|findByCursor|count|stream)$/;
const WRITES_ENTITY = /^(?:nativeInsert|nativeUpdate|insert|insertMany|upsert|upsertMany)$/;
const FLUSHES = /^(?:flush|persistAndFlush|removeAndFlush|nativeDelete|tryFlush)$/;
/** They change the unit of work in memory, which the next flush writes. */
const STAGES =
  /^(?:persist|persistLater|remove|removeLater|clear|create|assign|merge|map|setFlushMode|addFilter|setFilterParams|cancelRefresh)$/;
const COMPUTES =
  /^(?:fork|getRepository|getEntityManager|getReference|getUnitOfWork|getMetadata|getDriver|getPlatform|getConnection|getContext|getEventManager|getEntityFactory|canPopulate|isInTransaction|getTransactionContext|getFilterParams|createQueryBuilder|qb|getKnex|getKysely|getClient|getEntityName|getLoggerContext)$/;

const BUILDER_READS = /^(?:getResult|getResultList|getSingleResult|getCount|getResultAndCount)$/;
const BUILDER_STEPS =
  /^(?:select|addSelect|distinct|distinctOn|where|andWhere|orWhere|(?:left|inner)?Join\w*|join\w*|leftJoin\w*|innerJoin\w*|orderBy|andOrderBy|groupBy|having|andHaving|orHaving|limit|offset|count|insert|update|delete|truncate|onConflict|ignore|merge|returning|setLockMode|setFlushMode|setFlag|unsetFlag|cache|indexHint|comment|hintComment|from|as|clone|getKnexQuery|getQuery|getFormattedQuery|getParams|toQuery|raw|applyFilters|with|withRecursive|setLoggerContext|populate|cap|processPopulate)$/;

/** The entity that an argument names. */
const entityOf = (argument: Argument | undefined): string =>
  argument?.string ?? (argument?.name !== undefined && /^[A-Z]/.test(argument.name) ? argument.name : '*');

interface Receiver {
  kind: 'orm' | 'manager' | 'repository' | 'builder' | 'connection' | 'collection' | 'other';
  entity: string;
  on: LibraryFact['on'];
  built: Link[];
}

function follow(receiver: Receiver, link: Link): Receiver {
  const { name, kind } = link;
  if (receiver.kind === 'builder') return { ...receiver, built: [...receiver.built, link] };
  if (kind === 'subclass') return { ...receiver, entity: '*' };
  if (kind === 'instance' && name === '')
    return link.typeArguments[0] === undefined ? receiver : { ...receiver, entity: link.typeArguments[0] };
  if (/^\w*Repository$/.test(name) && name !== 'InjectRepository')
    return {
      ...receiver,
      kind: 'repository',
      entity: kind === 'call' ? entityOf(link.args[0]) : (link.typeArguments[0] ?? '*'),
    };
  if (/^(?:createQueryBuilder|qb|QueryBuilder)$/.test(name))
    return {
      ...receiver,
      kind: 'builder',
      entity:
        receiver.kind === 'repository'
          ? receiver.entity
          : kind === 'instance'
            ? (link.typeArguments[0] ?? '*')
            : entityOf(link.args[0]),
      built: [link],
    };
  if (/^(?:\w*EntityManager|em|getEntityManager|getContext)$/.test(name))
    return { ...receiver, kind: 'manager', entity: '*' };
  if (name === 'fork') return receiver;
  if (name === 'transactional') return { ...receiver, kind: 'manager', entity: '*', on: 'transaction' };
  if (/^(?:MikroORM|init|initSync)$/.test(name)) return { ...receiver, kind: 'orm', entity: '*' };
  if (name === 'getConnection') return { ...receiver, kind: 'connection', entity: '*' };
  if (kind === 'call' && name === 'wrap') return { ...receiver, kind: 'collection', entity: '*' };
  if (/^(?:Collection|Reference|Ref|ScalarReference)$/.test(name) && kind === 'instance')
    return { ...receiver, kind: 'collection', entity: '*' };
  return { ...receiver, kind: 'other' };
}

/** Whether the options of a call make it load other entities, or may. */
const loadsOthers = (argument: Argument): boolean =>
  argument.string === undefined &&
  (argument.keys === undefined
    ? /option|where|filter|query/i.test(argument.text)
    : isOpaque(argument) || /\bpopulate|:\s*\{[^{}]*:\s*\{/.test(argument.text));

function builderFact({ entity, on, built }: Receiver, last: Link): LibraryFact | undefined {
  const chain = [...built, last];
  const own = table('mikro-orm', entity);
  const any = table('mikro-orm', '*');
  const hasRun = built.some(
    (link) => BUILDER_READS.test(link.name) || /^(?:execute|getSingle)$/.test(link.name),
  );
  if (BUILDER_STEPS.test(last.name)) return hasRun ? undefined : { ...PURE, fresh: 'no' };
  if (!BUILDER_READS.test(last.name) && !/^(?:execute|getSingle|then)$/.test(last.name)) return undefined;
  if (!built.slice(1).every((link) => BUILDER_STEPS.test(link.name))) return undefined;
  const others = chain.some(
    (link) =>
      /join|from|with|populate/i.test(link.name) ||
      link.args.some((one) => one.isFunction || /\bselect\b/i.test(one.text)),
  );
  const isDelete = chain.some((link) => /^(?:delete|truncate)$/.test(link.name));
  const isWrite = isDelete || chain.some((link) => /^(?:insert|update|merge|onConflict)$/.test(link.name));
  const isLocked = chain.some((link) => link.name === 'setLockMode');
  const reads = others ? [own, any] : [own];
  return fact({
    reads: isWrite ? reads.slice(1) : reads,
    writes: isDelete ? [own, any] : isWrite || isLocked ? [own] : [],
    fresh: isWrite || last.name === 'execute' ? 'deep' : 'no',
    on,
    ...(isLocked ? { pacing: 'lock' as const } : {}),
  });
}

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  const { name, args } = last;
  const any = table('mikro-orm', '*');
  if (links.length === 0)
    return /^(?:[A-Z]\w*|wrap|raw|sql|ref|rel|t|p|defineConfig|defineEntity|getRepositoryToken|getEntityManagerToken|serialize)$/.test(
      name,
    )
      ? PURE
      : undefined;
  const start: Receiver = { kind: 'other', entity: '*', on: undefined, built: [] };
  const receiver = links.reduce(follow, start);
  const on = receiver.on ?? (hasKey(args, /^ctx$/) || takesTransaction(args) ? 'transaction' : undefined);
  if (receiver.kind === 'builder') return builderFact(receiver, last);
  if (receiver.kind === 'connection')
    return name === 'execute' ? sqlFact('mikro-orm', sqlOf(args[0]), { known: false, on }) : undefined;
  if (receiver.kind === 'collection') {
    if (/^(?:init|loadItems|loadCount|matching|load|loadOrFail|loadProperty)$/.test(name))
      return fact({
        reads: [any],
        fresh: 'no',
        throws: name === 'loadOrFail' ? '`loadOrFail` rejects where there is no such row' : undefined,
      });
    // They answer from what is loaded, and throw where nothing is.
    return /^(?:getItems|getIdentifiers|toArray|toJSON|isInitialized|count|contains|isEmpty|isDirty|unwrap|getEntity|getProperty)$/.test(
      name,
    )
      ? { ...PURE, fresh: 'no' }
      : undefined;
  }
  if (receiver.kind === 'orm') {
    if (/^(?:init|connect|close|reconnect)$/.test(name)) return fact({ writes: [any] });
    return /^(?:isConnected|checkConnection|getMetadata|getSchemaGenerator|getMigrator|getSeeder|initSync|discoverEntity)$/.test(
      name,
    )
      ? { ...PURE, fresh: 'no' }
      : undefined;
  }
  if (receiver.kind === 'other') return undefined;
  const own = table('mikro-orm', receiver.kind === 'manager' ? entityOf(args[0]) : receiver.entity);
  if (READS.test(name)) {
    const isLocked = hasKey(args, /^lockMode$/);
    // What it gives is in the identity map, where others find the same objects.
    return fact({
      reads: args.some(loadsOthers) ? [own, any] : [own],
      fresh: name === 'count' ? 'deep' : 'no',
      on,
      throws: name.endsWith('OrFail') ? `\`${name}\` rejects where there is no such row` : undefined,
      ...(isLocked ? { writes: [own], pacing: 'lock' as const } : {}),
    });
  }
  // Relations are put into rows that are given to it, which are those that the identity map has.
  if (name === 'populate') return fact({ reads: [any], fresh: 'no', on });
  if (FLUSHES.test(name)) return fact({ writes: [any], on });
  if (WRITES_ENTITY.test(name)) return fact({ writes: [own], fresh: 'no', on });
  if (STAGES.test(name)) return { reads: [], writes: [any], io: false, fresh: 'no' };
  if (name === 'transactional') return opensTransaction(call);
  if (/^(?:begin|commit|rollback)$/.test(name)) return TRANSACTION;
  if (name === 'lock') return fact({ writes: [any], pacing: 'lock', on });
  if (name === 'execute') return sqlFact('mikro-orm', sqlOf(args[0]), { known: false, on });
  return COMPUTES.test(name) ? { ...PURE, fresh: 'no' } : undefined;
}

/** What calls of MikroORM do. An entity is named by its class; that of a repository of the project's own is not known. */
export const MIKRO_ORM_CALLS: LibraryTable = {
  packages: ['@mikro-orm/*', 'mikro-orm'],
  source: 'https://mikro-orm.io/docs/entity-manager',
  describe: withConstruction(describe),
};
