import { code, joinCode, type Hole } from '../edits/code.ts';
import { spanOf, type Code, type Edit, type Span } from '../edits/edit.ts';
import type { ArgChange, ResultChange, Twin, TwinImport } from '../facts/libraries/blocking/blocking-call.ts';
import type { Path, t } from '../syntax/ast.ts';
import { addAwait } from '../syntax/functions.ts';
import type { FileContext } from '../transform.ts';

type Call = t.CallExpression | t.OptionalCallExpression;
type File = FileContext<unknown>;

/** The edits that put the twin in the place of a call. `isAwaited` is false where its promise is returned as it is. */
export interface Written {
  readonly edits: readonly Edit[];
  /** What is called now, as it is written: `fs.promises.readFile`. */
  readonly callee: string;
}

/** How a name of a module is reached in a file. */
interface Named {
  /** The code that stands for the callee. */
  readonly code: Code;
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** Packages that have all of `fs`, with the promise forms under `promises`. */
const HAS_PROMISES = /^(node:)?fs$/;

/** The module that a file has a name from, as it is written there: `node:fs` or `fs`. */
function moduleOf(file: File, path: Path, local: string): string | undefined {
  const binding = file.scopes.lookup(path, local);
  for (let at: Path | null = binding?.declaration ?? null; at !== null; at = at.parent) {
    if (at.node.type === 'ImportDeclaration') return at.node.source.value;
    if (at.node.type === 'VariableDeclarator') {
      const { init } = at.node;
      const call = init?.type === 'MemberExpression' ? init.object : init;
      const [from] = call?.type === 'CallExpression' ? call.arguments : [];
      return from?.type === 'StringLiteral' ? from.value : undefined;
    }
  }
  return undefined;
}

/** Whether a file writes `node:` before the names of Node's own modules. */
const writesPrefix = (file: File): boolean => {
  const all = [
    ...file.text.matchAll(
      /(?:from|require\(|import)\s*['"](node:)?(fs|path|os|child_process|crypto|util|url|http|https|zlib|events|stream)(?:\/\w+)?['"]/g,
    ),
  ];
  return all.length === 0 || all.some(([, prefix]) => prefix !== undefined);
};

const asWritten = (file: File, module: string): string =>
  writesPrefix(file) ? module : module.replace(/^node:/, '');

/** A name of a module in the way of the file: a member of what is imported whole, or an import by name. */
function nameIn(file: File, path: Path<Call>, wanted: TwinImport & { readonly local?: string }): Named {
  const { callee } = path.node;
  if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
    // `fs.realpath.native` is read off a function of the module.
    const isNative = callee.property.type === 'Identifier' && callee.property.name === 'native';
    const holder =
      isNative && !wanted.isSameObject && callee.object.type === 'MemberExpression'
        ? callee.object.object
        : callee.object;
    const object = spanOf(holder);
    const objectText = file.text.slice(...object);
    if (wanted.isSameObject) {
      if (wanted.name === 'default') return { code: code`${object}`, text: objectText, edits: [] };
      return { code: code`${object}.${wanted.name}`, text: `${objectText}.${wanted.name}`, edits: [] };
    }
    const local = holder.type === 'Identifier' ? holder.name : undefined;
    const from = local === undefined ? requiredIn(holder) : moduleOf(file, path, local);
    if (wanted.module === 'node:fs/promises' && from !== undefined && HAS_PROMISES.test(from)) {
      const named = promisesIn(file, path);
      if (named !== undefined)
        return { code: [`${named}.${wanted.name}`], text: `${named}.${wanted.name}`, edits: [] };
      return {
        code: code`${object}.promises.${wanted.name}`,
        text: `${objectText}.promises.${wanted.name}`,
        edits: [],
      };
    }
  }
  const { local, edits } = file.ensureImport({
    from: asWritten(file, wanted.module),
    name: wanted.name,
    ...(wanted.local === undefined ? {} : { as: wanted.local }),
  });
  return { code: [local], text: local, edits };
}

/** The module of `require('fs')` itself. */
function requiredIn(node: t.Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const [from] = node.arguments;
  return from?.type === 'StringLiteral' ? from.value : undefined;
}

/** The name that a file has for all of `fs/promises`. */
function promisesIn(file: File, path: Path): string | undefined {
  for (const { node } of file.find('ImportDeclaration')) {
    if (/^(node:)?fs\/promises$/.test(node.source.value))
      for (const one of node.specifiers)
        if (one.type !== 'ImportSpecifier' && file.scopes.lookup(path, one.local.name)?.kind === 'import')
          return one.local.name;
    if (HAS_PROMISES.test(node.source.value))
      for (const one of node.specifiers)
        if (
          one.type === 'ImportSpecifier' &&
          one.imported.type === 'Identifier' &&
          one.imported.name === 'promises'
        )
          return one.local.name;
  }
  for (const { node } of file.find('VariableDeclarator')) {
    if (node.id.type !== 'Identifier' || node.init == null) continue;
    const { init } = node;
    const isWhole = /^(node:)?fs\/promises$/.test(requiredIn(init) ?? '');
    const isMember =
      init.type === 'MemberExpression' &&
      HAS_PROMISES.test(requiredIn(init.object) ?? '') &&
      init.property.type === 'Identifier' &&
      init.property.name === 'promises';
    if ((isWhole || isMember) && file.scopes.lookup(path, node.id.name)?.identifier.node === node.id)
      return node.id.name;
  }
  return undefined;
}

/** The last statement at the top of a file that imports or requires. */
function lastImport(file: File): t.Statement | undefined {
  return file.tree.program.body.findLast(
    (one) =>
      one.type === 'ImportDeclaration' ||
      (one.type === 'VariableDeclaration' &&
        one.declarations.some(
          ({ init }) =>
            init != null &&
            (requiredIn(init) !== undefined ||
              (init.type === 'MemberExpression' && requiredIn(init.object) !== undefined)),
        )),
  );
}

/** Declares a constant below the imports of a file, on lines of their own. */
function declared(file: File, name: string, value: string): readonly Edit[] {
  const { semicolons, eol } = file.style;
  const statement = `const ${name} = ${value}${semicolons ? ';' : ''}`;
  const last = lastImport(file);
  const first = file.tree.program.body[0];
  if (last === undefined)
    return first === undefined ? [] : [{ ...file.insertBefore(first, statement), once: `declared ${name}` }];
  const { text } = file;
  const feed = text.indexOf('\n', spanOf(last)[1]);
  if (feed === -1) return [{ ...file.insertAfter(last, statement), once: `declared ${name}` }];
  const isParted = /^[ \t]*\r?\n/.test(text.slice(feed + 1));
  const at = isParted ? text.indexOf('\n', feed + 1) + 1 : feed + 1;
  const line: Edit = { file: file.path, span: [at, at], code: [statement + eol], once: `declared ${name}` };
  // Empty lines come after all lines that are inserted at one point.
  return [line, { file: file.path, span: [at, at], code: [eol], once: 'declared' }];
}

/**
 * Types of functions of `crypto` that `promisify` loses, since it takes the last of several overloads:
 * https://www.typescriptlang.org/docs/handbook/2/conditional-types.html#inferring-within-conditional-types
 */
const OVERLOADED: Readonly<Record<string, { readonly type: string; readonly names: readonly string[] }>> = {
  scrypt: {
    type: '(password: BinaryLike, salt: BinaryLike, length: number, options?: ScryptOptions) => Promise<Buffer>',
    names: ['BinaryLike', 'ScryptOptions'],
  },
  generatePrime: {
    type: '(size: number, options?: GeneratePrimeOptions) => Promise<ArrayBuffer | bigint>',
    names: ['GeneratePrimeOptions'],
  },
  checkPrime: {
    type: '(value: LargeNumberLike, options?: CheckPrimeOptions) => Promise<boolean>',
    names: ['LargeNumberLike', 'CheckPrimeOptions'],
  },
};

/** The type that has to be said of a promisified function, where TypeScript does not find it. */
function overloadOf(
  file: File,
  from: TwinImport,
): { readonly text: string; readonly edits: readonly Edit[] } {
  const overload =
    from.module.endsWith('crypto') && /\.[cm]?tsx?$/.test(file.path) ? OVERLOADED[from.name] : undefined;
  if (overload === undefined) return { text: '', edits: [] };
  let { type } = overload;
  const edits: Edit[] = [];
  for (const name of overload.names) {
    const asked = file.ensureImport({ from: asWritten(file, 'node:crypto'), name, typeOnly: true });
    type = type.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), asked.local);
    edits.push(...asked.edits);
  }
  return { text: ` as ${type}`, edits };
}

