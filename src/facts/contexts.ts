import { basename, relative, sep } from 'node:path';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { ParsedFile } from '../syntax/file.ts';
import type { Scopes } from '../syntax/scopes.ts';
import type { PackageFact } from './packages.ts';
import { wordsOf } from './sensitive.ts';

/** The modules that a file imports or requires with a literal name, in the order of its text. */
export function importsOf(file: ParsedFile): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { node } of file.find('ImportDeclaration'))
    if (node.importKind !== 'type') found.add(node.source.value);
  for (const { node } of file.find('ExportNamedDeclaration')) if (node.source) found.add(node.source.value);
  for (const { node } of file.find('CallExpression')) {
    const [from] = node.arguments;
    const isImport =
      node.callee.type === 'Import' || (node.callee.type === 'Identifier' && node.callee.name === 'require');
    if (!isImport) continue;
    if (from?.type === 'StringLiteral') found.add(from.value);
    const [quasi] = from?.type === 'TemplateLiteral' && from.expressions.length === 0 ? from.quasis : [];
    if (quasi !== undefined) found.add(quasi.value.cooked ?? quasi.value.raw);
  }
  return found;
}

const PROGRAMS = new Set(
  `yargs yargs/yargs commander cac meow @oclif/core clipanion citty sade caporal inquirer @inquirer/prompts enquirer prompts
  ora @clack/prompts ink listr listr2 cli-table cli-table3 cli-progress minimist arg command-line-args`.split(
    /\s+/,
  ),
);
const TEST_TOOLS =
  /^(vitest|jest|@jest\/globals|mocha|chai|ava|tap|node:test|@playwright\/test|cypress|supertest|sinon|k6)(\/|$)/;
/** Folders of scripts wherever they are, and folders that are that only near the top of a package. */
const WORKBENCH =
  /^(scripts?|bench(marks?)?|seeds?|seeders?|seeding|migrations?|codemods?|\.storybook|\.github)$/;
const TOP_WORKBENCH = /^(bin|tools?|tasks|examples?|demos?|docs?|cli)$/;
const TESTS =
  /^(__tests__|__mocks__|__fixtures__|tests?|spec|specs|e2e|cypress|playwright|fixtures|mocks|testing)$/;
const FRONT_END = /^(public|static|client|front-?end|web-?client|browser|www)$/i;
const TOOLING =
  /^(\.?[\w-]+\.config\.[cm]?[jt]s|\.eslintrc\.[cm]?js|\.prettierrc\.[cm]?js|(gulp|grunt|jake)file\.[\w.]+|seed(er)?\.[cm]?[jt]s|webpack\.[\w.]+|rollup\.[\w.]+|karma\.[\w.]+|vite\.[\w.]+|jest\.[\w.]+|vitest\.[\w.]+)$/i;
const USER_INTERFACE =
  /^(react|react-dom|react-native|vue|svelte|solid-js|preact|@angular\/core|next\/(router|navigation|link|image)|jquery|lit)(\/|$)/;
const SERVER =
  /^(express|fastify|koa|@nestjs\/core|@hapi\/hapi|restify|hono|polka|apollo-server.*|@apollo\/server|@adonisjs\/core|@feathersjs\/feathers|moleculer|sails|next|nuxt|socket\.io|ws)$/;
const STDOUT_PROTOCOLS =
  /^(@modelcontextprotocol\/sdk\/server\/stdio(\.js)?|vscode-languageserver(\/node)?(\.js)?|vscode-jsonrpc(\/node)?|vscode-debugadapter|@vscode\/debugadapter)$/;

const isDirective = (file: ParsedFile, value: string): boolean =>
  file.tree.program.directives.some((one) => one.value.value === value);

/** Whether the file uses one of the names as a global: it reads it, and nothing in the file declares it. */
function usesGlobal(file: ParsedFile, scopes: Scopes, names: readonly string[]): string | undefined {
  for (const path of file.find('MemberExpression')) {
    const { object } = path.node;
    if (object.type !== 'Identifier' || !names.includes(object.name)) continue;
    if (scopes.lookup(path, object.name) === undefined) return object.name;
  }
  return undefined;
}

/** Whether stdout carries messages for another program: `process.stdout.write(JSON.stringify(…))`. */
function writesMessages(file: ParsedFile): boolean {
  const write = {
    callee: {
      object: { object: { name: 'process' }, property: { name: 'stdout' } },
      property: { name: 'write' },
    },
  };
  return file
    .find('CallExpression', write)
    .some(({ node }) =>
      node.arguments.some(
        (one) =>
          one.start != null &&
          /\bJSON\s*\.\s*stringify\b|jsonrpc/i.test(file.text.slice(one.start, one.end ?? 0)),
      ),
    );
}

