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

const READS =
  /^(?:findAll|findOne|findByPk|findById|find|all|count|findAndCountAll|findAndCount|aggregate|sum|min|max|findOrBuild|findOrInitialize)$/;
const WRITES =
  /^(?:create|bulkCreate|update|upsert|insertOrUpdate|findOrCreate|findCreateFind|restore|increment|decrement)$/;
const CASCADES = /^(?:destroy|truncate|drop|sync)$/;
const COMPUTES =
  /^(?:build|bulkBuild|init|initModel|scope|unscoped|schema|withScope|withSchema|belongsTo|belongsToMany|hasMany|hasOne|addHook|removeHook|hasHook|(?:before|after)[A-Z]\w*|addScope|getTableName|getAttributes|removeAttribute|inspect|getAssociations)$/;

/**
 * The getters of associations, `$get('posts')` of sequelize-typescript among them. `reload` also changes the instance, so it is none of them.
 * https://github.com/sequelize/sequelize-typescript#type-safe-usage-of-auto-generated-functions
 */
const INSTANCE_READS = /^(?:(?:get|count|has)[A-Z]\w*|\$(?:get|count|has))$/;
const INSTANCE_COMPUTES =
  /^(?:get|toJSON|previous|getDataValue|equals|equalsOneOf|isNewRecord|isSoftDeleted|where)$/;
const INSTANCE_ASSOCIATES = /^(?:(?:set|add|remove|create)[A-Z]\w*|\$(?:set|add|remove|create))$/;

