import { ts } from 'ts-morph';
import { spanOf, type Spanned } from '../../edits/edit.ts';
import type { Site } from '../../evidence.ts';
import { nodeAt } from '../bridge.ts';
import { Cones } from '../cones/grow.ts';
import type { Surroundings } from '../cones/around.ts';
import type { Cone, Leaf, Reach } from '../cones/cone.ts';
import type { BlockingCall, BlockingContext } from '../libraries/blocking/blocking-call.ts';
import { blockingCallOf, isBlockingPackage } from '../libraries/blocking/table.ts';
import { NotReadyError } from '../not-ready.ts';
import { forgetSharedSources } from '../shared-sources.ts';
import { Callees } from './callees.ts';
import { NOTHING, type CodeFact, type DatabaseCall, type Resource, type SharedClient } from './effect.ts';
import { Freshness } from './freshness.ts';
import { TRANSACTION_CALLEE, TRANSACTIONAL_DECORATOR } from './guesses.ts';
import { LibraryValues } from './library-values.ts';
import { libraryFactOf } from '../libraries/tables.ts';
import { readModels, type CodeOrm } from '../orm/models.ts';
import type { Model } from '../orm/schema.ts';
import { Summaries } from './summaries.ts';
import type { Summary } from './summary.ts';
import { bareExpression, isFunctionNode, isMember, memberName, Symbols } from './symbols.ts';
import { createWholeProgram, type WholeProgram } from './whole-program.ts';

/** Answers about what code does. */
export interface CodeFacts {
  /** Tells which files may be asked about, and that texts may have changed. */
  prepare(paths: readonly string[]): void;
  /** What running an expression or a statement of a file does. */
  codeOf(path: string, code: Spanned): CodeFact;
  /** What a call of a database's library asks, where it is one. */
  databaseCallOf(path: string, call: Spanned): DatabaseCall | undefined;
  /** The name of a library's function that blocks, where an expression stands for one. */
  blockingFunctionOf(path: string, expression: Spanned): string | undefined;
  /** What has to change so that a call can be waited for. Every file of the project is looked at. */
  coneOf(path: string, call: Spanned, leaf?: Leaf): Cone | undefined;
  /** How the code at a place comes to run. Every file of the project is looked at. */
  reachOf(path: string, code: Spanned): Reach | undefined;
  /** The call that blocks all others, with its twin, where a call is known to be one. */
  blockingCallOf(path: string, call: Spanned, result: ResultUse): BlockingCall | undefined;
  /** The models that the sources declare for a library. */
  modelsOf(orm: CodeOrm): readonly Model[];
  /** Builds the program where a time limit stopped the last question, and what questions for callers share; tells whether it did. */
  recover(): boolean;
  dispose(): void;
}

/** What is done with what a call gives. */
export type ResultUse = Pick<BlockingContext, 'isResultUsed' | 'resultMembers' | 'thrownMembers'>;

export interface CodeFactsRequest {
  /** The text of any file of the project; undefined where there is none. */
  readonly readText: (path: string) => string | undefined;
  readonly dependenciesOf: (path: string) => ReadonlySet<string>;
  readonly around: Surroundings;
  /** Every file that may call what is in the files of the run. */
  readonly allFiles: (paths: readonly string[]) => readonly string[];
  /** Whether questions throw, at the moment, a `NotReadyError` where they would build the program or indexes of all of it; else they build them. */
  readonly isImpatient: () => boolean;
  /** Whether callers will be asked for, so that a program of the files of the run alone would be built in vain. */
  readonly isUpwards: boolean;
}

/** Everything that is asked of one state of the program. */
interface Engine {
  readonly whole: WholeProgram;
  /** The models that were read, by library. */
  readonly models: Map<CodeOrm, readonly Model[]>;
  readonly libraries: LibraryValues;
  readonly summaries: Summaries;
  readonly cones: Cones;
  /** Whether any source gives a Prisma client middleware; undefined until somebody asks. */
  hasMiddleware?: boolean;
  /** Whether any source opens files by number; undefined until somebody asks. */
  opensFiles?: boolean;
}

