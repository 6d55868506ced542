import type { Argument, LibraryCall, LibraryFact, LibraryTable } from '../libraries/library.ts';
import { PURE } from '../libraries/library.ts';
import type { Link } from './chain.ts';
import {
  fact,
  isOpaque,
  linksOf,
  opensTransaction,
  sqlFact,
  sqlOf,
  table,
  TRANSACTION,
  withConstruction,
} from './chain.ts';

const READS =
  /^(?:find|findBy|findAndCount|findAndCountBy|findByIds|findOne|findOneBy|findOneById|findOneOrFail|findOneByOrFail|findTrees|findRoots|find(?:Descendants|Ancestors)(?:Tree)?|count(?:Descendants|Ancestors)|count|countBy|exists?|existsBy|sum|average|minimum|maximum|preload)$/;
const CASCADES = /^(?:save|remove|softRemove|recover|delete|deleteAll|clear)$/;
const WRITES = /^(?:insert|update|updateAll|upsert|softDelete|restore|increment|decrement)$/;
const COMPUTES =
  /^(?:create|hasId|getId|getRepository|getTreeRepository|getMongoRepository|getCustomRepository|withRepository|extend|createQueryRunner|createQueryBuilder|useDataSource|getMetadata|hasMetadata)$/;

const BUILDER_READS =
  /^(?:getMany|getManyAndCount|getOne|getOneOrFail|getRawMany|getRawOne|getRawAndEntities|getCount|getExists|stream|loadMany|loadOne)$/;
const BUILDER_STEPS =
  /^(?:(?:add)?(?:select|from|orderBy|groupBy)|distinct(?:On)?|subQuery|where|(?:and|or)?Where(?:InIds|Exists)?|whereInIds|whereExists|andHaving|orHaving|having|(?:left|inner)Join\w*|limit|offset|take|skip|set|values|into|returning|output|onConflict|orUpdate|orIgnore|setParameters?|setLock|setOnLocked|setQueryRunner|cache|loadAll\w+|loadRelation\w+|of|relation|withDeleted|comment|useTransaction|insert|update|delete|softDelete|restore|getQuery|getQueryAndParameters|getSql|getParameters|clone|printSql|useIndex|callListeners|updateEntity|setFindOptions|maxExecutionTime|addCommonTableExpression|disableEscaping|createQueryBuilder|setNativeParameters|timeTravelQuery)$/;

/** The entity that an argument names: a class or a text. */
const entityOf = (argument: Argument | undefined): string | undefined =>
  argument?.string ??
  (argument?.name !== undefined && /^[A-Z]/.test(argument.name) ? argument.name : undefined);

interface Receiver {
  kind: 'source' | 'manager' | 'repository' | 'builder' | 'runner' | 'other';
  entity: string;
  on: LibraryFact['on'];
  /** The calls on a query builder. */
  built: Link[];
}

const SOURCE =
  /^(?:DataSource|Connection|getConnection|getDataSource|createConnection|connection|dataSource|initialize)$/;
const MANAGER =
  /^(?:(?:Mongo|Sql)?EntityManager|getManager|getMongoManager|manager|entityManager|transaction)$/;

