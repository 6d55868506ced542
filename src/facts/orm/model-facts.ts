import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CodeOrm } from './models.ts';
import type { Model, Orm } from './schema.ts';
import { readPrismaModels } from './schemas/prisma/models.ts';
import { findPrismaSchemas, type FolderEntry } from './schemas/prisma/schema-files.ts';

export interface ModelFactsRequest {
  /** Absolute path: the folder of the run. */
  readonly cwd: string;
  readonly readText: (path: string) => string | undefined;
  /** The models that the sources of the project declare for a library. */
  readonly modelsOf: (orm: CodeOrm) => readonly Model[];
}

/** What of a model decides which rows a query finds. */
const shapeOf = ({ primaryKey, uniques, relations, defaultScope, softDelete }: Model): string =>
  JSON.stringify([primaryKey, uniques, relations, defaultScope, softDelete]);

/**
 * One model of several that are declared alike, as a table for each database that a project runs on: a column that differs is
 * of a type that is not known. Undefined where they differ in more.
 */
function asOne([first, ...others]: readonly Model[]): Model | undefined {
  if (first === undefined || others.some((one) => shapeOf(one) !== shapeOf(first))) return undefined;
  const columns = first.columns.map((column) => {
    const twins = others.map((one) => one.columns.find(({ name }) => name === column.name));
    const isSame = twins.every(
      (twin) =>
        twin?.type === column.type && twin.isNullable === column.isNullable && twin.isList === column.isList,
    );
    return isSame ? column : { ...column, type: 'unknown' as const, isNullable: undefined };
  });
  return { ...first, columns };
}

/** How many folders two paths share, from the root. */
function nearness(a: string, b: string): number {
  const [one, other] = [dirname(a).split('/'), dirname(b).split('/')];
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return same;
}

function listFolder(path: string): readonly FolderEntry[] {
  try {
    return readdirSync(path, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    }));
  } catch {
    return [];
  }
}

/** The models of the client that each folder's files use. */
function createPrismaModels({ cwd, readText }: ModelFactsRequest): (path: string) => readonly Model[] {
  const byFolder = new Map<string, readonly Model[]>();
  const byFiles = new Map<string, readonly Model[]>();
  return (path) => {
    const folder = dirname(path);
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const { schemas } = findPrismaSchemas(path, cwd, { readText, listFolder });
    const files = schemas.map((one) => one.path).join('\n');
    const models = byFiles.get(files) ?? (schemas.length === 0 ? [] : readPrismaModels(schemas).models);
    byFiles.set(files, models);
    byFolder.set(folder, models);
    return models;
  };
}

/**
 * Looks up the model that code in a file calls by a name. Of several of that name the one that is declared nearest is meant;
 * undefined where there is none, or nobody can tell.
 */
export function createModelFacts(
  request: ModelFactsRequest,
): (path: string, orm: Orm, name: string) => Model | undefined {
  const prismaModels = createPrismaModels(request);
  return (path, orm, name) => {
    const named = (orm === 'prisma' ? prismaModels(path) : request.modelsOf(orm)).filter(
      (one) => one.name === name,
    );
    const nearest = Math.max(...named.map(({ seenAt }) => nearness(path, seenAt.path)));
    return asOne(named.filter(({ seenAt }) => nearness(path, seenAt.path) === nearest));
  };
}