function createEngine(whole: WholeProgram, { dependenciesOf, around }: CodeFactsRequest): Engine {
  const symbols = new Symbols(whole);
  const libraries = new LibraryValues(symbols);
  const callees = new Callees(symbols);
  libraries.functionsOf = (callee) => callees.of(callee).functions;
  callees.isKnownWrapper = (call) => {
    const library = libraries.callOf(call);
    return library !== undefined && libraryFactOf(library) !== undefined;
  };
  const freshness = new Freshness(symbols, libraries, callees);
  const summaries = new Summaries({ symbols, libraries, callees, freshness, dependenciesOf });
  const cones = new Cones({ symbols, callees, libraries, summaries, around });
  return { whole, models: new Map(), libraries, summaries, cones };
}

const siteOf = (node: ts.Node): Site => {
  const source = node.getSourceFile();
  return {
    path: source.fileName,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
  };
};

function asFact({ effects, unknown, thrown, clients, pacing, io }: Summary): CodeFact {
  return {
    effects: [...effects.values()].map(({ access, resource, by, node, certainty }) => ({
      access,
      resource,
      by,
      certainty,
      seenAt: siteOf(node),
    })),
    unknown: [...unknown.values()].map(({ node, ...rest }) => ({ ...rest, seenAt: siteOf(node) })),
    thrown: [...thrown.values()].map(({ node, ...rest }) => ({ ...rest, seenAt: siteOf(node) })),
    clients: [...clients.values()].map(({ node, ...rest }) => ({ ...rest, seenAt: siteOf(node) })),
    pacing: [...pacing.values()].map(({ node, ...rest }) => ({ ...rest, seenAt: siteOf(node) })),
    io,
  };
}

/** The transaction that the code around `node` opened, where `node` is in the callback that it was opened with. */
function transactionAround(node: ts.Node, { libraries }: Engine): SharedClient | undefined {
  for (let at = node.parent as ts.Node | undefined; at !== undefined; at = at.parent) {
    if (!isFunctionNode(at)) continue;
    const decorators = ts.canHaveDecorators(at) ? (ts.getDecorators(at) ?? []) : [];
    for (const { expression } of decorators) {
      const name = (ts.isCallExpression(expression) ? expression.expression : expression).getText();
      if (TRANSACTIONAL_DECORATOR.test(name))
        return {
          kind: 'transaction',
          name: `@${name}`,
          id: `decorator ${at.pos}`,
          certainty: 'proved',
          seenAt: siteOf(expression),
        };
    }
    const call = at.parent;
    if (!ts.isCallExpression(call)) continue;
    const place = call.arguments.findIndex((one) => (one as ts.Node) === at);
    if (place === -1) continue;
    const library = libraries.callOf(call);
    const fact = library === undefined ? undefined : libraryFactOf(library);
    const { expression } = call;
    const name = isMember(expression)
      ? memberName(expression)
      : ts.isIdentifier(expression)
        ? expression.text
        : undefined;
    if (fact?.opensTransactionIn === place || (name !== undefined && TRANSACTION_CALLEE.test(name))) {
      const certainty = fact?.opensTransactionIn === place ? 'proved' : 'assumed';
      return {
        kind: 'transaction',
        name: name ?? 'transaction',
        id: `opened ${call.pos}`,
        certainty,
        seenAt: siteOf(call),
      };
    }
  }
  return undefined;
}

const tablesIn = (resources: readonly Resource[]): readonly string[] =>
  resources.flatMap((one) => (one.kind === 'table' ? [one.name] : []));

/** What the call of a library does to a database; undefined where it is no such call. */
function asDatabaseCall(call: ts.Node, at: Engine): DatabaseCall | undefined {
  const { libraries } = at;
  if (!ts.isCallExpression(call) && !ts.isTaggedTemplateExpression(call)) return undefined;
  // A function of the project that gives what a library gave is not the library.
  if (libraries.of(ts.isCallExpression(call) ? call.expression : call.tag) === undefined) return undefined;
  const library = libraries.callOf(call);
  const fact = library === undefined ? undefined : libraryFactOf(library);
  if (library === undefined || fact === undefined) return undefined;
  const [first] = [...fact.reads, ...fact.writes].flatMap((one) => (one.kind === 'table' ? [one] : []));
  if (first === undefined) return undefined;
  return {
    database: first.database,
    table: first.name,
    madeWith: library.steps
      .flatMap((step) => (step.kind === 'instance' ? step.args.map(({ text }) => text) : []))
      .join(', '),
    path: library.path,
    reads: tablesIn(fact.reads),
    writes: tablesIn(fact.writes),
    isIntercepted: first.database === 'prisma' && (at.hasMiddleware ??= hasMiddleware(at.whole)),
    isInTransaction: fact.on !== undefined,
  };
}