/** A function with a callback as one that gives a promise: `promisify(scrypt)` once in the module. */
function promisified(file: File, path: Path<Call>, from: TwinImport, local: string): Named {
  // The promise form of the same name may be wanted in the file too.
  const isShared = from.module === 'node:fs' || from.module === 'fs';
  const wanted = nameIn(file, path, isShared ? { ...from, local: `${from.name}Callback` } : from);
  for (const { node } of file.find('VariableDeclarator')) {
    const { id, init } = node;
    const [only] = init?.type === 'CallExpression' ? init.arguments : [];
    if (id.type !== 'Identifier' || init?.type !== 'CallExpression' || only === undefined) continue;
    if (/^(util\.)?promisify$/.test(file.textOf(init.callee)) && file.textOf(only) === wanted.text)
      if (file.scopes.lookup(path, id.name)?.identifier.node === id)
        return { code: [id.name], text: id.name, edits: [] };
  }
  const name = freeName(file, path, local);
  const utilities = file
    .find('ImportDeclaration')
    .find(({ node }) => /^(node:)?util$/.test(node.source.value));
  const whole = utilities?.node.specifiers.find((one) => one.type !== 'ImportSpecifier')?.local.name;
  const promisify =
    whole === undefined
      ? file.ensureImport({ from: asWritten(file, 'node:util'), name: 'promisify' })
      : { local: `${whole}.promisify`, edits: [] };
  const typed = overloadOf(file, from);
  const edits = [...typed.edits, ...declared(file, name, `${promisify.local}(${wanted.text})${typed.text}`)];
  return { code: [name], text: name, edits: [...wanted.edits, ...promisify.edits, ...edits] };
}

