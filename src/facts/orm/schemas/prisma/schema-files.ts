/** Finds the files of the schema that a source file uses. */

import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { ts } from 'ts-morph';
import { jsonIn } from '../../../json-text.ts';
import type { PrismaSchemaFile } from './models.ts';

/** What lies in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** How files are read: both answer with nothing where there is nothing. */
export interface FileReads {
  readonly readText: (path: string) => string | undefined;
  readonly listFolder: (path: string) => readonly FolderEntry[];
}

/** The files of the schema that a source file's client is made from; none, and why, where that is not certain. */
export interface FoundPrismaSchemas {
  readonly schemas: readonly PrismaSchemaFile[];
  readonly reason: string | undefined;
}

/**
 * Finds the schema of the client that `source` uses, in `bound` or below it: https://www.prisma.io/docs/orm/prisma-schema/overview/location
 * What its package says comes first, then what lies in the folders above `source` within its package. Otherwise the folders
 * above the package and the packages of the workspace that it depends on have to agree. The answer is the same for all files
 * of a folder, and may take a walk through all folders below `bound`.
 */
export function findPrismaSchemas(source: string, bound: string, reads: FileReads): FoundPrismaSchemas {
  const above = foldersAbove(dirname(source), bound);
  const home = above.findIndex((folder) => hasManifest(folder, reads));
  const own = home < 0 ? above : above.slice(0, home + 1);
  const ofPackage =
    settingIn(own.at(-1) ?? bound, reads) ?? firstOf(own, (folder) => schemaIn(folder, reads));
  if (ofPackage !== undefined) return ofPackage;
  const further = above.slice(own.length);
  const onTheWay = firstOf(further, (folder) => settingIn(folder, reads) ?? schemaIn(folder, reads));
  const candidates = [
    ...(onTheWay === undefined ? [] : [onTheWay]),
    ...schemasOfDependencies(own.at(-1) ?? bound, bound, reads),
  ];
  return agreed(candidates) ?? { schemas: [], reason: 'no Prisma schema was found' };
}

/** `folder` and the folders that it lies in, up to `bound`. */
function foldersAbove(folder: string, bound: string): readonly string[] {
  const way = relative(bound, folder);
  if (way.startsWith('..')) return [];
  const steps = way === '' ? [] : way.split(sep);
  return steps.map((_, index) => join(bound, ...steps.slice(0, steps.length - index))).concat(bound);
}

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const hasManifest = (folder: string, { readText }: FileReads): boolean =>
  readText(join(folder, 'package.json')) !== undefined;

const none = (reason: string): FoundPrismaSchemas => ({ schemas: [], reason });

/** The one schema that all candidates are; undefined where there are no candidates. */
function agreed(candidates: readonly FoundPrismaSchemas[]): FoundPrismaSchemas | undefined {
  const unsure = candidates.find(({ reason }) => reason !== undefined);
  if (unsure !== undefined) return unsure;
  const texts = new Set(candidates.map(({ schemas }) => schemas.map(({ text }) => text).join('\0')));
  if (texts.size < 2) return candidates[0];
  const paths = candidates.map(({ schemas }) => schemas[0]?.path ?? '').sort();
  return none(`there are several Prisma schemas: ${[...new Set(paths)].join(', ')}`);
}

/** The schema that the configuration of a package names. */
function settingIn(folder: string, reads: FileReads): FoundPrismaSchemas | undefined {
  for (const name of CONFIGURATIONS) {
    const path = join(folder, name);
    const text = reads.readText(path);
    if (text === undefined) continue;
    const setting = schemaInConfiguration(path, text);
    if (setting === undefined) break;
    return setting === 'unknown' ? none(`\`${name}\` computes the schema`) : named(path, setting, reads);
  }
  const path = join(folder, 'package.json');
  const manifest = jsonIn(reads.readText(path));
  const prisma = manifest?.['prisma'];
  const setting =
    typeof prisma === 'object' && prisma !== null && 'schema' in prisma ? prisma.schema : undefined;
  if (typeof setting === 'string') return named(path, setting, reads);
  return agreed(
    schemasInScripts(manifest?.['scripts']).flatMap((option) => {
      const files = filesAt(resolve(folder, option), reads);
      return files.length === 0 ? [] : [{ schemas: files, reason: undefined }];
    }),
  );
}

/** https://www.prisma.io/docs/orm/reference/prisma-config-reference */
const CONFIGURATIONS: readonly string[] = ['prisma.config', join('.config', 'prisma')].flatMap((name) =>
  ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((extension) => `${name}.${extension}`),
);

/** The file or folder that `by` names. */
function named(by: string, setting: string, reads: FileReads): FoundPrismaSchemas {
  const schemas = filesAt(resolve(dirname(by), setting), reads);
  return schemas.length > 0
    ? { schemas, reason: undefined }
    : none(`\`${basename(by)}\` names the schema \`${setting}\`, which is not there`);
}