/** Whether an argument is a number by its type; undefined where that is not known. */
function isNumber(call: ts.CallExpression, place: number, checker: ts.TypeChecker): boolean | undefined {
  const argument = call.arguments[place];
  if (argument === undefined) return false;
  const type = checker.getTypeAtLocation(argument);
  const each = type.isUnion() ? type.types : [type];
  const isOpen = each.some(({ flags }) => (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0);
  const numbers = each.filter(({ flags }) => (flags & ts.TypeFlags.NumberLike) !== 0);
  // What may be either is given to the form that takes both.
  if (numbers.length > 0) return true;
  return isOpen ? undefined : false;
}

/** The call of a library that an argument is, or that the constant is bound to which it names; with `await` or without. */
function madeBy(call: ts.CallExpression, place: number, { libraries, whole }: Engine): string | undefined {
  const argument = call.arguments[place];
  if (argument === undefined) return undefined;
  const bare = bareExpression(argument);
  const declaration = whole.checker.getSymbolAtLocation(bare)?.valueDeclaration;
  const isConstant =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const value = isConstant && ts.isIdentifier(bare) ? declaration.initializer : argument;
  const awaited = value === undefined ? undefined : bareExpression(value);
  const made = awaited !== undefined && ts.isAwaitExpression(awaited) ? awaited.expression : awaited;
  const library = made !== undefined && ts.isCallExpression(made) ? libraries.callOf(made) : undefined;
  return library === undefined ? undefined : `${library.package}.${library.path}`;
}

/** https://www.prisma.io/docs/orm/prisma-client/client-extensions/middleware */
const hasMiddleware = ({ program, isOwn }: WholeProgram): boolean =>
  program.getSourceFiles().some((source) => isOwn(source) && /\.\$use\s*\(/.test(source.text));

/** Ways to come by the number of an open file. */
const DESCRIPTORS = /\bopenSync\b|\bfs\w*\.open\(|\bpromises\.open\(|\.fd\b|\bmkstemp|\bfd\b/;

/** Whether any source of the project opens files by number; where none does, nothing is such a number. */
const opensFiles = ({ program, isOwn }: WholeProgram): boolean =>
  program.getSourceFiles().some((source) => isOwn(source) && DESCRIPTORS.test(source.text));

/** Whether any source opens files by number. */
function opensAny(at: Engine): boolean {
  at.opensFiles ??= opensFiles(at.whole);
  return at.opensFiles;
}

/** Answers about the files of a run; the program is built when the first question comes. */
export function createCodeFacts(request: CodeFactsRequest): CodeFacts {
  const { readText, allFiles } = request;
  const roots = new Set<string>();
  let engine: Engine | undefined;
  let isStale = false;
  let isBusy = false;
  /** Whether callers were asked for, which costs indexes of the whole project. */
  let isUpwards = request.isUpwards;

  const isCurrent = ({ whole }: Engine): boolean =>
    [...roots].every((path) => whole.program.getSourceFile(path) !== undefined) &&
    whole.program
      .getSourceFiles()
      .every((source) => !whole.isOwn(source) || (readText(source.fileName) ?? source.text) === source.text);

  /** Whether a question was stopped by a time limit, so that no later one should begin what takes long. */
  let wasStopped = false;
  /** Whether something has to be built before the next question, which was refused for that. */
  let isAwaited = false;
  const refuse = (): never => {
    isAwaited = true;
    throw new NotReadyError('The program is not built yet.');
  };

  const ready = (): Engine => {
    if (engine !== undefined && isStale && !isCurrent(engine)) {
      engine = createEngine(createWholeProgram([...roots], readText, engine.whole), request);
    }
    isStale = false;
    engine ??= createEngine(createWholeProgram([...roots], readText), request);
    return engine;
  };

  /** The node of the program that stands at a place of a file. Sets `isBusy`: who asks says when it is done. */
  const found = (
    path: string,
    code: Spanned,
  ): { readonly at: Engine; readonly node: ts.Node | undefined } => {
    if (request.isImpatient() && !isBusy && engine === undefined) refuse();
    // Whoever was stopped in the middle of a question by a time limit leaves types half resolved.
    if (isBusy) {
      engine = undefined;
      forgetSharedSources();
    }
    isBusy = true;
    if (!roots.has(path)) {
      roots.add(path);
      isStale = true;
    }
    const at = ready();
    const source = at.whole.program.getSourceFile(path);
    const node =
      source === undefined
        ? undefined
        : nodeAt(source, spanOf(code), (code as { readonly type?: string }).type ?? '');
    return { at, node };
  };

  /** Whether the callers of everything are in the program, and not only what the files of the run import. */
  let isWhole = false;
  const withCallers = (): void => {
    isUpwards = true;
    addCallers();
    if (request.isImpatient() && !isBusy && (engine === undefined || isStale || !engine.cones.isPrepared))
      refuse();
  };
  const addCallers = (): void => {
    if (isWhole) return;
    for (const one of allFiles([...roots])) roots.add(one);
    isStale = true;
    // Only now: a time limit may stop it in between, and callers that were not listed would be taken for none.
    isWhole = true;
  };

  return {
    prepare(paths) {
      for (const path of paths) roots.add(path);
      isStale = true;
    },
    databaseCallOf(path, call) {
      const { at, node } = found(path, call);
      const answer = node === undefined ? undefined : asDatabaseCall(node, at);
      isBusy = false;
      return answer;
    },
    blockingFunctionOf(path, expression) {
      const { at, node } = found(path, expression);
      const value = node === undefined || !ts.isExpression(node) ? undefined : at.libraries.of(node);
      isBusy = false;
      const name = value?.steps.at(-1);
      return value !== undefined && name?.kind === 'member' && isBlockingPackage(value.package)
        ? `${value.package}.${name.name}`
        : undefined;
    },
    coneOf(path, call, leaf) {
      withCallers();
      const { at, node } = found(path, call);
      const cone = node === undefined || !ts.isExpression(node) ? undefined : at.cones.of(node, leaf);
      isBusy = false;
      return cone;
    },
    reachOf(path, one) {
      withCallers();
      const { at, node } = found(path, one);
      const reach = node === undefined ? undefined : at.cones.reachOf(node);
      isBusy = false;
      return reach;
    },
    blockingCallOf(path, call, result) {
      const { at, node } = found(path, call);
      // A function of the project that gives what a library gave is not the library.
      const isCall = node !== undefined && ts.isCallExpression(node);
      const library =
        isCall && at.libraries.of(node.expression) !== undefined ? at.libraries.callOf(node) : undefined;
      const answer =
        library === undefined
          ? undefined
          : blockingCallOf(library, {
              ...result,
              versionOf: (name) => request.around.placeOf(path).versionOf(name),
              isNumber: (place) =>
                isNumber(node as ts.CallExpression, place, at.whole.checker) ??
                (opensAny(at) ? undefined : false),
              madeBy: (place) => madeBy(node as ts.CallExpression, place, at),
            });
      isBusy = false;
      return answer;
    },
    modelsOf(orm) {
      if (engine === undefined && request.isImpatient()) refuse();
      const { models, whole } = ready();
      const known = models.get(orm);
      if (known !== undefined) return known;
      isBusy = true;
      const read = readModels(
        orm,
        whole.program.getSourceFiles().filter((source) => whole.isOwn(source)),
        whole.checker,
      );
      models.set(orm, read);
      isBusy = false;
      return read;
    },
    codeOf(path, code) {
      const { at, node } = found(path, code);
      let fact: CodeFact = {
        ...NOTHING,
        unknown: [
          {
            callee: 'the code',
            why: 'it was not found in the program',
            guess: 'other',
            isAwaited: true,
            isDropped: true,
            seenAt: { path, line: 1 },
          },
        ],
        io: 'unknown',
      };
      if (node !== undefined) {
        fact = asFact(at.summaries.ofCode(node));
        const around = transactionAround(node, at);
        if (around !== undefined) fact = { ...fact, clients: [...fact.clients, around] };
      }
      isBusy = false;
      return fact;
    },
    recover() {
      if (!isBusy && !isAwaited) return false;
      if (isBusy) engine = undefined;
      wasStopped ||= isBusy;
      if (isUpwards) addCallers();
      const { cones } = ready();
      if (isUpwards) cones.prepare(wasStopped);
      isBusy = false;
      isAwaited = false;
      return true;
    },
    dispose() {
      engine = undefined;
      roots.clear();
    },
  };
}