/** Follows one link. */
function follow(receiver: Receiver, link: Link): Receiver {
  const { name, args } = link;
  const entity = link.typeArguments[0];
  if (link.kind === 'subclass')
    return {
      ...receiver,
      entity: receiver.kind === 'repository' && receiver.entity === 'BaseEntity' ? name : '*',
    };
  if (
    /^(?:\w*Repository)$/.test(name) &&
    (link.kind === 'instance' || link.kind === 'member') &&
    !name.startsWith('get')
  )
    return { ...receiver, kind: 'repository', entity: entity ?? '*' };
  if (name === 'BaseEntity') return { ...receiver, kind: 'repository', entity: 'BaseEntity' };
  if (link.kind === 'instance' && name === '')
    return entity === undefined ? receiver : { ...receiver, entity };
  if (/^get(?:Tree|Mongo)?Repository$/.test(name))
    return {
      ...receiver,
      kind: 'repository',
      entity: entityOf(args[0]) ?? (receiver.kind === 'repository' ? receiver.entity : '*'),
    };
  if (/^(?:getCustomRepository|withRepository)$/.test(name))
    return { ...receiver, kind: 'repository', entity: '*' };
  if (name === 'extend' && receiver.kind === 'repository') return receiver;
  if (/^(?:createQueryRunner|QueryRunner|queryRunner)$/.test(name))
    return { ...receiver, kind: 'runner', on: 'transaction' };
  if (name.endsWith('QueryBuilder')) {
    const isOfRepository = receiver.kind === 'repository';
    const named = link.kind === 'instance' ? entity : isOfRepository ? receiver.entity : entityOf(args[0]);
    return { ...receiver, kind: 'builder', entity: named ?? '*', built: [link] };
  }
  if (receiver.kind === 'builder') return { ...receiver, built: [...receiver.built, link] };
  if (MANAGER.test(name))
    return {
      ...receiver,
      kind: 'manager',
      entity: '*',
      on: name === 'transaction' ? 'transaction' : receiver.on,
    };
  if (SOURCE.test(name)) return { ...receiver, kind: 'source', entity: '*' };
  return { ...receiver, kind: 'other' };
}