/** Folders of steps that a person starts one by one. */
const MIGRATIONS = /^(migrations?|seeds?|seeders?|seeding)$/i;

/** What kind of code a file has by where it is and how it is named: tests, or what a person starts at a terminal. */
export function kindOfPath(path: string, home: PackageFact): 'test' | 'command' | undefined {
  const folders = relative(home.root, path).split(sep).slice(0, -1);
  const name = basename(path);
  if (
    folders.some((one) => TESTS.test(one)) ||
    /[.-](test|spec|e2e|bench|stories|mock)\.[cm]?[jt]sx?$/.test(name)
  )
    return 'test';
  const top = folders[0] === 'src' || folders[0] === 'lib' ? folders[1] : folders[0];
  const isBench =
    folders.some((one) => WORKBENCH.test(one) || MIGRATIONS.test(one)) ||
    (top !== undefined && TOP_WORKBENCH.test(top));
  return isBench || TOOLING.test(name) || home.binaries.includes(path) ? 'command' : undefined;
}

/** Why a file is a test or a part of one: one clause that begins with "it"; undefined for everything else. */
export function whyTestCode(file: ParsedFile, home: PackageFact): string | undefined {
  const folder = relative(home.root, file.path)
    .split(sep)
    .slice(0, -1)
    .find((one) => TESTS.test(one));
  if (folder !== undefined) return `it is in the test folder \`${folder}\``;
  if (/[.-](test|spec|e2e|bench|stories|mock)\.[cm]?[jt]sx?$/.test(basename(file.path)))
    return `it is a test file`;
  const tool = [...importsOf(file)].find((one) => TEST_TOOLS.test(one));
  return tool === undefined ? undefined : `it is test code: it imports \`${tool}\``;
}

/**
 * Why the output of the code in `file` is not a server's log: it is a program's own output, a protocol, a test, a script, or
 * it runs in a browser. One clause that begins with "it"; undefined for everything else.
 */
export function whyNotServerCode(file: ParsedFile, scopes: Scopes, home: PackageFact): string | undefined {
  const segments = relative(home.root, file.path).split(sep);
  const folders = segments.slice(0, -1);
  const name = basename(file.path);
  const imports = importsOf(file);
  const importLike = (pattern: RegExp): string | undefined => [...imports].find((one) => pattern.test(one));

  const test = whyTestCode(file, home);
  if (test !== undefined) return test;

  if (home.binaries.includes(file.path))
    return 'its output is what a command prints: the package names it in `bin`';
  if (file.tree.program.interpreter != null)
    return 'its output is what a command prints: it begins with a shebang';
  const program = [...imports].find((one) => PROGRAMS.has(one));
  if (program !== undefined) return `its output is what a command prints: it imports \`${program}\``;
  const top = folders[0] === 'src' || folders[0] === 'lib' ? folders[1] : folders[0];
  const bench =
    folders.find((one) => WORKBENCH.test(one)) ??
    [top].find((one) => one !== undefined && TOP_WORKBENCH.test(one));
  if (bench !== undefined)
    return `it is in the folder \`${bench}\` of scripts, whose reader sits before the terminal`;
  if (TOOLING.test(name)) return 'it configures or drives a tool, whose reader sits before the terminal';
  if (home.binaries.length > 0) {
    if (![...home.ownDependencies].some((one) => SERVER.test(one)))
      return 'its output is what a command prints: its package has a `bin` and depends on no server';
    if (/^((src|lib)\/)?commands(\/|$)/.test(folders.join('/')))
      return 'its output is what a command prints: it is in the folder `commands` of a package with a `bin`';
  }

  const protocol = importLike(STDOUT_PROTOCOLS);
  if (protocol !== undefined) return `its stdout carries a protocol: it imports \`${protocol}\``;
  if (writesMessages(file)) return 'its stdout carries messages for another program';

  if (isNamedLikeLogger(name))
    return 'it is named like a part of the logger, and a record that it writes could come back to it';

  if (isDirective(file, 'use client')) return 'it runs in a browser: it says "use client"';
  if (/\.(tsx|jsx)$/.test(name) && file.find('JSXElement').length + file.find('JSXFragment').length > 0) {
    return 'it may run in a browser: it renders JSX';
  }
  const ui = importLike(USER_INTERFACE);
  if (ui !== undefined) return `it may run in a browser: it imports \`${ui}\``;
  const front = folders.find((one) => FRONT_END.test(one)) ?? basename(home.root).match(FRONT_END)?.[0];
  const touched = usesGlobal(file, scopes, [
    'window',
    'document',
    'localStorage',
    'sessionStorage',
    'navigator',
  ]);
  if (touched !== undefined) return `it may run in a browser: it uses \`${touched}\``;
  if (front !== undefined && !importLike(/^(node:|fs$|path$|http$|os$|crypto$|child_process$)/)) {
    const drawn = [...home.dependencies].find((one) => USER_INTERFACE.test(one));
    if (drawn !== undefined || /^(public|static|www)$/i.test(front))
      return `it may run in a browser: it is in \`${front}\``;
  }
  const drawn = [...home.dependencies].find((one) => USER_INTERFACE.test(one));
  if (drawn !== undefined && ![...home.dependencies].some((one) => SERVER.test(one))) {
    return `it may run in a browser: its package depends on \`${drawn}\` and on no server`;
  }
  return undefined;
}