/** Functions of the package that build parts of a query or describe columns. */
const BUILDS =
  /^(?:(?:Sequelize|default)#?\.)?(?:random|escape|validate|isDefined|model|getDialect|literal|fn|col|cast|where|json|and|or|asIs|sql(?:\.\w+)?|[A-Z]\w*)\(\)$/;

interface Receiver {
  kind: 'source' | 'model' | 'instance' | 'transaction' | 'other';
  name: string;
}

function follow(receiver: Receiver, link: Link): Receiver {
  const { name, kind } = link;
  if (kind === 'subclass') return receiver.kind === 'source' ? receiver : { kind: 'model', name };
  if (kind === 'instance') {
    if (/^Transaction$/.test(name)) return { kind: 'transaction', name: '*' };
    if (/^Sequelize$/.test(name) || (name === '' && receiver.kind === 'other'))
      return { kind: 'source', name: '*' };
    if (/^Model(?:Static|Ctor|Defined|Type)$/.test(name) || name === 'Repository')
      return { kind: 'model', name: /\w+$/.exec(link.typeArguments[0] ?? '')?.[0] ?? '*' };
    if (name === 'Model') return { kind: 'instance', name: '*' };
    return receiver.kind === 'model' ? { ...receiver, kind: 'instance' } : receiver;
  }
  if (kind === 'member') {
    if (receiver.kind === 'source' && name === 'models') return { kind: 'model', name: 'models' };
    if (receiver.kind === 'model' && receiver.name === 'models') return { kind: 'model', name };
    if (name === 'Sequelize') return { kind: 'source', name: '*' };
    if (name === 'Model') return { kind: 'model', name: '*' };
    // `const { rows } = await User.findAndCountAll()`.
    if (receiver.kind === 'instance' && name === 'rows') return receiver;
    return name === 'sequelize' ? { kind: 'source', name: '*' } : { kind: 'other', name: '*' };
  }
  if (receiver.kind === 'source') {
    if (/^(?:define|model|getRepository)$/.test(name))
      return { kind: 'model', name: link.args[0]?.string ?? link.args[0]?.name ?? '*' };
    return name === 'transaction' ? { kind: 'transaction', name: '*' } : { kind: 'other', name: '*' };
  }
  if (receiver.kind === 'model') {
    if (/^(?:scope|unscoped|schema|withScope|withSchema|init)$/.test(name)) return receiver;
    if (
      /^(?:build|bulkBuild|create|bulkCreate|upsert|findOrCreate|findOrBuild|findCreateFind|findAll|findAndCountAll|find(?:One|ByPk|ById)?)$/.test(
        name,
      )
    )
      return { ...receiver, kind: 'instance' };
  }
  return { kind: 'other', name: '*' };
}

/** Whether the options name or may name other tables. */
const readsOthers = (argument: Argument): boolean =>
  argument.keys === undefined
    ? /^(?:[\w$]*(?:options|query|filter|params)[\w$]*)$/i.test(argument.text)
    : isOpaque(argument) || /\binclude\b|'\$|"\$|literal\(/.test(argument.text);

/** What the options of a call add: a transaction, a lock, a refusal. */
function withOptions(does: LibraryFact, args: readonly Argument[]): LibraryFact {
  const isLocked = hasKey(args, /^(?:lock|skipLocked)$/);
  return fact({
    ...does,
    on: takesTransaction(args) ? 'transaction' : undefined,
    throws: hasKey(args, /^rejectOnEmpty$/)
      ? '`rejectOnEmpty` makes it reject where there is no such row'
      : undefined,
    ...(isLocked ? { writes: [...does.writes, ...does.reads], pacing: 'lock' as const } : {}),
  });
}

function modelFact(own: ReturnType<typeof table>, { name, args }: Link): LibraryFact | undefined {
  const any = table('sequelize', '*');
  const others = args.some(readsOthers);
  if (READS.test(name)) return withOptions(fact({ reads: others ? [own, any] : [own] }), args);
  if (CASCADES.test(name)) return withOptions(fact({ writes: [own, any] }), args);
  if (WRITES.test(name))
    return withOptions(
      fact({
        writes: hasKey(args, /^include$/) ? [own, any] : [own],
        reads: name.startsWith('find') ? [own] : [],
      }),
      args,
    );
  return COMPUTES.test(name) ? { ...PURE, fresh: 'no' } : undefined;
}

function instanceFact(own: ReturnType<typeof table>, { name, args }: Link): LibraryFact | undefined {
  const any = table('sequelize', '*');
  if (INSTANCE_COMPUTES.test(name)) return { ...PURE, fresh: 'no' };
  if (name === 'destroy') return withOptions(fact({ writes: [own, any] }), args);
  if (/^(?:save|update|increment|decrement|restore)$/.test(name))
    return withOptions(fact({ writes: [own] }), args);
  // Its own model is the first, so that who looks up an association knows on which.
  if (INSTANCE_READS.test(name)) return withOptions(fact({ reads: [own, any] }), args);
  return INSTANCE_ASSOCIATES.test(name) ? withOptions(fact({ writes: [own, any] }), args) : undefined;
}

function describe(call: LibraryCall): LibraryFact | undefined {
  if (BUILDS.test(call.path)) return PURE;
  const links = linksOf(call);
  const last = links.pop();
  if (last?.kind !== 'call') return undefined;
  const start: Receiver = { kind: 'other', name: '*' };
  const receiver = links.reduce(follow, start);
  const own = table('sequelize', receiver.name);
  const any = table('sequelize', '*');
  if (receiver.kind === 'model') return modelFact(own, last);
  if (receiver.kind === 'instance') return instanceFact(own, last);
  if (receiver.kind === 'transaction')
    return /^(?:commit|rollback|afterCommit)$/.test(last.name) ? TRANSACTION : undefined;
  if (receiver.kind !== 'source') return undefined;
  if (last.name === 'query')
    return sqlFact('sequelize', sqlOf(last.args[0]), {
      known: false,
      on: takesTransaction(last.args) ? 'transaction' : undefined,
    });
  if (last.name === 'transaction') return opensTransaction(call);
  if (last.name === 'authenticate') return fact({});
  if (/^(?:sync|drop|truncate|close|createSchema|dropSchema|dropAllSchemas)$/.test(last.name))
    return fact({ writes: [any] });
  return /^(?:define|model|isDefined|getRepository|addModels|getDialect|escape|literal|fn|col|cast|where|json|and|or|addHook)$/.test(
    last.name,
  )
    ? { ...PURE, fresh: 'no' }
    : undefined;
}

/** What calls of Sequelize do. A model is named by its class, or by the text that it was defined with. */
export const SEQUELIZE_CALLS: LibraryTable = {
  packages: ['sequelize', 'sequelize-typescript', '@sequelize/core', '@nestjs/sequelize'],
  source: 'https://sequelize.org/api/v6/class/src/model.js~model',
  describe: withConstruction(describe),
};
