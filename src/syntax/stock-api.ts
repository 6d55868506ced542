import { extname } from 'node:path';
import type { JSCodeshift } from 'jscodeshift';
import { j } from './j.ts';

/** A parser as an ordinary jscodeshift transform exports it: a name that jscodeshift knows, or an object. */
export type StockParser = string | { parse(source: string): unknown };

/** What jscodeshift hands to a transform beside the file. */
export interface StockApi {
  readonly j: JSCodeshift;
  readonly jscodeshift: JSCodeshift;
  readonly stats: (name: string, quantity?: number) => void;
  readonly report: (message: string) => void;
}

/** The parser that reads the file `path` where a codemod asks for none: jscodeshift's own default, but for TypeScript. */
export function stockParserFor(path: string): string {
  const extension = extname(path).toLowerCase();
  if (extension === '.tsx') return 'tsx';
  return /^\.[mc]?ts$/.test(extension) ? 'ts' : 'babel';
}

/** The second argument of an ordinary jscodeshift transform. `report` is told what the transform reports. */
export function stockApi(parser: StockParser, report: (message: string) => void): StockApi {
  const bound = j.withParser(parser as Parameters<JSCodeshift['withParser']>[0]);
  return { j: bound, jscodeshift: bound, stats: () => {}, report };
}