/** The edits of the arguments. */
function argsEdits(file: File, { node }: Path<Call>, changes: readonly ArgChange[]): readonly Edit[] {
  const args = node.arguments;
  const inside: Edit[] = [];
  const pieces: Hole[] = args.map((one): Hole => spanOf(one));
  const dropped = new Set<number>();
  const added: string[] = [];
  for (const change of changes) {
    const { at } = change;
    const argument = args[at];
    if (change.kind === 'drop') dropped.add(at);
    else if (change.kind === 'replace') {
      if (argument === undefined) added.push(change.text);
      else pieces[at] = change.text;
    } else if (change.kind === 'wrap' && argument !== undefined)
      pieces[at] = code`${change.before}${spanOf(argument)}${change.after}`;
    else if (change.kind === 'set') {
      if (argument?.type === 'ObjectExpression')
        inside.push(...setProperty(file, argument, change.property, change.value));
      else if (argument === undefined) added.push(`{ ${change.property}: ${change.value} }`);
    } else if (change.kind === 'unset' && argument?.type === 'ObjectExpression')
      inside.push(...unsetProperty(file, argument, change.property));
  }
  const isSame =
    dropped.size === 0 &&
    added.length === 0 &&
    pieces.every((one) => typeof one === 'object' && Array.isArray(one) && one.length === 2);
  if (isSame) return inside;
  const [first, last] = [args[0], args.at(-1)];
  const close = spanOf(node)[1] - 1;
  const span: Span =
    first === undefined || last === undefined ? [close, close] : [spanOf(first)[0], spanOf(last)[1]];
  const kept = [...pieces.filter((_, at) => !dropped.has(at)), ...added];
  return [...inside, { file: file.path, span, code: joinCode(kept, ', ') }];
}

const keyOf = (one: t.Node): string | undefined =>
  one.type !== 'ObjectProperty' || one.computed
    ? undefined
    : one.key.type === 'Identifier'
      ? one.key.name
      : one.key.type === 'StringLiteral'
        ? one.key.value
        : undefined;

function setProperty(file: File, object: t.ObjectExpression, name: string, value: string): readonly Edit[] {
  const known = object.properties.find((one) => keyOf(one) === name);
  if (known?.type === 'ObjectProperty')
    return [{ file: file.path, span: spanOf(known), code: [`${name}: ${value}`] }];
  const last = object.properties.at(-1);
  const [start] = spanOf(object);
  const at = last === undefined ? start + 1 : spanOf(last)[1];
  return [
    {
      file: file.path,
      span: [at, at],
      code: [last === undefined ? ` ${name}: ${value} ` : `, ${name}: ${value}`],
    },
  ];
}

function unsetProperty(file: File, object: t.ObjectExpression, name: string): readonly Edit[] {
  const at = object.properties.findIndex((one) => keyOf(one) === name);
  const property = object.properties[at];
  if (property === undefined) return [];
  const [start, end] = spanOf(property);
  const before = object.properties[at - 1];
  const after = object.properties[at + 1];
  const span: Span =
    before !== undefined
      ? [spanOf(before)[1], end]
      : after !== undefined
        ? [start, spanOf(after)[0]]
        : [start, end];
  return [{ file: file.path, span, code: [] }];
}

type Expression = Twin & { readonly kind: 'expression' };

const IS_THERE = '.then(() => true, () => false)';

/** Whether a twin asks whether a file is there. */
const isExistence = ({ pieces, imports }: Expression): boolean =>
  imports[0]?.name === 'access' &&
  typeof pieces.at(-1) === 'string' &&
  String(pieces.at(-1)).endsWith(IS_THERE);