const LOG_PARTS = /^(manager|writer|transport|stream|sink|appender|formatter|file|rotator|setup|config)s?$/;

/** Whether a file's name says that it is a part of logging: `LogManager.js`, `logger.ts`, `daily-log.ts`. */
function isNamedLikeLogger(name: string): boolean {
  const words = wordsOf(name.replace(/\.[cm]?[jt]sx?$/, ''));
  const last = words.at(-1) ?? '';
  if (/^(log|logger|logging)$/.test(last)) return true;
  return LOG_PARTS.test(last) && /^(log|logs|logger|logging)$/.test(words.at(-2) ?? '');
}

/** Methods whose function arguments are turned into text and run in another program or page. */
const SENT = new Set(
  `evaluate evaluateHandle evaluateOnNewDocument $eval $$eval $eval$ addInitScript waitForFunction executeScript
  executeAsyncScript executeAsync`.split(/\s+/),
);

const isFunction = (path: Path): path is Path<t.Function> =>
  isNode(
    path,
    'FunctionDeclaration',
    'FunctionExpression',
    'ArrowFunctionExpression',
    'ObjectMethod',
    'ClassMethod',
    'ClassPrivateMethod',
  );

/** The functions around `path`, the nearest first. */
export function functionsAround(path: Path): readonly Path<t.Function>[] {
  const found: Path<t.Function>[] = [];
  for (let at = path.parent; at !== null; at = at.parent) if (isFunction(at)) found.push(at);
  return found;
}

/** The name of the method that is called: `evaluate` of `page.evaluate(…)`. */
function methodOf(call: t.Node): string | undefined {
  if (
    call.type !== 'CallExpression' &&
    call.type !== 'OptionalCallExpression' &&
    call.type !== 'NewExpression'
  )
    return undefined;
  const { callee } = call;
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
  return callee.property.type === 'Identifier' && !callee.computed ? callee.property.name : undefined;
}

/** The calls that `fn` is handed to: where it is written, or under the name that it is declared with. */
function takersOf(scopes: Scopes, fn: Path<t.Function>): readonly Path[] {
  const takers: Path[] = fn.parent !== null && fn.key === 'arguments' ? [fn.parent] : [];
  const declared =
    fn.node.type === 'FunctionDeclaration'
      ? fn.node.id
      : isNode(fn.parent, 'VariableDeclarator')
        ? fn.parent.node.id
        : null;
  if (declared?.type !== 'Identifier') return takers;
  for (const read of scopes.lookup(fn, declared.name)?.reads ?? []) {
    if (read.parent !== null && (read.key === 'arguments' || read.key === 'object')) takers.push(read.parent);
  }
  return takers;
}

/** Why the code at `path` runs in another program than the rest of its file; one clause that begins with "it". */
export function whyRunsElsewhere(scopes: Scopes, path: Path): string | undefined {
  for (const fn of functionsAround(path)) {
    if (isNode(fn.parent, 'TemplateLiteral'))
      return "it runs elsewhere: this function's text is put into a template";
    for (const taker of takersOf(scopes, fn)) {
      const method = methodOf(taker.node);
      if (method !== undefined && SENT.has(method))
        return `it runs elsewhere: \`${method}\` sends this function's text there`;
      const property = isNode(taker, 'MemberExpression') ? taker.node.property : undefined;
      if (property?.type === 'Identifier' && property.name === 'toString')
        return "it runs elsewhere: this function's text is taken with `toString`";
    }
  }
  return undefined;
}

