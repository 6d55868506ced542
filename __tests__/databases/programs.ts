import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ts } from 'ts-morph';
import type { Texts } from '../../src/testing/cases.ts';
import { clientFolderOf, prismaClientText } from './prisma-client.ts';

/** A program on disk that can be imported. */
export interface Program {
  /** Where it lies, as it may show in messages. */
  readonly folder: string;
  /** The exports of the file at `path`, by the name that it has among the texts. Each file is run once. */
  load(path: string): Promise<ReadonlyMap<string, unknown>>;
  remove(): void;
}

/**
 * Writes `texts` as a program that Node.js runs by itself, beside the packages of this project:
 * - TypeScript becomes ES modules, with the decorators and their metadata that ORMs read; JavaScript stays what it is, ES module or CommonJS;
 * - relative specifiers lead to the files so named, with or without their endings;
 * - where there is a `schema.prisma`, its client is where the schema and the imports say.
 * @throws {Error} where a text is wrong.
 */
export function writeProgram(texts: Texts): Program {
  const modules = modulesOf(texts);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hasten-program-')));
  for (const [, { path, text }] of modules) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, IMPORTER), 'module.exports = (specifier) => import(specifier);\n');
  const importNatively: unknown = createRequire(join(folder, IMPORTER))(`./${IMPORTER}`);
  return {
    folder,
    async load(path) {
      const module = modules.get(path);
      if (module === undefined) throw new Error(`The program has no file ${path}.`);
      if (typeof importNatively !== 'function') throw new Error('The importer is no function.');
      const exported: unknown = await importNatively(pathToFileURL(join(folder, module.path)).href);
      return exportsOf(exported);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const root = join(import.meta.dirname, '..', '..');

/** A file that imports by Node.js itself, and not by what runs the tests. */
const IMPORTER = '__import.cjs';

interface Module {
  /** Where it is written: the ending tells Node.js which kind of module it is. */
  readonly path: string;
  readonly text: string;
}

/** Each text by its path, as it is written. */
function modulesOf(texts: Texts): ReadonlyMap<string, Module> {
  const all = new Map([...texts, ...prismaClientOf(texts)]);
  const paths = new Map([...all].map(([path, text]) => [path, writtenPathOf(path, text)]));
  const modules = new Map<string, Module>();
  for (const [path, text] of all) {
    // It would tell Node.js to take files for another kind of module than their endings say.
    if (posix.basename(path) === 'package.json') continue;
    const module = { path: paths.get(path) ?? path, text };
    modules.set(path, isCode(path) ? { ...module, text: written(path, text, paths) } : module);
  }
  return modules;
}

const isCode = (path: string): boolean => /\.[mc]?[jt]s$/.test(path) && !path.endsWith('.d.ts');

const isCommonJs = (path: string, text: string): boolean =>
  /\.c[jt]s$/.test(path) || (path.endsWith('.js') && !isEsModule(text));

/** Whether a JavaScript text has a declaration that only an ES module can have. */
const isEsModule = (text: string): boolean =>
  ts
    .createSourceFile('it.js', text, ts.ScriptTarget.ES2022)
    .statements.some(
      (statement) =>
        ts.isImportDeclaration(statement) ||
        ts.isExportDeclaration(statement) ||
        ts.isExportAssignment(statement) ||
        (ts.canHaveModifiers(statement) &&
          (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)),
    );

const writtenPathOf = (path: string, text: string): string =>
  isCode(path) ? path.replace(/\.[mc]?[jt]s$/, isCommonJs(path, text) ? '.cjs' : '.mjs') : path;

/** The text of a file of code as JavaScript, with its specifiers as Node.js wants them. */
function written(path: string, text: string, paths: ReadonlyMap<string, string>): string {
  const isTyped = path.endsWith('ts');
  const plain = isTyped ? transpiled(path, text) : text;
  return withSpecifiers(plain, (specifier) => writtenSpecifier(specifier, path, paths));
}

function transpiled(path: string, text: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: {
      module: path.endsWith('.cts') ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      // Fields that are declared only must not hide the accessors that ORMs put on prototypes.
      useDefineForClassFields: false,
    },
  });
  const [wrong] = diagnostics;
  if (wrong !== undefined)
    throw new Error(`${path} is wrong: ${ts.flattenDiagnosticMessageText(wrong.messageText, ' ')}`);
  return outputText;
}

/** `text` with each specifier of an import, an export, an `import()` or a `require()` replaced by what `replace` makes of it. */
function withSpecifiers(text: string, replace: (specifier: string) => string): string {
  const file = ts.createSourceFile('it.js', text, ts.ScriptTarget.ES2022, true);
  const found: ts.StringLiteralLike[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push(specifier);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found
    .sort((a, b) => b.pos - a.pos)
    .reduce(
      (result, literal) =>
        result.slice(0, literal.getStart(file)) +
        JSON.stringify(replace(literal.text)) +
        result.slice(literal.end),
      text,
    );
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
  return isImport || isRequire ? node.arguments[0] : undefined;
}

function writtenSpecifier(specifier: string, from: string, paths: ReadonlyMap<string, string>): string {
  const isClient = specifier === '@prisma/client' && paths.has(PACKAGED_CLIENT);
  if (!isClient && !/^\.\.?(?:\/|$)/.test(specifier)) return specifier;
  const named = isClient ? PACKAGED_CLIENT : posix.join(posix.dirname(from), specifier);
  const target = candidatesOf(named).find((candidate) => paths.has(candidate));
  if (target === undefined) return specifier;
  const path = posix.relative(posix.dirname(from), paths.get(target) ?? target);
  return path.startsWith('.') ? path : `./${path}`;
}

/** The paths that a specifier may mean, as resolved by bundlers, by compilers and by `require`. */
function candidatesOf(path: string): readonly string[] {
  const bare = path.replace(/\.[mc]?[jt]s$/, '');
  const stems = [bare, path, `${path}/index`];
  return [path, ...stems.flatMap((stem) => ENDINGS.map((ending) => `${stem}.${ending}`))];
}

const ENDINGS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'];

/** Where the client lies that is imported as `@prisma/client`. */
const PACKAGED_CLIENT = '__prisma/client.cjs';

/** The files of the client that the schema of a program is generated into, by path. */
function prismaClientOf(texts: Texts): Texts {
  const schema = [...texts].find(([path]) => posix.basename(path) === 'schema.prisma');
  if (schema === undefined) return new Map();
  const [path, text] = schema;
  const client: [string, string] = [PACKAGED_CLIENT, prismaClientText(text)];
  const output = clientFolderOf(text);
  if (output === undefined) return new Map([client]);
  const folder = posix.join(posix.dirname(path), output);
  const toClient = `module.exports = require(${JSON.stringify(posix.relative(folder, PACKAGED_CLIENT))});\n`;
  const names = ['client.cjs', 'enums.cjs', 'index.cjs'];
  return new Map([client, ...names.map((name): [string, string] => [posix.join(folder, name), toClient])]);
}

/** The exports of a module by name; of a CommonJS module also those that only running it tells. */
function exportsOf(module: unknown): ReadonlyMap<string, unknown> {
  if (typeof module !== 'object' || module === null) return new Map();
  const named = Object.entries(module);
  const whole: unknown = 'default' in module ? module.default : undefined;
  const also = typeof whole === 'object' && whole !== null ? Object.entries(whole) : [];
  return new Map([...also, ...named]);
}
