import { ts } from 'ts-morph';
import { functionAround, type Symbols } from '../effects/symbols.ts';
import type { Surroundings } from './around.ts';
import { LostTypes } from './lost-types.ts';
import { isLoading, passagesIn, type Passages } from './passages.ts';
import { Seers } from './seers.ts';

/** How much longer the files are of which all is told, each time that they are asked whether they tell enough. */
const STEP = 1.3;

/** Characters by which each file is taken to be longer, so that the shortest do not come first for a single word. */
const SMALL = 500;

/** The name of a file that a path leads to, without its ending; that of its folder where it is an index. */
function nameOfModule(path: string): string {
  const stem = path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return stem.slice(stem.lastIndexOf('/') + 1);
}

/** Files in which types say nothing come first, by how much of the text that is: there most is forgotten. */
function mostOpenFirst(sources: readonly ts.SourceFile[]): readonly ts.SourceFile[] {
  const openness = new Map(
    sources.map((one) => [
      one,
      (one.text.match(/\b(any|unknown)\b/g) ?? []).length / (one.text.length + SMALL),
    ]),
  );
  return sources.toSorted((a, b) => (openness.get(b) ?? 0) - (openness.get(a) ?? 0));
}

/**
 * Tells which instances of classes and which object literals come to where nothing is known of them any more: to a parameter of type `any`,
 * into a `Record<string, unknown>`. To tell that of a file costs the types of all that it hands on: only those files are looked at that a question is about.
 */
export class Conversions {
  private readonly symbols: Symbols;
  private readonly isInRun: (path: string) => boolean;
  private readonly sources: readonly ts.SourceFile[];
  private readonly seers: Seers;
  private readonly read = new Map<ts.SourceFile, Passages>();
  private readonly types: LostTypes;
  /** How many of the files, in their order, `types` knows of: the order is the same whatever is asked, so that the answers are too. */
  private told = 0;
  private modules: ReadonlySet<string> | 'all' | undefined;
  private readonly known = new Map<ts.Node, boolean>();

  /** What tests do with their objects is their own business. */
  constructor(symbols: Symbols, around: Surroundings) {
    const { whole } = symbols;
    this.symbols = symbols;
    this.isInRun = around.isInRun;
    this.sources = mostOpenFirst(
      whole.program
        .getSourceFiles()
        .filter(
          (one) => whole.isOwn(one) && !one.isDeclarationFile && around.kindOf(one.fileName) !== 'test',
        ),
    );
    this.seers = new Seers(whole);
    this.types = new LostTypes(whole);
  }

  /** Whether that happens to any instance of a class of the project, or to the object that a literal makes. */
  isForgotten(holder: ts.ClassLikeDeclaration | ts.ObjectLiteralExpression): boolean {
    let answer = this.known.get(holder);
    if (answer === undefined) {
      answer = ts.isObjectLiteralExpression(holder)
        ? this.isObjectForgotten(holder)
        : this.isAnyForgotten(holder);
      this.known.set(holder, answer);
    }
    return answer;
  }

  /** Whether that was asked before, so that the answer is there. */
  isAnswered(holder: ts.ClassLikeDeclaration | ts.ObjectLiteralExpression): boolean {
    return this.known.has(holder);
  }

  /** Looks at the whole project, so that no single question does. */
  prepare(): void {
    for (const source of this.sources) this.passagesOf(source);
    this.tell(this.sources.length);
  }

  private passagesOf(source: ts.SourceFile): Passages {
    let passages = this.read.get(source);
    if (passages === undefined) {
      passages = passagesIn(source, this.symbols);
      this.read.set(source, passages);
    }
    return passages;
  }

  /** Only a file that sees the class has something of its type. */
  private isAnyForgotten(holder: ts.ClassLikeDeclaration): boolean {
    const seers = this.seers.of(holder.getSourceFile());
    return this.sources.some((one) => seers.has(one) && this.passagesOf(one).forgotten.has(holder));
  }

  private isObjectForgotten(holder: ts.ObjectLiteralExpression): boolean {
    const source = holder.getSourceFile();
    if (this.sources.includes(source) && this.passagesOf(source).forgotten.has(holder)) return true;
    if (functionAround(holder) === undefined && this.isLoadedUntyped(source)) return true;
    const type = this.symbols.whole.checker.getTypeAtLocation(holder);
    // What is lost already stays lost, whatever the files tell that come later.
    while (!this.types.has(type)) {
      if (this.told === this.sources.length) return false;
      this.tell(Math.ceil((this.told + 1) * STEP));
    }
    return true;
  }

  /** Tells `types` what the first files hand on, in their order. */
  private tell(count: number): void {
    for (const source of this.sources.slice(this.told, count)) {
      for (const { source: from, target, isNew } of this.passagesOf(source).passed) {
        if (target === undefined) this.types.lose(from);
        else this.types.pass(from, target, 0, isNew);
      }
      this.told++;
    }
  }

  /** Whether some file loads a module of that name in a way in which it has no types. */
  private isLoadedUntyped(source: ts.SourceFile): boolean {
    this.modules ??= this.findModules();
    return this.modules === 'all' || this.modules.has(nameOfModule(source.fileName));
  }

  /** Names of modules that are loaded where no types are; all of them where the name is computed. */
  private findModules(): ReadonlySet<string> | 'all' {
    const found = new Set<string>();
    let isAny = false;
    const visit = (node: ts.Node): void => {
      const first = isLoading(node) ? node.arguments[0] : undefined;
      if (first !== undefined) {
        // What an installed package loads by a computed name is its own, or for tools.
        if (!ts.isStringLiteralLike(first)) isAny ||= this.isInRun(node.getSourceFile().fileName);
        else if (this.symbols.whole.checker.getSymbolAtLocation(first) === undefined)
          found.add(nameOfModule(first.text));
      }
      ts.forEachChild(node, visit);
    };
    for (const source of this.sources)
      if (/\b(require|requireActual|import)\b/.test(source.text)) visit(source);
    return isAny ? 'all' : found;
  }
}