/** Whether options of a `find` may make it look at other tables. */
const readsRelations = (argument: Argument): boolean =>
  argument.string === undefined &&
  (argument.keys === undefined
    ? /^[\w$.]+$/.test(argument.text) && /option|filter|where|query|param/i.test(argument.text)
    : isOpaque(argument) ||
      argument.keys.some((key) => /^(?:relations|join|loadRelationIds|relationLoadStrategy)$/.test(key)) ||
      /:\s*\{[^{}]*:\s*\{/.test(argument.text));

/** The effect of a query builder's last call. */
function builderFact({ entity, on, built }: Receiver, last: Link): LibraryFact | undefined {
  const isExecute = last.name === 'execute' || /^(?:add|remove|addAndRemove|set)$/.test(last.name);
  const chain = [...built, last];
  const named = chain.findLast(
    (link) =>
      /^(?:from|into|update|insert|relation)$/.test(link.name) && entityOf(link.args[0]) !== undefined,
  );
  const isQuery = chain.some((link) => /^(?:update|delete|from|relation)$/.test(link.name));
  const own = table('typeorm', (entity === '*' || isQuery ? entityOf(named?.args[0]) : undefined) ?? entity);
  const any = table('typeorm', '*');
  const runner = chain.some(
    (link) => link.name === 'setQueryRunner' || link.args.some((one) => /queryRunner/i.test(one.text)),
  );
  const shared = runner ? 'transaction' : on;
  const isJoined = chain.some(
    (link) =>
      /Join|[rR]elation|addFrom|subQuery|addCommonTableExpression|setFindOptions/.test(link.name) ||
      link.args.some((one) => one.isFunction || /\bselect\b/i.test(one.string ?? '')),
  );
  const reads = isJoined ? [own, any] : [own];
  const isRelation = chain.some((link) => link.name === 'relation');
  if (BUILDER_READS.test(last.name)) {
    const isLocked = chain.some((link) => link.name === 'setLock');
    return fact({
      reads,
      on: shared,
      throws: last.name === 'getOneOrFail' ? '`getOneOrFail` rejects where there is no such row' : undefined,
      ...(isLocked ? { writes: [own], pacing: 'lock' as const } : {}),
    });
  }
  if (isExecute && (last.name === 'execute' || isRelation)) {
    const isDelete = isRelation || chain.some((link) => link.name === 'delete');
    const isWrite =
      isDelete ||
      chain.some((link) =>
        /^(?:insert|update|softDelete|restore|Insert\w+|Update\w+|Delete\w+|SoftDelete\w+)/.test(link.name),
      );
    if (!isWrite)
      return built.some((link) => /^(?:select|createQueryBuilder|SelectQueryBuilder)$/.test(link.name))
        ? fact({ reads, on: shared })
        : undefined;
    return fact({ reads: isJoined ? [any] : [], writes: isDelete ? [own, any] : [own], on: shared });
  }
  const hasRun = built.some((link) => BUILDER_READS.test(link.name) || link.name === 'execute');
  // The builder itself is changed and given back.
  return BUILDER_STEPS.test(last.name) && !hasRun ? { ...PURE, fresh: 'no' } : undefined;
}

/** The effect of a call on a repository, an active record or a manager. */
function recordFact(receiver: Receiver, { name, args }: Link): LibraryFact | undefined {
  const own = table('typeorm', receiver.kind === 'manager' ? (entityOf(args[0]) ?? '*') : receiver.entity);
  const any = table('typeorm', '*');
  const { on } = receiver;
  if (READS.test(name)) {
    const isLocked = args.some((argument) => argument.keys?.includes('lock') ?? false);
    return fact({
      reads: args.some(readsRelations) ? [own, any] : [own],
      on,
      throws: name.endsWith('OrFail') ? `\`${name}\` rejects where there is no such row` : undefined,
      ...(isLocked ? { writes: [own], pacing: 'lock' as const } : {}),
    });
  }
  if (CASCADES.test(name)) return fact({ writes: [own, any], on });
  if (WRITES.test(name)) return fact({ writes: [own], on });
  return COMPUTES.test(name) ? PURE : undefined;
}

function describe(call: LibraryCall): LibraryFact | undefined {
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  const { name } = last;
  if (links.length === 0) {
    if (
      /^(?:getRepository|getTreeRepository|getMongoRepository|getCustomRepository|getManager|getMongoManager|getConnection|getDataSource|createQueryBuilder)$/.test(
        name,
      )
    )
      return { ...PURE, fresh: 'no' };
    if (/^createConnections?$/.test(name)) return fact({ writes: [table('typeorm', '*')] });
    // Decorators and operators: `@Column()`, `In()`, `Like()`, `InjectRepository()`.
    return /^(?:[A-Z]\w*|getRepositoryToken|getDataSourceToken|getEntityManagerToken)$/.test(name)
      ? PURE
      : undefined;
  }
  const start: Receiver = { kind: 'other', entity: '*', on: undefined, built: [] };
  const receiver = links.reduce(follow, start);
  if (receiver.kind === 'builder') return builderFact(receiver, last);
  if (receiver.kind === 'other') return undefined;
  if (name === 'transaction') return opensTransaction(call);
  if (name === 'query' || name === 'sql')
    return sqlFact('typeorm', sqlOf(last.args[0]), { known: false, on: receiver.on });
  if (
    /^(?:connect|release|startTransaction|commitTransaction|rollbackTransaction)$/.test(name) &&
    receiver.kind === 'runner'
  )
    return TRANSACTION;
  if (receiver.kind === 'runner' || receiver.kind === 'source') {
    if (
      /^(?:initialize|connect|destroy|close|synchronize|dropDatabase|runMigrations|undoLastMigration|(?:create|drop|add|change|rename|clear)[A-Z]\w*)$/.test(
        name,
      ) &&
      !COMPUTES.test(name)
    )
      return fact({ writes: [table('typeorm', '*')], on: receiver.on });
    return COMPUTES.test(name) ? { ...PURE, fresh: 'no' } : undefined;
  }
  return recordFact(receiver, last);
}

/** What calls of TypeORM do. An entity is named by its class; that of a repository of the project's own is not known. */
export const TYPEORM_CALLS: LibraryTable = {
  packages: ['typeorm', '@nestjs/typeorm'],
  source: 'https://typeorm.io/docs/working-with-entity-manager/repository-api',
  describe: withConstruction(describe),
};