/**
 * Whether the file is in a folder of commands, although its package has no `bin`: another package's program may run them.
 * Commands of a message bus are something else.
 */
export function mayBeCommand(file: ParsedFile, home: PackageFact): boolean {
  const folders = relative(home.root, file.path).split(sep).slice(0, -1);
  return folders.includes('commands') && !home.dependencies.has('@nestjs/cqrs');
}

const LAST_EVENTS =
  /^(uncaughtException|uncaughtExceptionMonitor|unhandledRejection|exit|beforeExit|SIG[A-Z]+\d*)$/;

const isExit = (node: t.Node): boolean => {
  if (node.type !== 'ExpressionStatement') return false;
  const call = node.expression;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const { object, property } = call.callee;
  return (
    object.type === 'Identifier' &&
    object.name === 'process' &&
    property.type === 'Identifier' &&
    /^(exit|abort|reallyExit|kill)$/.test(property.name)
  );
};

/** The statements that follow the one around `path` in its block. */
function followersOf(path: Path): readonly t.Node[] {
  const { parent, key, index } = path;
  if (parent === null || index === null) return [];
  const held = (parent.node as unknown as Readonly<Record<string, unknown>>)[key];
  return key === 'body' || key === 'consequent' ? (held as readonly t.Node[]).slice(index + 1) : [];
}

/**
 * Why a record written at `path` may be the last thing that the process does, so that a logger which writes later would lose
 * it; one clause. `process.on('uncaughtException' | 'exit' | 'SIGTERM' …)`, and `process.exit()` on the same way out.
 */
export function whyLastWords(scopes: Scopes, path: Path): string | undefined {
  for (let at: Path | null = path; at !== null && !isFunction(at); at = at.parent) {
    if (followersOf(at).some(isExit)) return '`process.exit` follows';
    if (
      isNode(at, 'SequenceExpression') &&
      at !== path &&
      at.node.expressions.some((one) =>
        isExit({ type: 'ExpressionStatement', expression: one } as t.ExpressionStatement),
      )
    ) {
      return '`process.exit` follows';
    }
  }
  for (const fn of functionsAround(path)) {
    for (const taker of takersOf(scopes, fn)) {
      if (!isNode(taker, 'CallExpression') || taker.node.callee.type !== 'MemberExpression') continue;
      const { object } = taker.node.callee;
      const [event] = taker.node.arguments;
      if (object.type !== 'Identifier' || object.name !== 'process' || event?.type !== 'StringLiteral')
        continue;
      if (LAST_EVENTS.test(event.value))
        return `it is the last word of the process, in its handler of \`${event.value}\``;
    }
  }
  return undefined;
}

const MEANT = /\b(no-console|noConsole|no-restricted-syntax)\b/;
const DISABLES = /(eslint|oxlint|tslint|biome|rslint)[-:]?(disable|ignore)/;

/** A mark that names no rule and so stands for all of them; a reason may follow it. */
const BARE = /^\s*(eslint|oxlint|tslint)[-:]disable(-next-line|-line)?\s*(--[^]*)?$/;
const STRETCH = /^\s*(?:eslint|oxlint|tslint)[-:](disable|enable)(?!-)\b([^]*)$/;

/** Whether the marks that hold until they are taken back cover `console` at `line`: `/* eslint-disable *\/`. */
function isInDisabledStretch(file: ParsedFile, line: number): boolean {
  let isDisabled = false;
  for (const { type, value, loc } of file.comments) {
    if (type !== 'CommentBlock' || (loc?.start.line ?? line) >= line) continue;
    const [, verb, rules = ''] = STRETCH.exec(value) ?? [];
    if (verb !== undefined && (MEANT.test(rules) || /^\s*(--|$)/.test(rules)))
      isDisabled = verb === 'disable';
  }
  return isDisabled;
}

/** Whether a lint mark beside the line of `node`, or around it, says that this `console` is meant. */
export function isMeantConsole(file: ParsedFile, node: t.Node): boolean {
  const line = node.loc?.start.line ?? 0;
  if (isInDisabledStretch(file, line)) return true;
  return file.comments.some(({ value, loc }) => {
    const at = loc?.end.line ?? -1;
    return (
      (at === line - 1 || at === line) &&
      DISABLES.test(value) &&
      (MEANT.test(value) || BARE.test(value)) &&
      (at === line || !/-line\b/.test(value) || /next-line/.test(value))
    );
  });
}
