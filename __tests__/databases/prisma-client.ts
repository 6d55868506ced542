import { createRequire } from 'node:module';
import { getDMMF } from '@prisma/get-dmmf';
import { dmmfToRuntimeDataModel } from '@prisma/client/runtime/client';

/**
 * The text of the module that `prisma generate` makes of a schema: CommonJS that exports `PrismaClient`, `Prisma`, `$Enums` and each enum.
 * It does as the generated `internal/class.ts` and `internal/prismaNamespace.ts`, on the runtime and the query compiler for PostgreSQL that
 * `@prisma/client` ships, so that neither the command line nor an engine is needed.
 * @see https://www.prisma.io/docs/orm/prisma-schema/overview/generators#prisma-client
 * @throws {Error} where the schema is wrong.
 */
export function prismaClientText(schema: string): string {
  const dmmf = getDMMF({ datamodel: withoutUrls(schema) });
  if (!('datamodel' in dmmf)) throw new Error(`The schema of Prisma is wrong: ${dmmf.error.message}`);
  const runtimeDataModel = dmmfToRuntimeDataModel(dmmf.datamodel);
  const enums = Object.fromEntries(
    dmmf.datamodel.enums.map(({ name, values }) => [
      name,
      Object.fromEntries(values.map((value) => [value.name, value.name])),
    ]),
  );
  const config = {
    previewFeatures: previewFeaturesIn(schema),
    clientVersion: VERSION,
    engineVersion: VERSION,
    activeProvider: 'postgresql',
    inlineSchema: withoutUrls(schema),
    runtimeDataModel,
    parameterizationSchema: NOTHING_PARAMETERISED,
  };
  return `'use strict';
const runtime = require('@prisma/client/runtime/client');
const compiler = '@prisma/client/runtime/query_compiler_fast_bg.postgresql';
const config = ${JSON.stringify(config)};
config.compilerWasm = {
  getRuntime: async () => require(compiler + '.js'),
  getQueryCompilerWasmModule: async () => {
    globalThis[Symbol.for('${COMPILED}')] ??= new WebAssembly.Module(
      Buffer.from(require(compiler + '.wasm-base64.js').wasm, 'base64'),
    );
    return globalThis[Symbol.for('${COMPILED}')];
  },
  importName: './query_compiler_fast_bg.js',
};
const { DbNull, JsonNull, AnyNull, NullTypes, Decimal, Sql, empty, join, raw, skip, sqltag } = runtime;
const errors = Object.fromEntries(Object.entries(runtime).filter(([name]) => /^PrismaClient.*Error$/.test(name)));
exports.PrismaClient = runtime.getPrismaClient(config);
exports.Prisma = {
  ...errors,
  DbNull, JsonNull, AnyNull, NullTypes, Decimal, Sql, empty, join, raw, skip,
  sql: sqltag,
  defineExtension: runtime.Extensions.defineExtension,
  getExtensionContext: runtime.Extensions.getExtensionContext,
  validator: runtime.Public.validator,
  prismaVersion: { client: config.clientVersion, engine: config.engineVersion },
  ModelName: ${JSON.stringify(Object.fromEntries(dmmf.datamodel.models.map(({ name }) => [name, name])))},
  SortOrder: { asc: 'asc', desc: 'desc' },
  NullsOrder: { first: 'first', last: 'last' },
  QueryMode: { default: 'default', insensitive: 'insensitive' },
  TransactionIsolationLevel: runtime.makeStrictEnum({
    ReadUncommitted: 'ReadUncommitted',
    ReadCommitted: 'ReadCommitted',
    RepeatableRead: 'RepeatableRead',
    Serializable: 'Serializable',
  }),
};
exports.$Enums = ${JSON.stringify(enums)};
${Object.keys(enums)
  .map((name) => `exports.${name} = exports.$Enums.${name};\n`)
  .join('')}`;
}

/** The folder that a schema tells its client to be generated into, relative to the schema; undefined where it is in `node_modules`. */
export const clientFolderOf = (schema: string): string | undefined =>
  /^\s*output\s*=\s*"([^"]+)"/m.exec(generatorOf(schema))?.[1];

/** Where the compiler is kept that all clients of a process share, since making it takes longer than all else. */
const COMPILED = 'compiled query compiler of Prisma';

const VERSION: string = (() => {
  const manifest: unknown = createRequire(import.meta.url)('@prisma/client/package.json');
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : '';
})();

/**
 * The graph of the values that the client may take out of a query before it looks for it among those that it has compiled: none. It then
 * compiles each query anew; the values are parameters of the SQL all the same. In bytes: the format, and that there are no nodes for input, none
 * for output and no roots.
 */
const NOTHING_PARAMETERISED = { strings: [], graph: Buffer.alloc(7).toString('base64url') };

/** Since version 7 an address in a schema is an error; in schemas of before, that of the adapter is used all the same. */
const withoutUrls = (schema: string): string =>
  schema.replace(/^\s*(?:url|directUrl|shadowDatabaseUrl)\s*=.*$/gm, '');

const generatorOf = (schema: string): string => /^\s*generator\s+\w+\s*\{[^}]*\}/m.exec(schema)?.[0] ?? '';

const previewFeaturesIn = (schema: string): readonly string[] =>
  [...(/previewFeatures\s*=\s*\[([^\]]*)\]/.exec(generatorOf(schema))?.[1] ?? '').matchAll(/"(\w+)"/g)].map(
    ([, name = '']) => name,
  );