/** The file at `path`, or all files of a schema in the folder there and below it. */
function filesAt(path: string, reads: FileReads): readonly PrismaSchemaFile[] {
  const text = extname(path) === '.prisma' ? reads.readText(path) : undefined;
  if (text !== undefined) return [{ path, text }];
  return reads
    .listFolder(path)
    .filter(({ name, isFolder }) => (isFolder ? name !== 'node_modules' : name.endsWith('.prisma')))
    .flatMap(({ name }) => filesAt(join(path, name), reads))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Each `--schema` that a script gives to the command line. */
function schemasInScripts(scripts: unknown): readonly string[] {
  if (typeof scripts !== 'object' || scripts === null) return [];
  const texts = Object.values(scripts).filter((script) => typeof script === 'string');
  const options = texts
    .filter((text) => /\bprisma\b/.test(text))
    .flatMap((text) => [...text.matchAll(/--schema(?:=|\s+)["']?([^\s"'&;|]+)/g)]);
  return [...new Set(options.map(([, path = '']) => path))];
}

/** What `schema` is in a configuration: undefined where it is not set, `unknown` where it cannot be read. */
function schemaInConfiguration(path: string, text: string): string | undefined {
  const values: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      if (node.name.getText() === 'schema') values.push(pathIn(node.initializer) ?? 'unknown');
      return; // What is nested is the setting of something else.
    }
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === 'schema') values.push('unknown');
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return values[0];
}

/** The path that an expression gives, relative to the folder of its file. */
function pathIn(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (/^(?:__dirname|import\.meta\.dirname|process\.cwd\(\))$/.test(node.getText())) return '.';
  if (!ts.isCallExpression(node) || !/^(?:\w+\.)?(?:join|resolve)$/.test(node.expression.getText())) {
    return undefined;
  }
  const parts = node.arguments.map(pathIn);
  return parts.every((part) => part !== undefined) ? join(...parts) : undefined;
}

/** The schema that lies where the command line looks for it when nothing is set. */
function schemaIn(folder: string, reads: FileReads): FoundPrismaSchemas | undefined {
  const places = ['schema.prisma', join('prisma', 'schema.prisma'), join('prisma', 'schema')];
  return agreed(
    places.flatMap((place) => {
      const schemas = filesAt(join(folder, place), reads);
      return schemas.length === 0 ? [] : [{ schemas, reason: undefined }];
    }),
  );
}

/** A package of a workspace. */
interface WorkspacePackage {
  readonly folder: string;
  readonly name: string | undefined;
  readonly dependencies: readonly string[];
  /** The schemas that lie in its folders. */
  readonly found: FoundPrismaSchemas[];
}

/** The schemas of a package, or else of the packages it depends on, or else of those that they depend on. */
function schemasOfDependencies(home: string, bound: string, reads: FileReads): readonly FoundPrismaSchemas[] {
  const packages = packagesBelow(bound, reads);
  const seen = new Set<WorkspacePackage>();
  let level = packages.filter(({ folder }) => folder === home);
  while (level.length > 0) {
    const candidates = level.flatMap(({ folder, found }) => settingIn(folder, reads) ?? found);
    if (candidates.length > 0) return candidates;
    for (const one of level) seen.add(one);
    const names = new Set(level.flatMap(({ dependencies }) => dependencies));
    level = packages.filter((one) => one.name !== undefined && names.has(one.name) && !seen.has(one));
  }
  return [];
}

/** Folders that hold no schema of a client that the project runs. */
const PASSED_OVER =
  /^(?:node_modules|\..*|dist|build|coverage|public|migrations?|tests?|__tests__|e2e|fixtures|__fixtures__|examples?)$/;

/** The packages in a folder, five levels deep at most. */
function packagesBelow(bound: string, reads: FileReads): readonly WorkspacePackage[] {
  const packages: WorkspacePackage[] = [];
  const visit = (folder: string, around: WorkspacePackage, depth: number): void => {
    const entries = reads.listFolder(folder);
    const isPackage = entries.some(({ name, isFolder }) => name === 'package.json' && !isFolder);
    const owner = isPackage && folder !== bound ? packageAt(folder, reads) : around;
    if (owner !== around) packages.push(owner);
    const isMultiFile = folder.endsWith(join('prisma', 'schema'));
    const schemas = filesAt(isMultiFile ? folder : join(folder, 'schema.prisma'), reads);
    if (schemas.length > 0) owner.found.push({ schemas, reason: undefined });
    if (depth === 5 || isMultiFile) return;
    for (const { name, isFolder } of entries) {
      if (isFolder && !PASSED_OVER.test(name)) visit(join(folder, name), owner, depth + 1);
    }
  };
  const root = packageAt(bound, reads);
  packages.push(root);
  visit(bound, root, 0);
  return packages;
}

function packageAt(folder: string, { readText }: FileReads): WorkspacePackage {
  const path = join(folder, 'package.json');
  const manifest = jsonIn(readText(path));
  const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  return {
    folder,
    name: typeof manifest?.['name'] === 'string' ? manifest['name'] : undefined,
    dependencies: kinds.flatMap((kind) => Object.keys(manifest?.[kind] ?? {})),
    found: [],
  };
}
