import { ts } from 'ts-morph';
import type { WholeProgram } from '../effects/whole-program.ts';

/** With what TypeScript knows of a file although its types do not say so. */
interface Loading {
  /** What stands for a module in all imports of the file, types of imports and calls of `require` among them. */
  readonly imports?: readonly ts.StringLiteralLike[];
  /** What makes a CommonJS module of it. */
  readonly commonJsModuleIndicator?: unknown;
}

/** What declares something for files that do not import it. */
const DECLARES_FOR_ALL = /\bdeclare\s+(global|module)\b/;

const isModule = (source: ts.SourceFile): boolean =>
  ts.isExternalModule(source) || (source as Loading).commonJsModuleIndicator !== undefined;

/** Tells which files may have values of the types that a file declares: those that import it, over any number of steps. */
export class Seers {
  private readonly whole: WholeProgram;
  private readonly known = new Map<ts.SourceFile, ReadonlySet<ts.SourceFile>>();
  private importers: ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]> | undefined;

  constructor(whole: WholeProgram) {
    this.whole = whole;
  }

  of(source: ts.SourceFile): ReadonlySet<ts.SourceFile> {
    let found = this.known.get(source);
    if (found === undefined) {
      found = this.find(source);
      this.known.set(source, found);
    }
    return found;
  }

  private find(source: ts.SourceFile): ReadonlySet<ts.SourceFile> {
    this.importers ??= this.indexImporters();
    const found = new Set([source]);
    for (const one of found) {
      // What a script declares, and what is declared for all, is seen without an import.
      if (!isModule(one) || DECLARES_FOR_ALL.test(one.text)) return new Set(this.sources());
      for (const importer of this.importers.get(one) ?? []) found.add(importer);
    }
    return found;
  }

  private indexImporters(): ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]> {
    const index = new Map<ts.SourceFile, ts.SourceFile[]>();
    for (const source of this.sources()) {
      for (const specifier of (source as Loading).imports ?? []) {
        const symbol = this.whole.checker.getSymbolAtLocation(specifier);
        for (const one of symbol?.declarations ?? []) {
          if (!ts.isSourceFile(one)) continue;
          const importers = index.get(one);
          if (importers === undefined) index.set(one, [source]);
          else importers.push(source);
        }
      }
    }
    return index;
  }

  private sources(): readonly ts.SourceFile[] {
    return this.whole.program.getSourceFiles().filter((one) => this.whole.isOwn(one));
  }
}