/** Whether a file asks so often that a function of its own is worth it. */
const asksOften = (file: File): boolean => (file.text.match(/\bexistsSync\s*\(/g) ?? []).length > 1;

/** The function of the file that tells whether a file is there, made where there is none. */
function existence(file: File, path: Path<Call>, { imports }: Expression): Named {
  const [wanted] = imports;
  if (wanted === undefined) throw new TypeError('The twin names no import.');
  const access = nameIn(file, path, wanted);
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const made = `${access.text}(path)${IS_THERE}`;
  for (const { node } of file.find('VariableDeclarator'))
    if (node.id.type === 'Identifier' && node.init?.type === 'ArrowFunctionExpression') {
      const body = file.textOf(node.init.body).replace(/\s+/g, '').replace(/,\)/g, ')');
      if (body === made.replace(/\s+/g, '')) return { code: [node.id.name], text: node.id.name, edits: [] };
    }
  const name = freeName(file, path, 'exists');
  const type = isTyped ? typeOfPaths(file) : undefined;
  const parameter = type === undefined ? '(path)' : `(path: ${type.local})`;
  return {
    code: [name],
    text: name,
    edits: [...access.edits, ...(type?.edits ?? []), ...declared(file, name, `${parameter} => ${made}`)],
  };
}

/** The type of paths: of all of `fs`, where an `import` gives that a name, which has the types too. */
function typeOfPaths(file: File): { readonly local: string; readonly edits: readonly Edit[] } {
  const [whole] = file
    .find('ImportDeclaration')
    .filter(({ node }) => HAS_PROMISES.test(node.source.value))
    .flatMap(({ node }) => node.specifiers)
    .filter(({ type }) => type !== 'ImportSpecifier');
  return whole === undefined
    ? file.ensureImport({ from: asWritten(file, 'node:fs'), name: 'PathLike', typeOnly: true })
    : { local: `${whole.local.name}.PathLike`, edits: [] };
}

/** A name that nothing in the file has, as near to the wished one as can be. */
function freeName(file: File, path: Path, wished: string): string {
  const taken = file.scopes.namesAround(path);
  let name = wished;
  for (let number = 2; taken.has(name); number++) name = `${wished}${number}`;
  return name;
}

/** Puts the twin in the place of a call. */
export function twinEdits(file: File, path: Path<Call>, twin: Twin, isAwaited: boolean): Written {
  const { node } = path;
  const span = spanOf(node);
  if (twin.kind === 'expression' && isExistence(twin) && asksOften(file)) {
    const named = existence(file, path, twin);
    return {
      callee: named.text,
      edits: [
        ...named.edits,
        { file: file.path, span: spanOf(node.callee), code: named.code },
        ...(isAwaited ? addAwait(file, node) : []),
      ],
    };
  }
  if (twin.kind === 'expression') {
    const names = twin.imports.map((one) => nameIn(file, path, one));
    const pieces = twin.pieces.map((piece): Hole => {
      if (typeof piece === 'string') return piece;
      if ('import' in piece) return names[piece.import]?.code ?? '';
      if ('args' in piece)
        return joinCode(
          node.arguments.map((one): Hole => spanOf(one)),
          ', ',
        );
      const argument = node.arguments[piece.arg];
      return argument === undefined ? '' : spanOf(argument);
    });
    const made = joinCode(pieces, '');
    const [edit] = isAwaited ? addAwait(file, node) : [];
    const open = typeof edit?.code[0] === 'string' ? edit.code[0] : '';
    const close =
      edit !== undefined && edit.code.length > 1 && typeof edit.code.at(-1) === 'string'
        ? String(edit.code.at(-1))
        : '';
    return {
      callee: names[0]?.text ?? '',
      edits: [
        ...names.flatMap((one) => one.edits),
        { file: file.path, span, code: joinCode([open, made, close], '') },
      ],
    };
  }
  const named =
    twin.kind === 'promise'
      ? nameIn(file, path, twin.from)
      : promisified(file, path, twin.from, twin.promisified);
  const edits: Edit[] = [
    ...named.edits,
    { file: file.path, span: spanOf(node.callee), code: named.code },
    ...argsEdits(file, path, twin.args ?? []),
    ...waitEdits(file, path, twin.result, isAwaited),
  ];
  return { edits, callee: named.text };
}

/** The `await`, and how its value is read. */
function waitEdits(
  file: File,
  path: Path<Call>,
  result: ResultChange | undefined,
  isAwaited: boolean,
): readonly Edit[] {
  const { node } = path;
  const span = spanOf(node);
  const isDropped = path.parent?.node.type === 'ExpressionStatement';
  if (result === undefined || isDropped) return isAwaited ? addAwait(file, node) : [];
  if (result.kind === 'wrap') {
    // An argument needs no parentheses.
    return [{ file: file.path, span, code: joinCode([`${result.before}await `, span, result.after], '') }];
  }
  const edit = file.replace(node, code`(await ${span}).${result.name}`);
  return [edit];
}
